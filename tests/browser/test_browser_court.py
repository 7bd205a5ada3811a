"""Before the court with two browsers: a summons is proposed and decided, a judgment, a last chance that passes, an eviction
that one person agreed with; then the money comes, and it stops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from databases import of_its_own
from on_a_day import found, served
from running import PASSWORD, Running, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SUMMONS, JUDGMENT, AFTER = "2026-12-28T10:30+01:00", "2027-02-01T10:30+01:00", "2027-03-08T10:30+01:00"
CONTRACT = "100001"


@pytest.fixture(scope="module", autouse=True)
def corporation(admin: str) -> Iterator[str]:
    """A corporation with a file at a bailiff's office since 2 November, and a signal to the municipality before it."""
    with of_its_own(admin) as dsn:
        from django.contrib.auth.hashers import PBKDF2PasswordHasher
        from tests.bailiff import partners

        from tijdig.access.actions import create_partner, create_partner_user
        from tijdig.access.scope import organisation_scope

        organisation = found()
        office = create_partner(name="Gerechtsdeurwaarders Maas", code="maas")
        somebody = create_partner_user(
            partner_id=office, email="deurwaarder@demo.tijdig", name="Piet Maas", role="partner_lead",
            hashed=PBKDF2PasswordHasher().encode(PASSWORD, "proef-zout", 1_000),
        )  # fmt: skip
        partners.agreed(organisation, (office, somebody, "maas"))
        with organisation_scope(organisation):
            tenancy = partners.ready(organisation)
            assert partners.handed(organisation, tenancy, office)
        yield dsn


def _signed_in(chromium: Browser, program: Running, who: str, place: str) -> Page:
    page = chromium.new_context(viewport={"width": 1280, "height": 850}, locale="nl-NL").new_page()
    page.set_default_timeout(15_000)
    sign_in(page, program.address, who)
    page.goto(f"{program.address}{place}")
    if place == "/dossiers":
        page.locator("#file-list a").click()
        page.wait_for_selector("#account")
    return page


def _does(page: Page, what: str, said: str, **fields: str) -> None:
    """Open what can be done now, fill in its form, and write it down by name."""
    page.locator("summary", has_text=what).click()
    form = page.locator("details[open] form", has=page.locator("input[name=stap]"))
    for name, value in fields.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator("textarea[name=reden]").fill("Er kwam geen afspraak, en het loopt op.")
    for box in form.locator("input[type=checkbox]").all():
        box.check()
    form.get_by_role("button", name="Leg vast op mijn naam").click()
    expect(page.locator(".notes")).to_contain_text(f"Vastgelegd op uw naam: {said}")


def test_an_eviction_stops_because_the_money_came(chromium: Browser, corporation: str) -> None:
    ours_at, theirs_at = "/huurder/1/deurwaarder", "/dossiers"
    with served(corporation, SUMMONS) as program:
        for day in ("2026-11-01", "2026-12-01"):
            program.post(CONTRACT, "rent", 70_000, day, f"huur-{day}")
        theirs = _signed_in(chromium, program, "deurwaarder", theirs_at)
        _does(theirs, "Stel voor om te dagvaarden", "dagvaarding voorgesteld")
        ours = _signed_in(chromium, program, "consulent", ours_at)
        expect(ours.locator("main")).to_contain_text("de norm van 3 is wel gehaald")
        expect(ours.locator("main")).to_contain_text("Griffierecht over € 2.800,00")
        _does(ours, "Besluit om te dagvaarden", "besloten om te dagvaarden")
        expect(theirs.locator("#court")).to_contain_text("dagvaarding besloten")
        _does(theirs, "De dagvaarding is uitgebracht", "gedagvaard", erbij="2027-01-20", waar="Maastricht")
        ours.goto(f"{program.address}/deurwaarders")
        expect(ours.locator("main")).to_contain_text("20-01-2027")
    with served(corporation, JUDGMENT) as program:
        theirs = _signed_in(chromium, program, "deurwaarder", theirs_at)
        _does(
            theirs, "Leg het vonnis vast", "vonnis", huur="2800,00", tot="2026-12-01", rente="10,00",
            proceskosten="600,00",
        )  # fmt: skip
        expect(theirs.locator("main")).to_contain_text("proceskosten volgens het vonnis")
        _does(theirs, "Het vonnis is betekend", "vonnis betekend")
        _does(theirs, "Spreek een laatste kans af", "laatste kans afgesproken", erbij="2027-03-01")
    with served(corporation, AFTER) as program:
        theirs = _signed_in(chromium, program, "deurwaarder", theirs_at)
        _does(theirs, "De laatste kans is voorbij", "laatste kans voorbij")
        _does(theirs, "Stel voor om te ontruimen", "ontruiming voorgesteld")
        ours = _signed_in(chromium, program, "consulent", ours_at)
        _does(ours, "Zeg ja tegen ontruimen", "akkoord met ontruimen")
        expect(ours.locator("main")).to_contain_text("een tweede collega beslist mee")
        expect(ours.locator("summary", has_text="Zeg ja tegen ontruimen")).to_have_count(0)
        program.post(CONTRACT, "payment", -280_000, "2027-03-08", "alles-in-een-keer")
        expect(theirs.locator("#account")).to_contain_text("Achterstand nu: € 0,00")
        _costs_came_in(theirs)
        lead = _signed_in(chromium, program, "teamleider", ours_at)
        lead.locator("summary", has_text="Zeg ja tegen ontruimen").click()
        expect(lead.locator("main")).to_contain_text("niets meer schuldig")
        expect(lead.locator("input[value=eviction_agreed]")).to_have_count(0)
        _does(theirs, "Stop de procedure", "gestopt")
        expect(ours.locator("main")).to_contain_text("Bij de rechter: vonnis betekend")


def _costs_came_in(page: Page) -> None:
    paid = page.get_by_role("button", name=re.compile("^Betaald"))
    while paid.count():
        paid.first.click()
        expect(page.locator(".notes")).to_contain_text("dat de huurder dit betaalde")
