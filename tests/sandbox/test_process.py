"""What a reader does to the process it runs in happens to that process alone, and is told in Dutch."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.sandbox import hostile

from tijdig.base.problems import Problem
from tijdig.help.answer_sheet import NotThisFile
from tijdig.sandbox.limits import SENTENCES, Limits, ReaderFault, Reason, Stopped, of_size
from tijdig.sandbox.process import _SERVER, in_a_limited_process, told_by_a_process


def test_the_value_of_a_file_comes_back(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"uit een bestand")
    assert in_a_limited_process(hostile.says, tmp_path / "f", 1, "a") == (b"uit een bestand", (1, "a"))
    assert in_a_limited_process(hostile.says, b"uit het geheugen") == (b"uit het geheugen", ())


def test_many_values_come_in_their_order() -> None:
    found: list[Any] = list(told_by_a_process(hostile.values, b"a" * 1000))
    assert found == [*(Problem("code", f"regel {number}", "a") for number in range(1000)), date(2026, 11, 2)]


@pytest.mark.parametrize(
    ("reader", "limits", "reason"),
    [
        (hostile.hangs, {"silence_seconds": 1}, Reason.TIME),
        (hostile.spins, {"cpu_seconds": 1}, Reason.TIME),
        (hostile.eats, {"memory_bytes": 50_000_000}, Reason.MEMORY),
        (hostile.aborts, {}, Reason.MEMORY),
        (hostile.leaves, {}, Reason.DIED),
        (hostile.is_shot, {}, Reason.DIED),
        (hostile.floods, {"output_bytes": 1_000_000}, Reason.OUTPUT),
        (hostile.lies_about_length, {}, Reason.OUTPUT),
        (hostile.calls_us, {}, Reason.DIED),
    ],
)
def test_what_misbehaves_is_stopped_and_the_next_file_is_read(
    reader: Callable[..., Any], limits: dict[str, int], reason: Reason
) -> None:
    with pytest.raises(Stopped) as stopped:
        list(told_by_a_process(reader, b"x", limits=Limits(**limits)))
    assert stopped.value.reason is reason
    assert "Er is niets ingelezen" in stopped.value.sentence
    assert in_a_limited_process(hostile.says, b"x") == (b"x", ())


def test_every_reason_says_what_to_do() -> None:
    assert all("gestopt" in SENTENCES[reason] for reason in Reason)


def test_what_a_reader_gives_is_not_believed(tmp_path: Path) -> None:
    with pytest.raises(Stopped):
        in_a_limited_process(hostile.breaks_in, b"x", str(tmp_path / "broken-in"))
    assert not (tmp_path / "broken-in").exists()


def test_a_reader_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ReaderFault):
        in_a_limited_process(hostile.writes, b"x", str(tmp_path / "written"))
    assert not (tmp_path / "written").exists() or (tmp_path / "written").stat().st_size == 0


def test_a_reader_has_no_settings_and_nothing_open_but_its_file_and_its_pipe(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TIJDIG_SECRET", "geheim")
    _SERVER.end()  # a new one, with this environment
    names, descriptors = in_a_limited_process(hostile.looks_around, b"x")
    assert not [name for name in names if "TIJDIG" in name or "DATABASE" in name or "DJANGO" in name]
    assert descriptors == [3, 4, 5]  # the third is the folder it looks in


def test_what_a_reader_answers_is_told_and_what_is_wrong_with_it_too() -> None:
    with pytest.raises(NotThisFile, match=r"Dit bestand heeft geen koppen\."):
        in_a_limited_process(hostile.refuses, b"x")
    with pytest.raises(ReaderFault, match="KeyError: 'kolom'"):
        in_a_limited_process(hostile.is_wrong, b"x")


def test_stopping_early_ends_the_process() -> None:
    told = told_by_a_process(hostile.says_who_it_is, b"x")
    child: int = next(told)
    os.kill(child, 0)  # it is there
    told.close()
    with pytest.raises(ProcessLookupError):
        for _ in range(1000):
            in_a_limited_process(hostile.says, b"x")
            os.kill(child, 0)


def test_a_warm_process_that_is_killed_is_begun_again() -> None:
    in_a_limited_process(hostile.says, b"x")
    process = _SERVER._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert in_a_limited_process(hostile.says, b"y") == (b"y", ())


def test_many_files_are_read_at_once() -> None:
    found: list[bytes] = []

    def read(number: int) -> None:
        found.append(in_a_limited_process(hostile.says, str(number).encode())[0])

    threads = [threading.Thread(target=read, args=(number,), daemon=True) for number in range(20)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert sorted(found, key=int) == [str(number).encode() for number in range(20)]


def test_a_larger_file_may_cost_more() -> None:
    small, large = of_size(1000), of_size(100 * 1024 * 1024)
    assert (small.cpu_seconds, large.cpu_seconds) == (20, 220)
    assert small.output_bytes < large.output_bytes
    assert large.memory_bytes - small.memory_bytes < 100 * 1024 * 1024
