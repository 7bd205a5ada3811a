"""The pictures of the manual: every page that it shows, as it is now. `make handbook` puts them in their place."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from running import Running, sign_in
from tijdig.web.handbook import FOLDER

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Goes = Callable[["Page", str], None]


def _first(page: Page, address: str) -> str:
    """The tenancy at the top of the worklist."""
    page.goto(f"{address}/werkvoorraad")
    return str(page.locator("#rows [data-open]").first.get_attribute("href"))


def _talk(page: Page, address: str) -> None:
    page.goto(f"{address}{_first(page, address)}/gesprek")
    page.keyboard.press("1")
    page.keyboard.press("r")
    page.locator("#talk-plan").wait_for()
    page.evaluate("scrollTo(0, 0)")


def _keys(page: Page, address: str) -> None:
    page.goto(f"{address}/vandaag")
    page.keyboard.press("?")
    page.locator("dialog[open]").wait_for()


SHOTS: dict[str, tuple[str, Goes]] = {
    "vandaag": ("consulent", lambda page, address: page.goto(f"{address}/vandaag") and None),
    "huurder": ("consulent", lambda page, address: page.goto(address + _first(page, address)) and None),
    "gesprek": ("consulent", _talk),
    "afwijken": ("consulent", lambda page, address: page.goto(f"{address}{_first(page, address)}/afwijken") and None),
    "uitleg": ("consulent", lambda page, address: page.goto(f"{address}{_first(page, address)}/uitleg") and None),
    "goedkeuren": ("consulent", lambda page, address: page.goto(f"{address}/goedkeuren") and None),
    "toetsen": ("consulent", _keys),
    "toezicht": ("teamleider", lambda page, address: page.goto(f"{address}/toezicht") and None),
    "werkwijze": ("teamleider", lambda page, address: page.goto(f"{address}/werkwijze/proef") and None),
}  # fmt: skip


def test_every_page_of_the_manual_has_its_picture(
    chromium: Browser, program: Running, tmp_path: Path
) -> None:
    place = FOLDER / "beelden" if os.environ.get("TIJDIG_HANDBOOK") else tmp_path
    place.mkdir(exist_ok=True)
    pages: dict[str, Page] = {}
    for name, (who, goes) in SHOTS.items():
        if who not in pages:
            context = chromium.new_context(viewport={"width": 1200, "height": 760}, locale="nl-NL")
            pages[who] = context.new_page()
            sign_in(pages[who], program.address, who)
        goes(pages[who], program.address)
        pages[who].screenshot(path=place / f"{name}.png")
    made = {path.stem: path.stat().st_size for path in place.glob("*.png")}
    assert made.keys() >= SHOTS.keys()
    assert min(made.values()) > 8_000  # an empty page is smaller


@pytest.mark.parametrize("address", ["/vandaag", "/werkvoorraad", "/toezicht"])
def test_the_help_key_leads_to_the_manual(page: Page, program: Running, address: str) -> None:
    page.goto(program.address + address)
    page.keyboard.press("?")
    page.locator("dialog[open] a", has_text="Handleiding").click()
    page.wait_for_url("**/handleiding#*")
    assert page.locator(f"#{page.url.split('#')[1]}").is_visible()
    shown = page.locator("article img")
    shown.evaluate_all("all => all.forEach(one => { one.loading = 'eager' })")
    for _ in range(50):
        widths = shown.evaluate_all("all => all.map(one => one.complete ? one.naturalWidth : -1)")
        if -1 not in widths:
            break
        page.wait_for_timeout(100)
    assert len(widths) >= len(SHOTS)
    assert min(widths) > 0
