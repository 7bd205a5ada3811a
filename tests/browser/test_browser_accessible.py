"""axe-core finds nothing, on any page, on a desk and on a phone, and in both themes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from running import Running, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


PAGES = {
    "teamleider": [
        "/werkvoorraad", "/werkvoorraad?q=niemandheetzo", "/zoeken", "/zoeken?q=jansen", "/zoeken?q=niemandheetzo",
        "/inlezen", "/wachtrij", "/nachtronde", "/vandaag", "/goedkeuren", "/toezicht", "/werkwijze", "/werkwijze/proef",
        "/team", "/beheer", "/afspraken", "/beheer/bewaren", "/beheer/verwerkingen",
        "/bestaat-niet", "/bezwaren", "/antwoorden", "/vroegsignalen", "/gemeenten", "/gemeenten/nieuw",
        "/schuldhulp", "/zorgen", "/hulp/gevolg", "/wegwijzer", "/wegwijzer/nieuw",
        "/deurwaarders", "/deurwaarders/afspraken/nieuw", "/account", "/account/tweede-stap",
    ],
    "beheerder": ["/beheer", "/afspraken", "/mensen", "/mensen/aanbieder", "/beheer/programmas", "/beheer/webhooks",
                  "/beheer/bewaren", "/beheer/verwerkingen"],
    "deurwaarder": ["/dossiers", "/mensen", "/account"],
    "huismeester": ["/zoeken?q=jansen", "/zorgen", "/rekenhulp/incassokosten?bedrag=700"],
}  # fmt: skip
LAW = [
    "/rekenhulp", "/rekenhulp/incassokosten", "/rekenhulp/incassokosten?bedrag=100%0A700&btw_dienst=1",
    "/rekenhulp/incassokosten?bedrag=1.234&op=31-02-2026", "/rekenhulp/rente",
    "/rekenhulp/rente?bedrag=700&van=2025-02-02&tot=2027-02-02", "/rekenhulp/termijn",
    "/rekenhulp/termijn?verzonden=2026-05-01", "/recht", "/recht#statutory_interest",
    "/inloggen", "/inloggen?email=a@b.nl", "/aanmelden/sleutel", "/uitnodiging/geen",
]  # fmt: skip
_PHONE = 600
DEBT_HELP = Path(__file__).parents[1] / "golden" / "schuldenknooppunt"
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
@pytest.mark.parametrize("who", PAGES)
def test_axe_finds_nothing(who: str, size: str, chromium: Browser, program: Running) -> None:
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme="light")
    page = context.new_page()
    page.goto(f"{program.address}/aanmelden")
    found = {"/aanmelden": problems(page, "light")}
    sign_in(page, program.address, who)
    addresses = list(PAGES[who])
    if who == "teamleider":
        addresses += _deeper(page, program)
    if who == "deurwaarder":
        addresses += _of_partner(page, program)
    wide = _walk(page, program, addresses, width, found)
    context.close()
    assert found == {address: [] for address in found}
    assert wide == dict.fromkeys(wide, 0)


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_for_a_visitor(width: int, chromium: Browser, program: Running) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme="light")
    found: dict[str, list[tuple[str, str]]] = {}
    wide = _walk(context.new_page(), program, LAW, width, found)
    context.close()
    assert found == {address: [] for address in LAW}
    assert wide == dict.fromkeys(wide, 0)


def _walk(
    page: Page,
    program: Running,
    addresses: list[str],
    width: int,
    found: dict[str, list[tuple[str, str]]],
) -> dict[str, int]:
    """Open every page with its details unfolded; returns how far each is wider than the screen."""
    wide = {}
    for address in addresses:
        page.goto(program.address + address)
        page.locator("main details").evaluate_all(
            "all => all.slice(0, 8).forEach(one => { one.open = true })"
        )
        found[address] = problems(page, "light")
        if width < _PHONE:  # the same page in other colours
            page.emulate_media(color_scheme="dark")
            found[address] += problems(page, "dark")
            page.emulate_media(color_scheme="light")
        wide[address] = page.evaluate("document.documentElement.scrollWidth") - width
    return wide


def _of_partner(page: Page, program: Running) -> list[str]:
    """A file with what is done in it, what was agreed, and its figures."""
    page.goto(f"{program.address}/dossiers")
    links = page.locator("main a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    agreed = next(one for one in links if "afspraken" in one)
    file = next(one for one in links if "afspraken" not in one)
    return [agreed, f"{agreed}/cijfers", file, f"{file}/contact", f"{file}/regeling"]


def _at_partners(page: Page, program: Running) -> list[str]:
    """The same from the side of the corporation."""
    page.goto(f"{program.address}/deurwaarders")
    links = page.locator("main a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    agreed = next(one for one in links if one.split("/")[-1].isdigit() and "afspraken" in one)
    return [agreed, f"{agreed}/cijfers", next(one for one in links if one.endswith("/deurwaarder"))]


def _deeper(page: Page, program: Running) -> list[str]:
    """A tenancy, now and as known before; a bank file, and a file of homes; a colleague."""
    page.goto(f"{program.address}/werkvoorraad")
    tenancy = str(page.locator("#rows [data-open]").first.get_attribute("href"))
    page.goto(f"{program.address}/team")
    member = str(page.locator(".team [data-open]").first.get_attribute("href"))
    page.goto(f"{program.address}/inlezen")
    files = page.locator("#files [data-open]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return [
        *_letters(page, program),
        *_debt_help(page, program),
        *_at_partners(page, program),
        _reply(page, program),
        *_conference(page, program, tenancy),
        _decision(page, program, tenancy),
        tenancy,
        f"{tenancy}/inzage",
        f"{tenancy}/inzageverzoek",
        f"{tenancy}/bewaren",
        f"{tenancy}?tijdlijn=besluiten&rekening=alles",
        f"{tenancy}/contact",
        f"{tenancy}/gesprek",
        f"{tenancy}/hulp",
        f"{tenancy}/hulp/verwijzen",
        f"{tenancy}/bijzonderheden",
        f"{tenancy}/bezwaar",
        f"{tenancy}/uitleg",
        f"{tenancy}/vroegsignaal",
        f"{tenancy}/overdracht",
        f"{tenancy}/zorg",
        f"{tenancy}/afwijken",
        f"{tenancy}/behandelaar",
        f"{tenancy}/vordering",
        f"{tenancy}/vordering?as_of=2035-01-15",
        f"{tenancy}?as_of=2026-01-01&known_at=2026-01-01",
        files[0],
        files[-1],
        member,
    ]


def _debt_help(page: Page, program: Running) -> list[str]:
    """Conversations with a counsellor that this or an earlier walk brought in: one to match, one with a proposal."""
    for name in ("balance-request.csv", "proposal.csv"):
        page.goto(f"{program.address}/schuldhulp")
        page.set_input_files("#bestand", DEBT_HELP / name)
        page.locator("form.answers .utrecht-button--primary-action").click()
        page.locator(".notes").wait_for()
    places = page.locator("#rows [data-open]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    page.goto(program.address + places[0])
    if page.locator("[name=huurder]").count():
        page.locator("[name=huurder]").first.check()
        page.locator("[name=wat][value=koppel]").click()
        page.locator("#answer-title").wait_for()
    return ["/schuldhulp", *places]


def _reply(page: Page, program: Running) -> str:
    """One of the demo's answers."""
    page.goto(f"{program.address}/antwoorden")
    return str(page.locator(".line [data-open]").first.get_attribute("href"))


