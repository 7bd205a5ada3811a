"""axe-core finds nothing, on any page, in both themes, on a desk and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from running import Running, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


PAGES = {
    "teamleider": [
        "/werkvoorraad", "/werkvoorraad?q=niemandheetzo", "/zoeken", "/zoeken?q=jansen", "/zoeken?q=niemandheetzo",
        "/inlezen", "/wachtrij", "/nachtronde", "/beheer", "/bestaat-niet",
    ],
    "beheerder": ["/beheer"],
    "huismeester": ["/zoeken?q=jansen"],
}  # fmt: skip
SIZES = {"desk": (1440, 900), "phone": (390, 844)}
RULES = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["cat.color"]},
}


def problems(page: Page, theme: str) -> list[tuple[str, str]]:
    """What axe-core has to say about the page as it stands: the rule and the first place that breaks it.

    The dark theme is the same page in other colours, so only its colours are looked at again.
    """
    from axe_playwright_python.sync_playwright import Axe

    found: list[dict[str, Any]] = Axe().run(page, options=RULES[theme]).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("who", PAGES)
def test_axe_finds_nothing(who: str, theme: Any, size: str, chromium: Browser, program: Running) -> None:
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
    page = context.new_page()
    page.goto(f"{program.address}/aanmelden")
    found = {"/aanmelden": problems(page, theme)}
    sign_in(page, program.address, who)
    addresses = list(PAGES[who])
    if who == "teamleider":
        addresses += _deeper(page, program)
    wide = {}
    for address in addresses:
        page.goto(program.address + address)
        page.locator("main details").evaluate_all(
            "all => all.slice(0, 8).forEach(one => { one.open = true })"
        )
        found[address] = problems(page, theme)
        wide[address] = page.evaluate("document.documentElement.scrollWidth") - width
    context.close()
    assert found == {address: [] for address in found}
    assert wide == dict.fromkeys(wide, 0)


def _deeper(page: Page, program: Running) -> list[str]:
    """A tenancy, now and as known before; a bank file, and a file of homes."""
    page.goto(f"{program.address}/werkvoorraad")
    tenancy = str(page.locator("#rows [data-open]").first.get_attribute("href"))
    page.goto(f"{program.address}/inlezen")
    files = page.locator("#files [data-open]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return [tenancy, f"{tenancy}?as_of=2026-01-01&known_at=2026-01-01", files[0], files[-1]]
