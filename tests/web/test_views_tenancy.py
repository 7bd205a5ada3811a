"""The page of one tenancy: what letters and the claim count otherwise, and the way to a payment that waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.letters import offices

from doors import RENT_CENTS, Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.imports.models import Line
from tijdig.ledger.actions import post
from tijdig.ledger.actions_marks import add_waiting
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind
from tijdig.letters.actions import write
from tijdig.letters.letter import Kind as LetterKind
from tijdig.letters.wish import Wish
from tijdig.tenancies.queries import tenancy_ids_by_contract


@pytest.fixture
def tenancy(corporation: Corporation) -> int:
    contract = corporation.lease(1)
    with organisation_scope(corporation.organisation):
        return tenancy_ids_by_contract([contract])[contract]


@pytest.fixture
def client(corporation: Corporation) -> Client:
    return corporation.signed_in(Role.TEAM_LEAD)


def _book(corporation: Corporation, kind: Kind, cents: int, age: int) -> None:
    on = corporation.today - timedelta(days=age)
    due = on if cents > 0 else None
    draft = EntryDraft(
        f"C{corporation.organisation}-1", kind, cents, on, on, "test", f"{kind}/{age}", due_on=due
    )
    assert post(organisation_id=corporation.organisation, drafts=[draft], actor="test", on=on).problems == []


def _stand(client: Client, tenancy: int, query: str = "") -> str:
    page = client.get(f"/huurder/{tenancy}{query}").content.decode().replace("\u00a0", " ")
    return page.split('id="stand-title"')[1].split("</section>")[0]


def test_costs_without_a_letter_are_named_with_the_way_to_the_claim(
    client: Client, corporation: Corporation, tenancy: int
) -> None:
    assert "incassokosten" not in _stand(client, tenancy)
    _book(corporation, Kind.COLLECTION_COSTS, 24_660, 10)
    said = _stand(client, tenancy)
    assert "Waarvan € 246,60 incassokosten zonder brief. Brieven en de vordering tellen die niet mee." in said
    assert f'href="/huurder/{tenancy}/vordering?as_of={corporation.today}"' in said


def test_costs_that_were_paid_are_no_part_of_what_is_open(
    client: Client, corporation: Corporation, tenancy: int
) -> None:
    _book(corporation, Kind.COLLECTION_COSTS, 24_660, 10)
    _book(corporation, Kind.PAYMENT, -2 * RENT_CENTS - 24_660, 5)
    said = _stand(client, tenancy)
    assert "In de rekening staat € 246,60 incassokosten zonder brief." in said
    assert "Waarvan" not in said


def test_what_was_known_before_says_nothing_of_costs(
    client: Client, corporation: Corporation, tenancy: int
) -> None:
    """The claim is of what is known now, so beside an older look it would say something else."""
    _book(corporation, Kind.COLLECTION_COSTS, 24_660, 10)
    assert "incassokosten" not in _stand(client, tenancy, f"?known_at={corporation.today}")


def test_money_that_waits_leads_to_the_queue_of_this_tenancy(
    client: Client, corporation: Corporation, tenancy: int
) -> None:
    corporation.read("camt/v02-day.xml")
    with organisation_scope(corporation.organisation):
        lines = list(Line.objects.filter(state="queued", amount_cents__gt=0).order_by("id"))
        Line.objects.update(suggestions=[])
        Line.objects.filter(pk=lines[0].pk).update(suggestions=[[tenancy, "name", 80]])
        add_waiting(
            organisation_id=corporation.organisation,
            source="bank",
            rows=[("r1", tenancy, lines[0].amount_cents)],
            on=corporation.today,
        )
    corporation.evaluate()
    page = client.get(f"/huurder/{tenancy}").content.decode()
    assert page.count(f'href="/wachtrij?huurder={tenancy}"') == 2  # in the standing, and at the step
    step = page.split('id="step-title"')[1].split("</section>")[0]
    assert f'href="/wachtrij?huurder={tenancy}" data-page-key="v"' in step
    assert "utrecht-button--secondary-action start-talk" in step
    mine = client.get(f"/wachtrij?huurder={tenancy}").content.decode()
    assert "U ziet alleen betalingen die van" in mine
    assert '<a href="/wachtrij">Toon de hele wachtrij</a>' in mine
    assert mine.count('<li id="line-') == 1
    assert client.get("/wachtrij").content.decode().count('<li id="line-') == 9


@pytest.mark.parametrize("asked", ["", "0", "x", "-1", "999999", "2147483648", "99999999999999999999"])
def test_a_tenancy_that_is_not_there_shows_the_whole_queue(
    asked: str, client: Client, corporation: Corporation
) -> None:
    corporation.read("camt/v02-day.xml")
    page = client.get("/wachtrij", {"huurder": asked}).content.decode()
    assert ("U ziet alleen betalingen" in page, '<li id="line-' in page) == (False, True)


def test_who_may_not_assign_gets_no_way_to_the_queue(corporation: Corporation, tenancy: int) -> None:
    with organisation_scope(corporation.organisation):
        add_waiting(
            organisation_id=corporation.organisation,
            source="bank",
            rows=[("r1", tenancy, 1_000)],
            on=corporation.today,
        )
    page = corporation.signed_in(Role.CUSTOMER_SERVICE).get(f"/huurder/{tenancy}").content.decode()
    assert ("wacht nog in de wachtrij" in page, "/wachtrij" in page) == (True, False)


def test_a_claim_without_letters_tells_of_the_one_that_waits(
    client: Client, corporation: Corporation
) -> None:
    offices.letterhead(corporation.organisation)
    tenancy = offices.tenant(corporation.organisation)
    address = f"/huurder/{tenancy}/vordering"
    assert "wacht nog." not in client.get(address).content.decode()
    wish = Wish(tenancy_id=tenancy, kind=LetterKind.FRIENDLY_REMINDER, on=offices.TODAY)
    made = write(
        organisation_id=corporation.organisation, actor="user:1", by="S", wish=wish, now=offices.NOON
    )
    page = client.get(address).content.decode()
    assert "1 brief wacht nog." in page
    assert f'<a href="/brieven/{made}"><span lang="nl">Vriendelijke herinnering</span>' in page


def test_costs_without_a_letter_are_counted_on_a_line_of_their_own(
    client: Client, corporation: Corporation, tenancy: int
) -> None:
    _book(corporation, Kind.COLLECTION_COSTS, 24_660, 10)
    page = client.get(f"/huurder/{tenancy}/vordering").content.decode()
    own = page.split("Bekijk de vordering met deze kosten")[0].rpartition("<p")[2]
    assert ("kosten=geboekt" in own, "niet volgen uit een brief" in own) == (True, False)
