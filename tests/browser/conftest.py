"""The real program, started once, and a real browser. No test here touches the database but through the doors."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import fasteners
import httpx
import pytest

from running import Running, free_port, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

HOMES = "120"
_CHROMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


def _answers(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + 300
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            if httpx.get(f"{address}/aanmelden").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.3)
    pytest.fail(f"the program did not start: {log.read_text(encoding='utf-8')[-2000:]}")


@pytest.fixture(scope="session")
def program(admin: str) -> Iterator[Running]:
    """The demo, on the server of this run: its tables are there already."""
    from databases import copy

    folder = Path(os.environ["TIJDIG_TEST_FOLDER"]) / "pg"
    with fasteners.InterProcessLock(folder.parent / "template.lock"):
        copy(admin, "tijdig")
    shutil.rmtree(folder / "demo", ignore_errors=True)
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith(("TIJDIG_", "DATABASE_URL"))
    }
    running = Running(free_port(), folder)
    log = folder / "demo.txt"
    command = "from tijdig.project.main import main; main()"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", command, "demo", "--homes", HOMES, "--port", str(running.port)],
            env=ours | {"TIJDIG_DATA": str(folder)},
            stdout=out,
            stderr=out,
        )
    try:
        _answers(process, running.address, log)
        yield running
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser; skipped with a reason where there is none. Not longer than a module: its loop is in Django's way."""
    from playwright.sync_api import sync_playwright

    place = next((found for name in _CHROMES if (found := shutil.which(name))), None)
    if place is None:
        pytest.skip("no chromium or Chrome on this machine (`make browser` installs one)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=place, args=_ARGUMENTS)
        watch(browser)
        yield browser
        browser.close()


_AT_HOME = ("127.0.0.1", "localhost", "")  # no host: about:, blob:
STRAYED: list[str] = []  # what a page of this test did that none may do


def watch(browser: Browser) -> None:
    """See in every window what is asked of another host, and what the policy of the page stopped."""

    def watched(made: BrowserContext) -> BrowserContext:
        made.on("request", _asked)
        made.on("console", _said)
        return made

    new_context, new_page = browser.new_context, browser.new_page
    browser.new_context = lambda **given: watched(new_context(**given))  # type: ignore[method-assign]

    def page(**given: Any) -> Page:
        made = new_page(**given)
        watched(made.context)
        return made

    browser.new_page = page  # type: ignore[method-assign]


def _asked(request: Request) -> None:
    if (urlsplit(request.url).hostname or "") not in _AT_HOME:
        STRAYED.append(f"asked for {request.url}")


def _said(message: ConsoleMessage) -> None:
    if "Content Security Policy" in message.text:
        STRAYED.append(message.text)


@pytest.fixture(autouse=True)
def stays_at_home() -> Iterator[list[str]]:
    """Fails every test of which a page asked something of another host or did what its policy forbids."""
    STRAYED.clear()
    yield STRAYED
    assert STRAYED == []


@pytest.fixture
def page(chromium: Browser, program: Running) -> Iterator[Page]:
    """A page of a consultant's desk: signed in as the team lead, on the worklist."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(15_000)
    sign_in(page, program.address, "teamleider")
    yield page
    context.close()
