"""Two browsers side by side, from a missed rent to the figure that moves, played day by day on the screens.

The rent of September does not come: a call and a visit reach nobody, the letter about help and the fourteen-day letter are
approved by name and given to the post, the municipality gets its signal, somebody decides by name. Then the file is handed
over, the bailiff agrees on paying in parts, half comes, it breaks, they agree anew, it is paid, and the figure that both
agreed on moves. Before it begins there are only the tenant and the agreement with the bailiff.
"""

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

UNPAID, VISITED, WRITTEN = "2026-09-08T10:30+02:00", "2026-09-22T10:30+02:00", "2026-10-02T10:30+02:00"
DECIDED = "2026-10-27T10:30+01:00"
HANDED, PAID_HALF, BROKEN, SETTLED = (f"2026-11-{day}T10:30+01:00" for day in ("02", "05", "17", "19"))
CONTRACT, NAME = "100001", "De Vries, M."


@pytest.fixture(scope="module", autouse=True)
def corporation(admin: str) -> Iterator[str]:
    """A corporation with a bailiff's office, and a tenant who owes nothing yet."""
    with of_its_own(admin) as dsn:
        from dataclasses import replace

        from django.contrib.auth.hashers import PBKDF2PasswordHasher
        from tests.bailiff import partners
        from tests.letters import offices

        from tijdig.access.actions import create_partner, create_partner_user
        from tijdig.access.scope import organisation_scope
        from tijdig.bailiff.agreement import Target
        from tijdig.bailiff.kinds import Direction, Kpi

        organisation = found()
        office = create_partner(name="Gerechtsdeurwaarders Maas", code="maas")
        somebody = create_partner_user(
            partner_id=office,
            email="deurwaarder@demo.tijdig",
            name="Piet Maas",
            role="partner_lead",
            hashed=PBKDF2PasswordHasher().encode(PASSWORD, "proef-zout", 1_000),
        )
        kept = Target(Kpi.KEPT, Direction.AT_LEAST, 80, 12)
        terms = replace(partners.TERMS, targets=(*partners.TERMS.targets, kept))
        partners.agreed(organisation, (office, somebody, "maas"), terms=terms)
        with organisation_scope(organisation):
            offices.tenant(organisation, months=0)
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


