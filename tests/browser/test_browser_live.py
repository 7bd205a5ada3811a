"""What happens reaches the open screen without a reload, also when the connection was gone for a while."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from running import Running, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


TODAY = date.today()  # noqa: DTZ011 - the program under test reads the same clock
OVERDUE = f"{TODAY - timedelta(days=20)}"
YESTERDAY = f"{TODAY - timedelta(days=1)}"


class Line:
    """A wire between browser and program that can be cut and mended."""

    def __init__(self, port: int) -> None:
        self._to, self._open, self.up = port, set[socket.socket](), True
        self._one_at_a_time = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._door.accept()
                with self._one_at_a_time:
                    if not self.up:
                        near.close()
                        continue
                    far = socket.create_connection(("127.0.0.1", self._to))
                    self._open |= {near, far}
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        for end in (one, other):
            self._end(end)

    def cut(self) -> None:
        with self._one_at_a_time:
            self.up = False
            for end in self._open:
                self._end(end)
            self._open.clear()

    @staticmethod
    def _end(end: socket.socket) -> None:
        """Shut before it is closed: a close alone waits for the other thread that still reads."""
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()

    def mend(self) -> None:
        self.up = True

    def close(self) -> None:
        self.cut()
        self._door.close()


@pytest.fixture
def line(program: Running) -> Iterator[Line]:
    made = Line(program.port)
    yield made
    made.close()


def _alerts(page: Page, name: str) -> list[str]:
    """The headings of this tenant's news, as the open page shows them."""
    return [
        str(text).strip()
        for text in page.locator("#alerts li", has_text=name).locator("strong").all_inner_texts()
    ]


def _wait(page: Page, name: str, heading: str) -> None:
    page.locator("#alerts li", has_text=name).filter(has_text=heading).first.wait_for()


def test_a_charge_that_is_overdue_alerts_and_its_payment_cures(page: Page, program: Running) -> None:
    program.tenancy("LIVE-1", "Snelschrijver")
    page.evaluate("window.untouched = true")
    program.post("LIVE-1", "rent", 70000, OVERDUE, "live-1-huur")
    _wait(page, "Snelschrijver", "Achterstand")
    raised = _alerts(page, "Snelschrijver")
    page.locator("[data-refresh-list]").click()
    page.locator("#rows tr", has_text="Snelschrijver").wait_for()
    program.post("LIVE-1", "payment", -70000, YESTERDAY, "live-1-betaling")
    _wait(page, "Snelschrijver", "Voldaan")
    page.locator("#rows tr.gone", has_text="Snelschrijver").wait_for()
    assert (raised, _alerts(page, "Snelschrijver")) == (["Achterstand"], ["Voldaan"])
    assert page.evaluate("window.untouched") is True


def test_a_part_payment_changes_the_row_on_the_open_page(page: Page, program: Running) -> None:
    program.tenancy("LIVE-2", "Deelbetaler")
    program.post("LIVE-2", "rent", 70000, OVERDUE, "live-2-huur")
    _wait(page, "Deelbetaler", "Achterstand")
    page.goto(f"{program.address}/werkvoorraad?q=Deelbetaler")
    row = page.locator("#rows tr", has_text="Deelbetaler")
    before = "700,00" in row.inner_text()
    program.post("LIVE-2", "payment", -20000, YESTERDAY, "live-2-deel")
    page.locator("#rows tr", has_text="500,00").wait_for()
    assert (before, "500,00" in row.inner_text()) == (True, True)


def test_a_line_that_was_cut_loses_nothing(chromium: Browser, program: Running, line: Line) -> None:
    program.tenancy("LIVE-3", "Voordebreuk")
    program.tenancy("LIVE-4", "Tijdensdebreuk")
    page = chromium.new_page()
    sign_in(page, line.address, "teamleider")
    page.locator("#connection[data-state=open]").wait_for(state="attached")
    program.post("LIVE-3", "rent", 70000, OVERDUE, "live-3-huur")
    _wait(page, "Voordebreuk", "Achterstand")
    page.evaluate("window.untouched = true")
    line.cut()
    page.locator("#connection", has_text="Verbinding weg").wait_for()
    program.post("LIVE-4", "rent", 70000, OVERDUE, "live-4-huur")
    line.mend()
    _wait(page, "Tijdensdebreuk", "Achterstand")
    page.locator("#connection:empty").wait_for(state="attached")
    assert (_alerts(page, "Voordebreuk"), _alerts(page, "Tijdensdebreuk")) == (
        ["Achterstand"],
        ["Achterstand"],
    )
    assert page.evaluate("window.untouched") is True
    page.close()
