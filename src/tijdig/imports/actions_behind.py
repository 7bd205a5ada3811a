"""Writing behind: what is ready is written on a thread of its own while the next is being read.

One piece at a time, in order, on the connection and in the transaction of whoever hands it over: until `wait` returns
that connection is not theirs. An error arrives at the next `wait`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import DEFAULT_DB_ALIAS, connections


class Behind:
    """At most one piece of work under way."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._error: BaseException | None = None

    def start(self, work: Callable[[], None]) -> None:
        """Begin this as soon as what was begun before is done; raises what that raised."""
        self.wait()
        connection = connections[DEFAULT_DB_ALIAS]
        connection.inc_thread_sharing()

        def run() -> None:
            connections[DEFAULT_DB_ALIAS] = connection
            try:
                work()
            except BaseException as error:  # it belongs to whoever waits
                self._error = error
            finally:
                connection.dec_thread_sharing()

        self._thread = threading.Thread(target=run, name="tijdig-write-behind", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Until nothing is under way, whatever came of it: for who gives up."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.join()

    def wait(self) -> None:
        """Until nothing is under way; raises what the work raised."""
        self.stop()
        error, self._error = self._error, None
        if error is not None:
            raise error
