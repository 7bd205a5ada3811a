"""Debt-help traffic in the database: files in, whose it is, what follows, deadlines, and what cannot be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.help import counsellors as hub
from tests.help.counsellors import TODAY, bring, by, golden, sheet, talk
from tests.letters import offices

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.cases.actions_flags import raise_flag
from tijdig.help.actions_traffic import looked
from tijdig.help.actions_traffic_answer import answer_balance, balances_of
from tijdig.help.actions_traffic_match import match, release
from tijdig.help.answer_sheet import NotThisFile
from tijdig.help.queries_traffic import conversations_of, due, open_conversations, running
from tijdig.help.queries_traffic_files import fetched_on, files, rejected
from tijdig.help.queries_traffic_match import candidates
from tijdig.help.traffic import Message
from tijdig.help.traffic_balance import digest
from tijdig.help.traffic_days import after
from tijdig.help.traffic_match import Fits
from tijdig.policy.terms import SHIPPED_HELP
from tijdig.rulings.actions import rule
from tijdig.rulings.kinds import Kind
from tijdig.rulings.queries import in_force
from tijdig.rulings.values import Draft, Ruling
from tijdig.tenancies.actions import load
from tijdig.tenancies.drafts import HomeDraft, PartyDraft, TenancyDraft
from tijdig.tenancies.flag_draft import FlagDraft
from tijdig.tenancies.flags import AFTER_DAYS, Flag, LearnedFrom, SetFlag
from tijdig.tenancies.queries_flags import flags_of

NEXT = TODAY + timedelta(days=1)


PAUSE = timedelta(days=SHIPPED_HELP.request_pause_days)


def _flags(organisation: int, tenancy: int, on: date = TODAY) -> list[SetFlag]:
    with organisation_scope(organisation):
        return [one for one in flags_of(tenancy, on) if one.kind is Flag.AMICABLE]


def _rulings(organisation: int, tenancy: int, on: date = TODAY) -> list[Ruling]:
    with organisation_scope(organisation):
        return in_force(on, [tenancy])


def _due(organisation: int, on: date = TODAY) -> list[tuple[str, int | None, date]]:
    with organisation_scope(organisation):
        return [(one.kind, one.tenancy_id, one.due_on) for one in due(on)]


def test_a_request_by_our_number_is_matched_and_pauses(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    done = bring(organisation, golden("balance-request.csv"))
    assert (done.taken, done.known, done.rejected, done.matched, done.nobody) == (3, 0, 2, 1, 1)
    with organisation_scope(organisation):
        (found,) = conversations_of(tenancy)
        (file,) = files(5)
        lines = rejected(5)
    (matched,) = found.matches
    assert (matched.tenancy_id, matched.by_itself, matched.name) == (tenancy, True, hub.NAME)
    assert matched.proof == {"number": "right", "name": "right", "address": "right", "partner": "not_given"}
    assert matched.why == "nummer klopt, naam klopt, adres klopt"
    assert (file.lines, file.taken, file.rejected, file.label) == (5, 3, 2, "saldoverzoek")
    assert [one.number for one in lines] == [6, 7]
    (pause,) = _rulings(organisation, tenancy)
    assert (pause.kind, pause.until_on, pause.name) == (Kind.HELP, TODAY + PAUSE, hub.NAME)
    assert pause.about == f"conversation:{found.id}"
    assert "saldoverzoek van Kredietbank Proef" in pause.reason
    assert "Vries" not in pause.reason


def test_the_same_file_is_refused_and_the_same_message_is_known(organisation: int) -> None:
    offices.tenant(organisation)
    content = sheet(Message.BALANCE_REQUEST)
    bring(organisation, content)
    with pytest.raises(NotThisFile, match=r"al ingelezen op 02-11-2026 door An de Boer"):
        bring(organisation, content, NEXT)
    again = bring(organisation, content + b"\r\n", NEXT)
    assert (again.taken, again.known, again.rejected) == (0, 1, 0)
    with organisation_scope(organisation):
        assert [len(one.messages) for one in open_conversations()] == [1]
        assert [one.read_on for one in files(5)] == [NEXT, TODAY]


def test_a_file_that_is_refused_leaves_nothing(organisation: int) -> None:
    with pytest.raises(NotThisFile, match=r"Ontbreekt: Adres"):
        bring(organisation, golden("balance-request.csv").replace(b";Adres;", b";"))
    with organisation_scope(organisation):
        assert (files(5), rejected(5), open_conversations(), fetched_on()) == ([], [], [], None)


@pytest.mark.parametrize(
    "said",
    [
        {"client": "J. Jansen", "address": "Lindestraat 1, 3012 XZ"},
        {"client": "", "address": ""},
        {"our_number": "", "address": "Lindestraat 1, 3012 XZ"},
        {"our_number": "100002"},
        {"address": "Elders 9, 9999 ZZ Nergens"},
        {"client": "J. Jansen", "partner": "M. de Vries"},
        {"client": "", "partner": "P. Bos", "address": "Lindestraat 1, 3012 XZ"},
    ],
)
def test_what_is_not_certain_waits_for_a_person(organisation: int, said: dict[str, str]) -> None:
    tenancy = offices.tenant(organisation)
    assert bring(organisation, sheet(Message.BALANCE_REQUEST, said)).nobody == 1
    found = talk(organisation)
    assert (found.matches, found.nobody) == ((), True)
    assert _rulings(organisation, tenancy) == []
    match(organisation_id=organisation, conversation_id=found.id, tenancy_ids=[tenancy], **by())
    (matched,) = talk(organisation).matches
    assert (matched.by_itself, matched.tenancy_id) == (False, tenancy)
    assert [one.kind for one in _rulings(organisation, tenancy)] == [Kind.HELP]


def test_candidates_come_by_address_and_by_name(organisation: int) -> None:
    named = offices.tenant(organisation, 1)
    placed = offices.tenant(organisation, 2, surname="Ander", prefix="")
    bring(organisation, sheet(Message.NOTICE, {"our_number": "", "address": "Lindestraat 2, 3012 XZ"}))
    with organisation_scope(organisation):
        found = candidates(talk(organisation).asked, TODAY)
    assert [(one.tenancy_id, one.proof.name.value, one.proof.address.value) for one in found] == [
        (named, "right", "wrong"),
        (placed, "wrong", "right"),
    ]


def test_a_client_with_two_tenancies_is_for_a_person(organisation: int) -> None:
    first = offices.tenant(organisation)
    begin = date(2025, 1, 1)
    records = [
        HomeDraft("E9", "Garagepad", "9", "3012XZ", "Rotterdam"),
        TenancyDraft("200009", "200009", "LOP", "HUU", begin, None, "E9"),
        PartyDraft("200009", "R100001", "HUU", begin),
    ]
    load(organisation_id=organisation, records=records, actor="test", on=TODAY)
    assert bring(organisation, sheet(Message.BALANCE_REQUEST)).nobody == 1
    found = talk(organisation)
    with organisation_scope(organisation):
        both = [one.tenancy_id for one in candidates(found.asked, TODAY)]
    assert both[0] == first
    match(organisation_id=organisation, conversation_id=found.id, tenancy_ids=both, **by())
    assert talk(organisation).tenancy_ids == tuple(sorted(both))
    assert [len(_rulings(organisation, one)) for one in both] == [1, 1]


def test_a_tenancy_of_another_corporation_is_not_there(organisation: int) -> None:
    other = create_organisation(name="Andere Stichting", slug="andere")
    theirs = offices.tenant(other)
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    found = talk(organisation)
    assert found.nobody
    with pytest.raises(NotDone, match=r"Deze huurder is er niet"):
        match(organisation_id=organisation, conversation_id=found.id, tenancy_ids=[theirs], **by())
    with pytest.raises(NotDone, match=r"Dit gesprek is er niet"):
        match(organisation_id=other, conversation_id=found.id, tenancy_ids=[theirs], **by())
    assert talk(organisation).matches == ()
    bring(other, sheet(Message.BALANCE_REQUEST))
    assert talk(other).tenancy_ids == (theirs,)


def test_a_request_for_a_tenancy_that_left_is_matched_too(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    gone = TenancyDraft("100001", "100001", "BEE", "HUU", date(2024, 1, 1), date(2026, 10, 15), "E100001")
    load(organisation_id=organisation, records=[gone], actor="test", on=TODAY)
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    assert talk(organisation).tenancy_ids == (tenancy,)


def test_a_second_person_who_matches_is_told_who_was_first(organisation: int) -> None:
    first, second = offices.tenant(organisation, 1), offices.tenant(organisation, 2)
    bring(organisation, sheet(Message.BALANCE_REQUEST, {"our_number": ""}))
    pk = talk(organisation).id
    match(organisation_id=organisation, conversation_id=pk, tenancy_ids=[first], **by())
    with pytest.raises(NotDone, match=r"An de Boer koppelde dit gesprek al"):
        match(organisation_id=organisation, conversation_id=pk, tenancy_ids=[second], **by())
    with pytest.raises(NotDone, match=r"koppelde dit gesprek al"):
        match(organisation_id=organisation, conversation_id=pk, tenancy_ids=[], **by())
    assert talk(organisation).tenancy_ids == (first,)


def test_a_mistaken_match_is_taken_back_with_its_pause(organisation: int) -> None:
    wrong, right = offices.tenant(organisation, 1), offices.tenant(organisation, 2)
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    found = talk(organisation)
    (mistake,) = found.matches
    given = {"organisation_id": organisation, "conversation_id": found.id}
    release(match_id=mistake.id, **given, **by())
    assert _rulings(organisation, wrong) == []
    assert talk(organisation).nobody
    bring(organisation, sheet(Message.PROPOSAL))
    assert talk(organisation).nobody  # a person said no: it is not matched by itself again
    match(tenancy_ids=[right], **given, **by())
    assert [one.kind for one in _rulings(organisation, right)] == [Kind.HELP]
    with pytest.raises(NotDone, match=r"is er niet meer"):
        release(match_id=mistake.id, **given, **by())


def test_a_help_ruling_that_lasts_longer_stays(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    long = Draft(kind=Kind.HELP, until_on=TODAY + timedelta(days=60), reason="Wijkteam kijkt mee.")
    rule(
        organisation_id=organisation,
        tenancy_id=tenancy,
        draft=long,
        codes=(),
        asked_as=hub.number(99),
        **by(),
    )
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    (stays,) = _rulings(organisation, tenancy)
    assert (stays.until_on, stays.about) == (long.until_on, "")


def test_a_partner_who_is_right_is_seen_before_an_address_that_is(organisation: int) -> None:
    partner = offices.tenant(organisation, 1)
    placed = offices.tenant(organisation, 2, surname="Ander", prefix="")
    said = {
        "our_number": "",
        "client": "J. Jansen",
        "partner": "M. de Vries",
        "address": "Lindestraat 2, 3012 XZ",
    }
    bring(organisation, sheet(Message.NOTICE, said))
    with organisation_scope(organisation):
        found = candidates(talk(organisation).asked, TODAY)
    assert [one.tenancy_id for one in found] == [partner, placed]
    assert (found[0].proof.name, found[0].proof.partner) == (Fits.WRONG, Fits.RIGHT)


def test_an_agreement_begins_and_a_break_ends(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    bring(organisation, golden("balance-request.csv"))
    bring(organisation, golden("agreement.csv"))
    (flag,) = _flags(organisation, tenancy)
    assert (flag.begin_on, flag.learned_from) == (date(2026, 10, 31), LearnedFrom.REPRESENTATIVE)
    with organisation_scope(organisation):
        (one,) = running(5)
    assert one.agreed is not None
    assert one.agreed.facts["claims"][0]["percentage"] == 1_250
    done = bring(organisation, golden("end.csv"))
    assert (done.taken, done.rejected) == (1, 1)  # the other conversation was never there
    (flag,) = _flags(organisation, tenancy)
    assert flag.end is not None and flag.end.end_on == TODAY
    (rests,) = _rulings(organisation, tenancy)  # first somebody finds out what was forgiven
    assert (rests.kind, rests.until_on) == (Kind.PAUSE, TODAY + timedelta(days=AFTER_DAYS))
    with organisation_scope(organisation):
        assert running(5) == []
        assert "nooit eerder een bericht" in rejected(5)[0].reason


@pytest.mark.parametrize("known", ["never", "wrong"])
def test_a_request_that_is_matched_long_after_it_came_pauses_from_then(organisation: int, known: str) -> None:
    wrong, right = offices.tenant(organisation, 1), offices.tenant(organisation, 2)
    late = TODAY + timedelta(days=40)
    bring(organisation, sheet(Message.BALANCE_REQUEST, {} if known == "wrong" else {"our_number": ""}))
    pk = talk(organisation).id
    if known == "wrong":
        (only,) = talk(organisation).matches
        release(organisation_id=organisation, conversation_id=pk, match_id=only.id, **by(late))
    match(organisation_id=organisation, conversation_id=pk, tenancy_ids=[right], **by(late))
    with organisation_scope(organisation):
        (rests,) = in_force(late, [right])
    assert rests.until_on == late + PAUSE
    assert wrong not in talk(organisation).tenancy_ids


def test_a_number_that_comes_long_after_the_request_reads_the_file(organisation: int) -> None:
    late = TODAY + timedelta(days=40)
    offices.tenant(organisation)
    bring(organisation, sheet(Message.BALANCE_REQUEST, {"our_number": ""}))
    done = bring(organisation, sheet(Message.STATUS), late)
    assert done.taken == 1
    assert len(talk(organisation).matches) == 1


def test_a_settlement_ends_for_who_stays_when_another_was_not_meant(organisation: int) -> None:
    first, second = offices.tenant(organisation, 1), offices.tenant(organisation, 2)
    bring(organisation, sheet(Message.BALANCE_REQUEST, {"our_number": ""}))
    found = talk(organisation)
    given = {"organisation_id": organisation, "conversation_id": found.id}
    match(tenancy_ids=[first, second], **given, **by())
    with organisation_scope(organisation):
        seen = digest(balances_of(talk(organisation), date(2026, 10, 28)))
    answer_balance(
        message_id=found.messages[0].id, as_of=date(2026, 10, 28), seen=seen, knowing=True, asked_as=hub.number(9),
        **given, **by(),
    )  # fmt: skip
    bring(organisation, sheet(Message.AGREEMENT, {"agreed_on": "05-11-2026"}), date(2026, 11, 5))
    for tenancy in (first, second):
        (flag,) = _flags(organisation, tenancy)
        assert flag.begin_on == date(2026, 10, 28)
    not_meant = next(one for one in talk(organisation).matches if one.tenancy_id == first)
    release(match_id=not_meant.id, **given, **by(date(2026, 11, 6)))
    bring(organisation, sheet(Message.END, {"ended_on": "07-11-2026"}), date(2026, 11, 7))
    (flag,) = _flags(organisation, second, date(2026, 11, 7))
    assert flag.end is not None and flag.end.end_on == date(2026, 11, 7)


def test_a_settlement_is_about_what_was_open_on_the_day_of_the_balance(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    found = talk(organisation)
    with organisation_scope(organisation):
        seen = digest(balances_of(found, date(2026, 10, 20)))
    answer_balance(
        organisation_id=organisation, conversation_id=found.id, message_id=found.messages[0].id,
        as_of=date(2026, 10, 20), seen=seen, knowing=True, asked_as=hub.number(8), **by(),
    )  # fmt: skip
    bring(organisation, sheet(Message.AGREEMENT, {"agreed_on": "31-10-2026"}))
    (flag,) = _flags(organisation, tenancy)
    assert flag.begin_on == date(2026, 10, 20)
    bring(organisation, sheet(Message.END, {"ended_on": f"{TODAY:%d-%m-%Y}"}))
    (flag,) = _flags(organisation, tenancy)
    assert flag.end is not None and flag.end.end_on == TODAY


def test_an_agreement_that_is_matched_later_begins_then(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    bring(organisation, sheet(Message.AGREEMENT, {"our_number": "", "agreed_on": "20-10-2026"}))
    assert _flags(organisation, tenancy) == []
    pk = talk(organisation).id
    match(organisation_id=organisation, conversation_id=pk, tenancy_ids=[tenancy], **by())
    (flag,) = _flags(organisation, tenancy)
    assert flag.begin_on == date(2026, 10, 20)
    assert _rulings(organisation, tenancy) == []  # a settlement runs: no pause beside it
    (only,) = talk(organisation).matches
    release(organisation_id=organisation, conversation_id=pk, match_id=only.id, **by())
    (flag,) = _flags(organisation, tenancy)
    assert flag.end is not None and flag.end.end_on == flag.begin_on


def test_a_settlement_that_somebody_set_already_stays_as_it_is(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    draft = FlagDraft(
        tenancy_id=tenancy,
        kind=Flag.AMICABLE,
        begin_on=date(2026, 9, 1),
        learned_from=LearnedFrom.TENANT,
    )
    raise_flag(organisation_id=organisation, actor=hub.BY, draft=draft, asked_as=hub.number(5), on=TODAY)
    bring(organisation, sheet(Message.AGREEMENT))
    (flag,) = _flags(organisation, tenancy)
    assert (flag.begin_on, flag.end) == (date(2026, 9, 1), None)


def test_an_end_without_agreement_ends_the_pause_and_no_flag(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    draft = FlagDraft(
        tenancy_id=tenancy, kind=Flag.AMICABLE, begin_on=TODAY, learned_from=LearnedFrom.COLLEAGUE
    )
    raise_flag(organisation_id=organisation, actor=hub.BY, draft=draft, asked_as=hub.number(6), on=TODAY)
    bring(organisation, sheet(Message.NOTICE))
    assert len(_rulings(organisation, tenancy)) == 1
    bring(organisation, sheet(Message.END))
    assert _rulings(organisation, tenancy) == []
    (flag,) = _flags(organisation, tenancy)
    assert flag.end is None
    found = talk(organisation)
    assert (found.waits, found.nobody, found.ended is not None) == (None, False, True)


def test_an_end_before_the_agreement_is_no_end(organisation: int) -> None:
    offices.tenant(organisation)
    bring(organisation, sheet(Message.AGREEMENT))
    done = bring(organisation, sheet(Message.END, {"ended_on": "30-10-2026"}))
    assert (done.taken, done.rejected) == (0, 1)
    with organisation_scope(organisation):
        assert "voor de dag van het akkoord (02-11-2026)" in rejected(1)[0].reason


def test_deadlines_are_ten_working_days(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    bring(organisation, sheet(Message.NOTICE, {"our_number": ""}, talk=2))
    bring(organisation, sheet(Message.PROPOSAL, {"our_number": "", "client": "X"}, talk=3), NEXT)
    last = date(2026, 11, 16)
    assert _due(organisation, NEXT) == [
        ("match", None, NEXT),
        ("balance_request", tenancy, last),
        ("match", None, date(2026, 11, 17)),
    ]
    with organisation_scope(organisation):
        first = due(NEXT)[1]
    assert first.sentence == "Saldoverzoek van Kredietbank Proef: antwoord."
    assert (first.route, first.args) == ("traffic-conversation", (talk(organisation).id,))


def test_a_later_request_takes_the_place_of_the_first(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    bring(organisation, sheet(Message.BALANCE_REQUEST, {"invoice": "F-2"}), NEXT)
    assert _due(organisation, NEXT) == [("balance_request", tenancy, after(NEXT, 10))]
    bring(organisation, sheet(Message.AGREEMENT), NEXT)
    assert _due(organisation, NEXT) == []


def test_who_used_the_traffic_is_asked_to_fetch_on_working_days(organisation: int) -> None:
    assert _due(organisation) == []
    bring(organisation, sheet(Message.STATUS, {"our_number": "100001"}))
    assert ("fetch", None, TODAY) not in _due(organisation)
    assert ("fetch", None, NEXT) in _due(organisation, NEXT)
    saturday = date(2026, 11, 7)
    assert [one for one in _due(organisation, saturday) if one[0] == "fetch"] == []
    given = {"organisation_id": organisation, "actor": hub.BY, "name": hub.NAME}
    looked(**given, on=NEXT)
    looked(**given, on=NEXT)
    assert [one for one in _due(organisation, NEXT) if one[0] == "fetch"] == []
    with organisation_scope(organisation):
        fetch = next(one for one in due(NEXT + timedelta(days=1)) if one.kind == "fetch")
    assert "laatste keer was 03-11-2026" in fetch.sentence
    assert "vanaf 10-11-2026" in fetch.sentence


@pytest.mark.parametrize("table", ["trafficfile", "conversation", "conversationmatch", "message"])
def test_what_was_read_is_never_changed(organisation: int, table: str) -> None:
    offices.tenant(organisation)
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    for statement in (
        f"UPDATE help_{table} SET organisation_id = organisation_id",
        f"DELETE FROM help_{table}",
    ):
        with (
            organisation_scope(organisation),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_what_is_about_people_can_be_erased(organisation: int) -> None:
    offices.tenant(organisation)
    bring(organisation, golden("balance-request.csv"))
    with organisation_scope(organisation), connection.cursor() as cursor:
        for table in ("conversationtext", "trafficline"):
            cursor.execute(f"DELETE FROM help_{table}")
        found = open_conversations()
        assert [one.asked.client for one in found] == ["", ""]
        assert [one.asked.our_number for one in found] == ["100001", "999999"]
        assert rejected(5) == []