def test_from_a_missed_rent_to_paid_with_both_at_one_table(chromium: Browser, corporation: str) -> None:
    with served(corporation, UNPAID) as program:
        _rent(program, "2026-09-01")
        _called_in_vain(_signed_in(chromium, program, "consulent"), program)
    with served(corporation, VISITED) as program:
        _night(program)
        _visited_in_vain(_signed_in(chromium, program, "consulent"), program)
    with served(corporation, WRITTEN) as program:
        _rent(program, "2026-10-01")
        ours, lead = (_signed_in(chromium, program, who) for who in ("consulent", "teamleider"))
        _municipality(lead, program)
        _help_offered(ours, program)
        _posted(lead, program, "PN-1")
        _night(program)
        _fourteen_days_approved(ours, program)
        _posted(lead, program, "PN-2")
    with served(corporation, DECIDED) as program:
        _night(program)
        ours = _signed_in(chromium, program, "consulent")
        _signalled(ours, program)
        _night(program)
        _decided(ours, program)
    with served(corporation, HANDED) as program:
        _rent(program, "2026-11-01")
        ours, theirs = (
            _signed_in(chromium, program, "consulent"),
            _signed_in(chromium, program, "deurwaarder"),
        )
        theirs.goto(f"{program.address}/dossiers")
        expect(theirs.locator("main")).to_contain_text("geen dossiers bij u")
        _hand_over(ours, program)
        expect(theirs.locator("#file-list")).to_contain_text(NAME)  # it came by itself
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
        expect(theirs.locator("#account")).to_contain_text("2.100,00")
        program.post(CONTRACT, "payment", -35_000, "2026-11-05", "helft")
        expect(theirs.locator("#account")).to_contain_text("De huurder betaalde vandaag")
        expect(theirs.locator("#account")).to_contain_text("1.750,00")
        ours.goto(f"{program.address}/huurder/1")
        expect(ours.locator("main")).to_contain_text("1.750,00")
    with served(corporation, BROKEN) as program:
        _night(program)
        ours, theirs = (
            _signed_in(chromium, program, "consulent"),
            _signed_in(chromium, program, "deurwaarder"),
        )
        theirs.goto(f"{program.address}/dossiers")
        expect(theirs.locator("#file-list")).to_contain_text("De regeling is gebroken")
        ours.goto(f"{program.address}/vandaag")
        ours.get_by_role("link", name="1 regeling bij de deurwaarder is gebroken").click()
        expect(ours.locator("section", has=ours.locator("#broken"))).to_contain_text(NAME)
        ours.goto(f"{program.address}/huurder/1/regeling")
        expect(ours.locator("main")).to_contain_text("Gebroken")
        theirs.locator("#file-list a").click()
        _arranged(theirs, "1750,00", date(2026, 11, 19), again=True)
    with served(corporation, SETTLED) as program:
        ours, theirs = (
            _signed_in(chromium, program, "consulent"),
            _signed_in(chromium, program, "deurwaarder"),
        )
        _file(theirs, program)
        _closed(theirs)
        expect(theirs.locator("main")).to_contain_text("staat nog € 1.750,00 open")
        program.post(CONTRACT, "payment", -175_000, "2026-11-19", "de-rest")
        expect(theirs.locator("#account")).to_contain_text("Achterstand nu: € 0,00")
        _closed(theirs)
        expect(theirs.locator("main")).to_contain_text("geen dossiers bij u")
        ours.goto(f"{program.address}/deurwaarders")
        ours.get_by_role("link", name=re.compile("versie 1")).click()
        ours.get_by_role("link", name="De cijfers van nu").click()
        amicable = ours.locator("section", has=ours.locator("#kpi-amicable_pct"))
        expect(amicable.locator(".kpi-value")).to_have_text("100%")
        expect(amicable).to_contain_text("gehaald")
        # Of the two plans the first broke and the second was paid to the last cent.
        plans = ours.locator("section", has=ours.locator("#kpi-kept_pct"))
        expect(plans.locator(".kpi-value")).to_have_text("50%")
        expect(plans).to_contain_text("2 regelingen in 12 maanden")
        expect(plans).to_contain_text("niet gehaald")


def _rent(program: Running, due: str) -> None:
    """A month's rent falls due and does not come; the night after it looks at everybody."""
    program.post(CONTRACT, "rent", 70_000, due, f"huur-{due}")
    _night(program)


def _asked_today(page: Page, program: Running, step: str) -> None:
    page.goto(f"{program.address}/vandaag")
    expect(page.locator("#rows tr", has_text=NAME)).to_contain_text(step)


def _called_in_vain(page: Page, program: Running) -> None:
    """A week late the tenant is on the list of the day; one key opens the talk, and nobody takes the phone."""
    _asked_today(page, program, "Bellen")
    expect(page.locator("#rows tr", has_text=NAME)).to_contain_text("700,00")
    page.locator("#rows tr", has_text=NAME).locator("[data-open]").focus()
    page.keyboard.press("1")
    page.wait_for_url(re.compile("/gesprek"))
    page.get_by_role("button", name="Niet bereikt").click()
    expect(page.locator(".done")).to_contain_text("niet bereikt", timeout=15_000)


def _visited_in_vain(page: Page, program: Running) -> None:
    _asked_today(page, program, "Eerst langsgaan")
    page.goto(f"{program.address}/huurder/1/contact")
    page.locator("#hoe-visit").check()
    page.locator("#bereikt-none").check()
    page.locator("#uitkomst-not_home").check()
    page.get_by_role("button", name="Leg vast", exact=True).click()
    expect(page.locator(".notes")).to_contain_text("niet bereikt", timeout=15_000)


def _municipality(page: Page, program: Running) -> None:
    page.goto(f"{program.address}/gemeenten/nieuw")
    page.locator("#naam").fill("Rotterdam")
    page.locator("#code").fill("GM0599")
    page.locator("#plaatsen").fill("Rotterdam")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator("main")).to_contain_text("Rotterdam")