def _decision(page: Page, program: Running, tenancy: str) -> str:
    """Why a step was chosen, as its line asks for it."""
    page.goto(f"{program.address}{tenancy}?tijdlijn=besluiten")
    return str(page.locator("[hx-get*='/besluit/']").first.get_attribute("hx-get"))


def _conference(page: Page, program: Running, tenancy: str) -> list[str]:
    """The agenda with this tenancy on it, a conference that is open, and its report."""
    page.goto(f"{program.address}{tenancy}/overleg")
    if page.locator("#vraag").count():
        page.fill("#vraag", "Overdragen?")
        page.locator("main .utrecht-button--primary-action").click()
        page.locator(".notes").wait_for()
    page.goto(f"{program.address}/overleg")
    if not page.locator("main > .waiting a").count():
        page.locator("details.begin .utrecht-button--primary-action").click()
        page.locator("#decide").wait_for()
        page.goto(f"{program.address}/overleg")
    held = str(page.locator("main > .waiting a").first.get_attribute("href"))
    return ["/overleg", f"{tenancy}/overleg", held, f"{held}/verslag"]


def _letters(page: Page, program: Running) -> list[str]:
    """A letter of the demo, and the batch that this or an earlier walk made of what waited for paper."""
    page.goto(f"{program.address}/brieven?bak=klaar")
    if page.locator("#make-batch").count():
        page.locator("#make-batch").click()
        page.locator("#hand-title").wait_for()
        page.goto(f"{program.address}/brieven?bak=klaar")
    batch = str(page.locator(".batches a").first.get_attribute("href"))
    letter = str(page.locator("#sendings [data-open]").first.get_attribute("href"))
    return [batch, letter, f"{letter}?opnieuw=1", f"/brieven?batch={batch.rpartition('/')[2]}"]
