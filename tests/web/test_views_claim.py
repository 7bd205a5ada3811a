"""The claim page: instalments with components and interest, letters with costs, an earlier rent, and what is not sure."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from doors import RENT_CENTS, Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.base.money import euro
from tijdig.carriers.channel import Channel
from tijdig.cases.wording_claim import CHANNELS, RENT_PARTS
from tijdig.history.queries import of_subject
from tijdig.law.collection_costs import collection_costs
from tijdig.law.conventions import Conventions, DayCount
from tijdig.law.interest import interest
from tijdig.law.letter_term import fourteen_days
from tijdig.ledger.actions import post
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind as EntryKind
from tijdig.policy.actions import adopt
from tijdig.steps.kinds import Kind, LetterFacts
from tijdig.steps.models import Step
from tijdig.tenancies.actions import load
from tijdig.tenancies.drafts import RentPartDraft


def _tenancy(corporation: Corporation) -> int:
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenancies_tenancy ORDER BY id LIMIT 1")
        return int(cursor.fetchone()[0])


def _page(corporation: Corporation, query: str = "", role: Role = Role.CONSULTANT) -> str:
    return _look(corporation, corporation.signed_in(role), query)


def _look(corporation: Corporation, client: Client, query: str = "") -> str:
    return client.get(f"/huurder/{_tenancy(corporation)}/vordering{query}").content.decode()


def _entries(corporation: Corporation) -> list[int]:
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM ledger_entry ORDER BY due_on, id")
        return [row[0] for row in cursor.fetchall()]


def _letter(corporation: Corporation, age: int, entries: list[int], **more: str) -> LetterFacts:
    """A fourteen-day letter over these rents that went so many days ago; `back` makes it come back after three."""
    sent_on = corporation.today - timedelta(days=age)
    back = more.pop("back", "")
    facts = LetterFacts(
        letter_id=7,
        letter_kind="fourteen_day",
        channel="print",
        reference="B-2026-7",
        digest="",
        entries=tuple(entries),
        fee_cents=collection_costs([RENT_CENTS] * (len(entries) or 1), sent_on).fee_cents,
        fee_from_on=fourteen_days(sent_on).fee_from_on.isoformat(),
        proof="batch 3, brief 5",
    )
    with organisation_scope(corporation.organisation):
        for kind, on in ((Kind.LETTER_SENT, sent_on), (Kind.LETTER_BOUNCED, sent_on + timedelta(days=3))):
            if kind is Kind.LETTER_SENT or back:
                Step.objects.create(
                    organisation_id=corporation.organisation,
                    tenancy_id=_tenancy(corporation),
                    kind=kind.value,
                    effective_on=on,
                    actor="test",
                    subject=f"sending:{age}",
                    facts=facts.plain(),
                )
    return facts


def _of(corporation: Corporation, age: int) -> int:
    """The interest on a rent that was due so many days ago."""
    due = corporation.today - timedelta(days=age)
    return interest(RENT_CENTS, due + timedelta(days=1), corporation.today).total_cents


def test_the_claim_tells_each_instalment_its_interest_and_the_sum(corporation: Corporation) -> None:
    corporation.lease(1)
    page = _page(corporation)
    cents = [_of(corporation, age) for age in (45, 15)]
    for one in (*cents, sum(cents), 2 * RENT_CENTS, 2 * RENT_CENTS + sum(cents)):
        assert euro(one) in page
    assert page.count("In verzuim vanaf") == 2


def test_at_the_starting_rent_the_claim_is_lower_and_says_by_how_much(corporation: Corporation) -> None:
    corporation.lease(1)
    start = corporation.today - timedelta(days=800)
    older = RentPartDraft(
        "P0", "O1", "NET", "", start, corporation.today - timedelta(days=401), RENT_CENTS - 2_000
    )
    load(organisation_id=corporation.organisation, records=[older], actor="test", on=corporation.today)
    page = _page(corporation, f"?huur={start}")
    assert f"aanvangshuur {euro(RENT_CENTS - 2_000)}" in page
    assert euro(2 * (RENT_CENTS - 2_000)) in page
    assert "lager" in page


def test_who_owes_nothing_has_an_empty_claim(corporation: Corporation) -> None:
    corporation.lease(1, behind=False)
    assert "Er staat niets open dat al betaald had moeten zijn." in _page(corporation)


@pytest.mark.parametrize(
    "query", ["?as_of=x", "?huur=31-02-2026", "?huur=0001-01-01", "?as_of=9999-12-31", "?as_of=2999-12-31"]
)
def test_an_odd_day_breaks_nothing(corporation: Corporation, query: str) -> None:
    corporation.lease(1)
    client = corporation.signed_in(Role.CONSULTANT)
    assert client.get(f"/huurder/{_tenancy(corporation)}/vordering{query}").status_code == 200


def test_the_components_of_each_rent_are_told_and_a_difference_is_named(corporation: Corporation) -> None:
    corporation.lease(1)
    start = corporation.today - timedelta(days=20)
    more = RentPartDraft("P2", "O1", "SER", "", start, None, 4_000)
    load(organisation_id=corporation.organisation, records=[more], actor="test", on=corporation.today)
    client = corporation.signed_in(Role.CONSULTANT)
    page = _look(corporation, client)
    assert page.count("kale huur") == 2
    assert page.count("servicekosten") == 0  # the net rent alone is what both months asked
    load(
        organisation_id=corporation.organisation,
        records=[RentPartDraft("P1", "O1", "NET", "", start, None, RENT_CENTS - 1_000)],
        actor="test",
        on=corporation.today,
    )
    page = _look(corporation, client)
    assert f"De delen zijn samen {euro(RENT_CENTS + 3_000)}; deze termijn vroeg {euro(RENT_CENTS)}." in page


def test_a_letter_brings_its_costs_with_proof_and_a_link(corporation: Corporation) -> None:
    corporation.lease(1)
    first, second = _entries(corporation)
    facts = _letter(corporation, 30, [first])
    page = _page(corporation)
    total = 2 * RENT_CENTS + sum(_of(corporation, age) for age in (45, 15)) + facts.fee_cents
    assert euro(total) in page
    for words in (
        'href="/brieven/7"',
        "veertiendagenbrief",
        "B-2026-7",
        "op papier",
        "batch 3, brief 5",
        "verschuldigd sinds",
    ):
        assert words in page
    assert page.count(f"#entry-{first}") == 2  # as an instalment, and under the letter
    assert page.count(f"#entry-{second}") == 1


def test_a_letter_whose_term_runs_brings_no_costs_yet(corporation: Corporation) -> None:
    corporation.lease(1)
    facts = _letter(corporation, 3, _entries(corporation)[:1])
    page = _page(corporation)
    due_on = date.fromisoformat(facts.fee_from_on)
    assert f"nog niet verschuldigd, vanaf {due_on:%d-%m-%Y}" in page
    assert euro(2 * RENT_CENTS + sum(_of(corporation, age) for age in (45, 15))) in page


def test_a_letter_that_came_back_counts_for_nothing_also_before_it_came_back(
    corporation: Corporation,
) -> None:
    corporation.lease(1)
    _letter(corporation, 30, _entries(corporation)[:1], back="yes")
    client = corporation.signed_in(Role.CONSULTANT)
    for query in ("", f"?as_of={corporation.today - timedelta(days=29)}"):
        assert "telt niet: de brief kwam terug" in _look(corporation, client, query)


def test_costs_that_the_ledger_charged_are_not_counted_twice(corporation: Corporation) -> None:
    contract = corporation.lease(1)
    facts = _letter(corporation, 30, _entries(corporation)[:1])
    day = corporation.today - timedelta(days=5)
    drafts = [
        EntryDraft(contract, kind, cents, day, day, "test", f"{kind}", due_on=day)
        for kind, cents in ((EntryKind.COLLECTION_COSTS, 4_000), (EntryKind.COURT_COSTS, 50_000))
    ]
    post(organisation_id=corporation.organisation, drafts=drafts, actor="test", on=corporation.today)
    page = _page(corporation)
    assert f"{euro(4_000)} al geboekt" in page
    assert euro(facts.fee_cents - 4_000) in page


def test_costs_without_a_letter_do_not_count_until_a_person_takes_them_on(corporation: Corporation) -> None:
    contract = corporation.lease(1)
    booked_on = corporation.today - timedelta(days=5)
    draft = EntryDraft(contract, EntryKind.COLLECTION_COSTS, 4_000, booked_on, booked_on, "test", "kosten")
    with organisation_scope(corporation.organisation):
        post(organisation_id=corporation.organisation, drafts=[draft], actor="test", on=corporation.today)
    client = corporation.signed_in(Role.CONSULTANT)
    page = _look(corporation, client)
    assert f"In de rekening staat nog {euro(4_000)} aan incassokosten die niet volgen uit een brief." in page
    assert UNSURE not in page
    assert page.count("kosten=geboekt") == 1
    charged = _look(corporation, client, "?kosten=geboekt")
    assert UNSURE in charged
    assert "Laat kosten zonder brief weg" in charged
    asked = {"kosten": "geboekt", "seen": _seen(charged), "reason": "Brief van 2024 zit in het oude archief."}
    asked["as_of"] = f"{corporation.today}"
    taken = client.post(f"/huurder/{_tenancy(corporation)}/vordering/overnemen", asked, follow=True)
    assert "kosten=geboekt" in taken.redirect_chain[-1][0]
    assert UNSURE not in taken.content.decode()
    assert "Brief van 2024 zit in het oude archief." in taken.content.decode()


def test_the_claim_uses_what_the_corporation_adopted_for_its_day(corporation: Corporation) -> None:
    corporation.lease(1)
    with organisation_scope(corporation.organisation):
        adopt(
            organisation_id=corporation.organisation,
            actor="user:1",
            from_on=corporation.today,
            conventions=Conventions(day_count=DayCount.ACTUAL_ACTUAL),
            reason="zo besloten",
            on=corporation.today - timedelta(days=1),
        )
    client = corporation.signed_in(Role.CONSULTANT)
    assert "in een schrikkeljaar een 366e." in _look(corporation, client)
    before = _look(corporation, client, f"?as_of={corporation.today - timedelta(days=1)}")
    assert "ook in een schrikkeljaar." in before


# -- what is not sure --------------------------------------------------------------------------------------------

LATER = "2035-01-15"  # past the last known rate, whenever this is read
UNSURE = "Voorlopig: niet gebruiken tegenover de huurder of de rechter"


def _seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found is not None
    return found[1]


def _take_on(corporation: Corporation, role: Role = Role.CONSULTANT, **more: str) -> str:
    """Post as somebody of that role what the page asks, and return the page that comes after."""
    client, address = corporation.signed_in(role), f"/huurder/{_tenancy(corporation)}/vordering"
    seen = _seen(client.get(address, {"as_of": LATER}).content.decode())
    asked = {"as_of": LATER, "huur": "", "seen": seen, "reason": "Het percentage is nagekeken."} | more
    answer = client.post(f"{address}/overnemen", asked, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_claim_that_is_not_sure_says_so_with_the_reason_and_what_to_do(corporation: Corporation) -> None:
    corporation.lease(1)
    page = _page(corporation, f"?as_of={LATER}")
    assert UNSURE in page
    assert "daarna telt hier het laatste bekende getal." in page
    assert "laat de beheerder het getal bijwerken" in page
    assert page.count('class="unsure"') == 6  # two instalments, their sum, the interest, and the total twice


def test_a_sure_claim_marks_nothing(corporation: Corporation) -> None:
    corporation.lease(1)
    day = min(corporation.today, date(2026, 12, 31))
    page = _page(corporation, f"?as_of={day}")
    assert UNSURE not in page
    assert 'class="unsure"' not in page


def test_who_may_not_write_letters_may_not_take_on(corporation: Corporation) -> None:
    corporation.lease(1)
    page = _page(corporation, f"?as_of={LATER}", Role.CUSTOMER_SERVICE)
    assert UNSURE in page
    assert 'name="seen"' not in page


def test_what_a_person_takes_on_is_told_with_name_and_reason_in_place_of_provisional(
    corporation: Corporation,
) -> None:
    corporation.lease(1)
    page = _take_on(corporation)
    assert "Overgenomen door Proef Consultant op" in page
    assert "Het percentage is nagekeken." in page
    assert UNSURE not in page
    assert 'class="unsure"' not in page
    assert "daarna telt hier het laatste bekende getal." in page  # why it was not sure stays
    with organisation_scope(corporation.organisation):
        events = of_subject(f"tenancy:{_tenancy(corporation)}")
    assert [(one.verb, one.text) for one in events] == [("claim_taken_on", "Het percentage is nagekeken.")]
    assert "after_known" in events[0].facts["doubts"]


def test_it_holds_for_that_day_and_that_rent_only(corporation: Corporation) -> None:
    corporation.lease(1)
    _take_on(corporation)
    client, address = corporation.signed_in(Role.TEAM_LEAD), f"/huurder/{_tenancy(corporation)}/vordering"
    start = f"{corporation.today - timedelta(days=400)}"
    for asked in ({"as_of": "2035-01-16"}, {"as_of": LATER, "huur": start}):
        assert UNSURE in client.get(address, asked).content.decode()
    assert UNSURE not in client.get(address, {"as_of": LATER}).content.decode()


def test_it_no_longer_holds_when_something_else_is_in_doubt(corporation: Corporation) -> None:
    corporation.lease(1)
    _take_on(corporation)
    _letter(corporation, 30, [])  # of which nobody knows what it was about
    assert UNSURE in _page(corporation, f"?as_of={LATER}", Role.TEAM_LEAD)


def test_another_total_than_was_taken_on_is_provisional_again(corporation: Corporation) -> None:
    contract = corporation.lease(1)
    _take_on(corporation)
    assert "Overgenomen door" in _page(corporation, f"?as_of={LATER}", Role.TEAM_LEAD)
    corporation.charge(contract, 5)
    assert "Overgenomen door" not in _page(corporation, f"?as_of={LATER}", Role.MANAGER)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"reason": "  "}, "Schrijf waarom u dit overneemt."),
        ({"reason": "x" * 401}, "De reden is te lang."),
        ({"seen": "0" * 64}, "De vordering is veranderd sinds u haar opende."),
        ({"as_of": "2026-11-22"}, "Op deze dag is alles zeker."),
    ],
)
def test_what_cannot_be_taken_on_is_refused_with_a_sentence(
    corporation: Corporation, more: dict[str, str], sentence: str
) -> None:
    corporation.lease(1)
    assert sentence in _take_on(corporation, **more)
    assert UNSURE in _page(corporation, f"?as_of={LATER}", Role.TEAM_LEAD)


def test_twice_the_same_form_is_taken_on_once(corporation: Corporation) -> None:
    corporation.lease(1)
    client, address = corporation.signed_in(Role.CONSULTANT), f"/huurder/{_tenancy(corporation)}/vordering"
    seen = _seen(client.get(address, {"as_of": LATER}).content.decode())
    for reason in ("Nagekeken.", "Nog eens."):
        client.post(f"{address}/overnemen", {"as_of": LATER, "seen": seen, "reason": reason})
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT text FROM history_eventtext")
        assert cursor.fetchall() == [("Nagekeken.",)]


@pytest.mark.parametrize(
    "statement", ["UPDATE cases_acceptance SET name = 'x'", "DELETE FROM cases_acceptance"]
)
def test_what_was_taken_on_is_never_changed(corporation: Corporation, statement: str) -> None:
    corporation.lease(1)
    _take_on(corporation)
    refused = pytest.raises(DatabaseError, match=r"append-only|permission denied")
    with organisation_scope(corporation.organisation), refused, transaction.atomic():
        connection.cursor().execute(statement)


def test_the_page_of_a_tenancy_leads_to_its_claim_also_when_only_costs_are_left(
    corporation: Corporation,
) -> None:
    contract = corporation.lease(1)
    _letter(corporation, 30, _entries(corporation)[:1])
    day = corporation.today - timedelta(days=1)
    paid = EntryDraft(contract, EntryKind.PAYMENT, -2 * RENT_CENTS, day, day, "test", "paid")
    post(organisation_id=corporation.organisation, drafts=[paid], actor="test", on=corporation.today)
    client, address = corporation.signed_in(Role.CONSULTANT), f"/huurder/{_tenancy(corporation)}"
    page = client.get(address).content.decode()
    assert f'href="{address}/vordering?as_of={corporation.today}"' in page
    assert "kale huur" in page
    told = _look(corporation, client)
    assert "Er staat niets open dat al betaald had moeten zijn." in told
    assert "verschuldigd sinds" in told


def test_the_words_of_a_claim_know_every_way_of_sending_and_kind_of_rent() -> None:
    from typing import get_args

    from tijdig.api.shapes import RentIn

    assert set(CHANNELS) == {channel.value for channel in Channel}
    assert set(get_args(RentIn.model_fields["kind"].annotation)) <= set(RENT_PARTS)
