"""A real Apache Spark cluster on this machine alone: a master and workers as processes of their own.

For tests and measurements: what runs here runs on a platform. Everything listens on the loopback address, on
ports that the system chooses, and ends with the `with` block, by the process groups that were started here.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOOPBACK = "127.0.0.1"
_WORKER_MIB = 1024
_EXECUTOR_MIB = 768
_DAEMON = "org.apache.spark.deploy"
_PATIENCE_S = 60
_LEAN = "-XX:+UseSerialGC"  # collecting garbage on the other core would make one core look like two
_BRIEF = f"{_LEAN} -XX:TieredStopAtLevel=1"  # half the processor time of a start; slower in the long run
# A daemon ends when its input closes, so also when whoever started it was killed; then what it left behind.
_GUARD = 'trap : TERM; "$@" </dev/null & read -r _; kill -TERM $!; wait $!; kill -KILL 0'


def missing() -> str | None:
    """What this machine lacks for a cluster, as a sentence; None when it can run one."""
    if shutil.which("java") is None:
        return "Java ontbreekt. Installeer Java 17."
    if find_spec("pyspark") is None:
        return "PySpark ontbreekt. Installeer tijdig[spark]."
    return None


@contextmanager
def local_cluster(workers: int, folder: Path) -> Iterator[str]:
    """The address of a standalone cluster with `workers` workers of one core and 1 GiB each.

    Logs and work files go into `folder`, which must exist. RuntimeError when a process does not come up.
    """
    with ExitStack() as stack:
        master = _start(stack, folder, "master", f"{_DAEMON}.master.Master")
        address = _awaited(*master, r"Starting Spark master at (spark://\S+)")
        size = ("--cores", "1", "--memory", f"{_WORKER_MIB}m", "--work-dir", str(folder / "work"))
        names = [f"worker{number}" for number in range(workers)]
        started = [_start(stack, folder, n, f"{_DAEMON}.worker.Worker", *size, address) for n in names]
        for worker in started:
            _awaited(*worker, r"(Successfully registered) with master")
        yield address


@contextmanager
def session(address: str, workers: int, folder: Path, *, brief: bool = False) -> Iterator[SparkSession]:
    """A session on a cluster of this machine; work waits until all workers take part.

    `brief` is for a session of seconds, in which compiling well does not pay. The driver's Java process, too,
    is gone afterwards.
    """
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    with _environment():
        builder = SparkSession.builder.master(address).appName("tijdig")
        for key, value in _settings(workers, folder, brief).items():
            builder = builder.config(key, value)
        spark = builder.getOrCreate()
        try:
            yield spark
        finally:
            spark.stop()
            gateway = SparkContext._gateway
            SparkContext._gateway = SparkContext._jvm = None
            if gateway is not None:
                gateway.shutdown()
                _close(gateway.proc)


def _settings(workers: int, folder: Path, brief: bool) -> dict[str, str]:
    return {
        "spark.driver.host": LOOPBACK,
        "spark.driver.bindAddress": LOOPBACK,
        "spark.driver.memory": f"{_EXECUTOR_MIB}m",
        "spark.executor.memory": f"{_EXECUTOR_MIB}m",
        "spark.driver.extraJavaOptions": _BRIEF,
        "spark.executor.extraJavaOptions": _BRIEF if brief else _LEAN,
        "spark.cores.max": str(workers),
        "spark.scheduler.minRegisteredResourcesRatio": "1.0",
        "spark.ui.enabled": "false",
        "spark.local.dir": str(folder / "local"),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }


def _variables() -> dict[str, str]:
    package = find_spec("pyspark")
    home = str(Path(str(package.origin)).parent) if package else ""
    return {
        "SPARK_HOME": home,
        "SPARK_LOCAL_IP": LOOPBACK,
        "SPARK_PUBLIC_DNS": LOOPBACK,
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": _BRIEF,
        "SPARK_LAUNCHER_OPTS": _BRIEF,
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
    }


@contextmanager
def _environment() -> Iterator[None]:
    """Spark's variables, for as long as the session lives; PySpark reads them from the process itself."""
    before = {name: os.environ.get(name) for name in _variables()}
    os.environ.update(_variables())
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _start(
    stack: ExitStack, folder: Path, name: str, daemon: str, *rest: str
) -> tuple[subprocess.Popen[bytes], Path]:
    """A daemon in a process group of its own, ended with the stack; and its log."""
    log = folder / f"{name}.log"
    variables = _variables() | {"SPARK_LOG_DIR": str(folder), "SPARK_LOCAL_DIRS": str(folder / "local")}
    program = str(Path(variables["SPARK_HOME"]) / "bin" / "spark-class")
    where = ("--host", LOOPBACK, "--port", "0", "--webui-port", "0")
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["/bin/sh", "-c", _GUARD, "guard", program, daemon, *where, *rest],
            env=os.environ | variables,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    stack.callback(_close, process)
    return process, log


def _awaited(process: subprocess.Popen[bytes], log: Path, pattern: str) -> str:
    """The first group of `pattern`, once it stands in the log."""
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        if found := re.search(pattern, log.read_text(errors="replace")):
            return found[1]
        time.sleep(0.05)
    raise RuntimeError(f"{log.stem} did not come up:\n{log.read_text(errors='replace')[-2000:]}")


def _close(process: subprocess.Popen[bytes]) -> None:
    """Close the input, which ends the process by itself; kill it, with its own group, when that takes long."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        if os.getpgid(process.pid) == process.pid:
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait(10)
