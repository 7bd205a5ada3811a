"""Two browsers side by side: a file is handed over, the bailiff agrees on paying in parts, half comes, it breaks, they agree
anew, it is paid, and the figure that both agreed on moves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from databases import of_its_own
from on_a_day import found, served
from running import PASSWORD, Running, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HANDED, PAID_HALF, BROKEN, SETTLED = (f"2026-11-{day}T10:30+01:00" for day in ("02", "05", "17", "19"))
CONTRACT = "100001"


@pytest.fixture(scope="module", autouse=True)
def corporation(admin: str) -> Iterator[str]:
    """A corporation with a bailiff's office, and a tenant whom nobody reached and everything else was done for."""
    with of_its_own(admin) as dsn:
        from django.contrib.auth.hashers import PBKDF2PasswordHasher
        from tests.bailiff import partners

        from tijdig.access.actions import create_partner, create_partner_user
        from tijdig.access.scope import organisation_scope

        organisation = found()
        office = create_partner(name="Gerechtsdeurwaarders Maas", code="maas")
        somebody = create_partner_user(
            partner_id=office,
            email="deurwaarder@demo.tijdig",
            name="Piet Maas",
            role="partner_lead",
            hashed=PBKDF2PasswordHasher().encode(PASSWORD, "proef-zout", 1_000),
        )
        partners.agreed(organisation, (office, somebody, "maas"))
        with organisation_scope(organisation):
            partners.ready(organisation)
        yield dsn


def _signed_in(chromium: Browser, program: Running, who: str) -> Page:
    page = chromium.new_context(viewport={"width": 1280, "height": 850}, locale="nl-NL").new_page()
    page.set_default_timeout(15_000)
    sign_in(page, program.address, who)
    return page


def _night(program: Running) -> None:
    client = program.session("teamleider")
    token = client.get("/nachtronde").text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    client.post("/nachtronde", data={"csrfmiddlewaretoken": token}).raise_for_status()


def test_from_the_hand_over_to_paid_with_both_at_one_table(chromium: Browser, corporation: str) -> None:
    with served(corporation, HANDED) as program:
        ours, theirs = (
            _signed_in(chromium, program, "consulent"),
            _signed_in(chromium, program, "deurwaarder"),
        )
        theirs.goto(f"{program.address}/dossiers")
        expect(theirs.locator("main")).to_contain_text("geen dossiers bij u")
        _hand_over(ours, program)
        expect(theirs.locator("#file-list")).to_contain_text("De Vries, M.")  # it came by itself
        theirs.locator("#file-list a").click()
        _spoken(theirs)
        _arranged(theirs, "700,00", date(2026, 11, 4))
        ours.goto(f"{program.address}/huurder/1/regeling")
        expect(ours.locator("main")).to_contain_text("Afgesproken op 02-11-2026")
    with served(corporation, PAID_HALF) as program:
        ours, theirs = (
            _signed_in(chromium, program, "consulent"),
            _signed_in(chromium, program, "deurwaarder"),
        )
        _file(theirs, program)
        expect(theirs.locator("#account")).to_contain_text("1.400,00")
        program.post(CONTRACT, "payment", -35_000, "2026-11-05", "helft")
        expect(theirs.locator("#account")).to_contain_text("De huurder betaalde vandaag")
        expect(theirs.locator("#account")).to_contain_text("1.050,00")
        ours.goto(f"{program.address}/huurder/1")
        expect(ours.locator("main")).to_contain_text("1.050,00")
    with served(corporation, BROKEN) as program:
        _night(program)
        ours, theirs = (
            _signed_in(chromium, program, "consulent"),
            _signed_in(chromium, program, "deurwaarder"),
        )
        theirs.goto(f"{program.address}/dossiers")
        expect(theirs.locator("#file-list")).to_contain_text("De regeling is gebroken")
        ours.goto(f"{program.address}/huurder/1/regeling")
        expect(ours.locator("main")).to_contain_text("Gebroken")
        theirs.locator("#file-list a").click()
        _arranged(theirs, "1050,00", date(2026, 11, 19), again=True)
    with served(corporation, SETTLED) as program:
        ours, theirs = (
            _signed_in(chromium, program, "consulent"),
            _signed_in(chromium, program, "deurwaarder"),
        )
        _file(theirs, program)
        program.post(CONTRACT, "payment", -105_000, "2026-11-19", "de-rest")
        expect(theirs.locator("#account")).to_contain_text("Achterstand nu: € 0,00")
        theirs.get_by_text("Sluit dit dossier").click()
        theirs.locator("#einde").select_option(label="alles betaald")
        theirs.get_by_role("button", name="Sluit op mijn naam").click()
        expect(theirs.locator("main")).to_contain_text("geen dossiers bij u")
        ours.goto(f"{program.address}/deurwaarders")
        ours.get_by_role("link", name=re.compile("versie 1")).click()
        ours.get_by_role("link", name="De cijfers van nu").click()
        amicable = ours.locator("section", has=ours.locator("#kpi-amicable_pct"))
        expect(amicable.locator(".kpi-value")).to_have_text("100%")
        expect(amicable).to_contain_text("gehaald")


def _hand_over(page: Page, program: Running) -> None:
    page.goto(f"{program.address}/huurder/1/overdracht")
    expect(page.locator("main")).to_contain_text("Alles is in orde")
    page.get_by_role("button", name="Draag over op mijn naam").click()
    expect(page.locator("main")).to_contain_text("De deurwaarder ziet het dossier nu")


def _file(page: Page, program: Running) -> None:
    page.goto(f"{program.address}/dossiers")
    page.locator("#file-list a").click()
    page.wait_for_selector("#account")


def _spoken(page: Page) -> None:
    page.get_by_role("link", name="Leg contact vast").click()
    page.locator("#uitkomst-arrangement_wanted").check()
    page.get_by_role("button", name="Leg vast", exact=True).click()
    expect(page.locator("main")).to_contain_text("De corporatie ziet het ook")


def _arranged(page: Page, cents: str, first_on: date, *, again: bool = False) -> None:
    page.get_by_role("link", name="Naar de regeling" if again else "Maak een regeling").click()
    if again:
        page.get_by_text("Maak een andere regeling").click()
    page.locator("#bedrag").fill(cents)
    page.locator("#eerste").fill(f"{first_on:%Y-%m-%d}")
    page.locator("#reden").fill("Zo kan het.")
    expect(page.locator("#look")).to_contain_text(f"{first_on + timedelta(days=0):%d-%m-%Y}")
    page.get_by_role("button", name="Spreek dit af").click()
    expect(page.locator("main")).to_contain_text("Afgesproken:")