def _help_offered(page: Page, program: Running) -> None:
    _asked_today(page, program, "Brief over hulp van de gemeente")
    page.goto(f"{program.address}/huurder/1/brief/early_signal")
    expect(page.locator("#municipality")).to_have_value("Rotterdam")
    page.locator("#write .utrecht-button--primary-action").click()
    page.wait_for_url("**/brieven/*")


def _fourteen_days_approved(page: Page, program: Running) -> None:
    page.goto(f"{program.address}/goedkeuren")
    expect(page.locator("tr", has_text=NAME)).to_contain_text("1.400,00")
    page.locator("#zaak-1").check()
    page.get_by_role("button", name="Keur de gekozen brieven goed").click()
    expect(page.locator(".notes")).to_contain_text("1 brief is goedgekeurd op uw naam", timeout=30_000)


def _posted(page: Page, program: Running, receipt: str) -> None:
    """What waits on paper is printed and given to the post: from then on it is sent."""
    page.goto(f"{program.address}/brieven?bak=klaar")
    page.locator("#make-batch").click()
    expect(page.locator("#hand-title")).to_be_visible(timeout=30_000)
    page.locator("#receipt").fill(receipt)
    page.locator("#sure").check()
    page.get_by_role("button", name="Leg vast", exact=True).click()
    expect(page.locator("#batch")).to_contain_text(
        f"vastgelegd door Ruud Jansen. Kenmerk van de drukker: {receipt}.", timeout=15_000
    )


def _signalled(page: Page, program: Running) -> None:
    """The municipality hears it: decided on a name, then sent in its file."""
    _asked_today(page, program, "Vroegsignaal doen")
    page.goto(f"{program.address}/huurder/1/vroegsignaal")
    expect(page.locator("main")).to_contain_text("De gemeente mag bericht krijgen")
    page.get_by_role("button", name="Besluit op mijn naam").click()
    expect(page.locator("main")).to_contain_text("Besloten op uw naam", timeout=15_000)
    page.goto(f"{program.address}/vroegsignalen")
    page.get_by_role("button", name="Maak het bestand").click()
    expect(page.locator("#files")).to_contain_text(
        "27-10-2026 Rotterdam: 1 signaal, Sanne Kuiper", timeout=15_000
    )


def _decided(page: Page, program: Running) -> None:
    _asked_today(page, program, "Besluiten over de overdracht")
    page.goto(f"{program.address}/huurder/1/afwijken")
    page.locator("#soort-hand_over").check()
    page.locator("#tot").fill("2026-11-10")
    page.locator("#reden").fill("Gebeld, geschreven en aan de deur geweest: niemand antwoordt.")
    page.get_by_role("button", name="Leg vast", exact=True).click()
    page.wait_for_url("**/huurder/1/overdracht")  # what was decided is done there
    expect(page.locator(".points")).to_contain_text("Iemand besloot op naam om over te dragen.")


def _hand_over(page: Page, program: Running) -> None:
    """By what was done every one of the nine points is right; one person hands over."""
    _asked_today(page, program, "Overdragen aan de deurwaarder")
    page.goto(f"{program.address}/huurder/1")
    page.get_by_role("link", name="Overdragen aan de deurwaarder").click()  # the step leads there
    page.wait_for_url("**/huurder/1/overdracht")
    page.locator("#wie-adults").check()
    page.get_by_role("button", name="Leg vast op mijn naam").click()
    expect(page.locator("main")).to_contain_text("Alles is in orde")
    expect(page.locator(".points > li")).to_have_count(9)
    expect(page.locator(".points > .point-right")).to_have_count(9)
    page.get_by_role("button", name="Draag over op mijn naam").click()
    expect(page.locator("main")).to_contain_text("De deurwaarder ziet het dossier nu")


def _file(page: Page, program: Running) -> None:
    page.goto(f"{program.address}/dossiers")
    page.locator("#file-list a").click()
    page.wait_for_selector("#account")


def _closed(page: Page) -> None:
    page.get_by_text("Sluit dit dossier").click()
    page.locator("#einde").select_option(label="alles betaald")
    page.get_by_role("button", name="Sluit op mijn naam").click()


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
