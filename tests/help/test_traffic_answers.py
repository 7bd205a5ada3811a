"""Our answers to debt counsellors: what is owed as of a day, yes or no to a proposal, unknown, and the files they go in."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.help import counsellors as hub
from tests.help.counsellors import TODAY, bring, by, golden, number, sheet, talk
from tests.letters import offices
from tests.objections import heard

from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.help.actions_traffic_answer import (
    answer_balance,
    answer_proposal,
    answer_unknown,
    balances_of,
    retract,
)
from tijdig.help.actions_traffic_export import export
from tijdig.help.actions_traffic_match import match, release
from tijdig.help.queries_traffic import due, open_conversations
from tijdig.help.queries_traffic_balance import balance
from tijdig.help.queries_traffic_files import made, made_file, to_go
from tijdig.help.traffic import Message, Refusal, Sheet
from tijdig.help.traffic_balance import Balance, digest
from tijdig.help.traffic_values import Told
from tijdig.history.models import Event
from tijdig.ledger.actions_marks import add_waiting
from tijdig.ledger.kinds import Kind as EntryKind
from tijdig.objections.kinds import About

NEXT = TODAY + timedelta(days=1)


def _shown(organisation: int, as_of: date = TODAY, one: int = 1) -> list[Balance]:
    with organisation_scope(organisation):
        return balances_of(talk(organisation, one), as_of)


def _answer(organisation: int, *, on: date = TODAY, one: int = 1, **more: Any) -> int:
    found = talk(organisation, one)
    asked = next(each for each in found.messages if each.kind is Message.BALANCE_REQUEST)
    given = {
        "conversation_id": found.id,
        "message_id": asked.id,
        "as_of": on,
        "seen": digest(_shown(organisation, on, one)),
        "knowing": False,
        "asked_as": uuid4(),
    } | more
    return answer_balance(organisation_id=organisation, **given, **by(on))


def _decide(
    organisation: int, *, accepted: bool, reason: Refusal | None = None, remark: str = "", **more: Any
) -> int:
    found = talk(organisation)
    asked = [each for each in found.messages if each.kind in (Message.PROPOSAL, Message.RECONSIDERATION)][-1]
    given = {"conversation_id": found.id, "message_id": asked.id, "asked_as": uuid4()} | more
    return answer_proposal(
        organisation_id=organisation, accepted=accepted, reason=reason, remark=remark, **given, **by()
    )


def _rows(organisation: int, kind: Sheet, on: date = TODAY) -> list[dict[str, str]]:
    pk = export(organisation_id=organisation, actor=hub.BY, name=hub.NAME, sheet=kind, on=on)
    with organisation_scope(organisation):
        found = made_file(pk)
    assert found is not None and found[0] == kind.value
    return list(csv.DictReader(io.StringIO(found[1].decode(), newline=""), delimiter=";"))


def _why(refused: pytest.ExceptionInfo[NotDone]) -> str:
    return " ".join(refused.value.sentences)


def test_a_balance_is_each_open_charge_as_of_a_day(organisation: int) -> None:
    tenancy = offices.tenant(organisation, months=3)
    offices.pay(organisation, 1, 80_000, on=date(2026, 10, 20))
    with organisation_scope(organisation):
        now, before = balance(tenancy, TODAY), balance(tenancy, date(2026, 10, 10))
    assert now is not None and before is not None
    assert [(one.arose_on, one.original_cents, one.open_cents) for one in now.charges] == [
        (date(2026, 9, 1), 70_000, 60_000),
        (date(2026, 10, 1), 70_000, 70_000),
    ]
    assert (now.open_cents, before.open_cents) == (130_000, 210_000)
    assert now.charges[0].label == "huur september 2026"
    assert now.charges[0].reference.strip().endswith("2026-09-01")


def test_what_is_not_due_yet_or_paid_is_not_in_it(organisation: int) -> None:
    tenancy = offices.tenant(organisation, months=1)
    offices.charge(organisation, "100001", EntryKind.RENT, 70_000, date(2026, 12, 1))
    offices.pay(organisation, 1, 70_000)
    with organisation_scope(organisation):
        found = balance(tenancy, TODAY)
        assert balance(tenancy + 1_000, TODAY) is None
    assert found is not None
    assert (found.charges, found.open_cents) == ((), 0)


def test_what_is_not_sure_is_a_warning(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    with organisation_scope(organisation):
        sure = balance(tenancy, TODAY)
        add_waiting(organisation_id=organisation, source="test", rows=[("r1", tenancy, 12_300)], on=TODAY)
        unsure = balance(tenancy, TODAY)
    assert sure is not None and unsure is not None
    assert "wachtrij" not in " ".join(sure.warnings)
    assert "€ 123,00 in de wachtrij" in unsure.warnings[0].replace("\u00a0", " ")
    assert digest([sure]) != digest([unsure])


def test_what_the_tenant_disputes_is_left_out_and_said(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    with organisation_scope(organisation):
        first = balance(tenancy, TODAY)
        assert first is not None
        heard.heard(organisation, tenancy, About.ENTRY, entries=(first.charges[0].entry,))
        found = balance(tenancy, TODAY)
    assert found is not None
    assert (found.open_cents, found.disputed_cents) == (70_000, 70_000)
    assert any("bezwaar" in one for one in found.warnings)


def test_an_answer_goes_out_once_with_the_columns_of_the_request(organisation: int) -> None:
    offices.letterhead(organisation)
    offices.tenant(organisation)
    bring(organisation, golden("balance-request.csv"))
    with organisation_scope(organisation):
        first = open_conversations()[0]
        asked = first.waits
        assert asked is not None
        seen = digest(balances_of(first, TODAY))
    given = {
        "conversation_id": first.id,
        "message_id": asked.id,
        "as_of": TODAY,
        "seen": seen,
        "knowing": False,
    }
    answer_balance(organisation_id=organisation, asked_as=uuid4(), **given, **by())
    older, newer = _rows(organisation, Sheet.BALANCE_ANSWER)
    assert list(older)[:12][-1] == "Klantnummer SE"
    assert older["ConversatieReferentienummer"] == "11111111-1111-4111-8111-111111111111"
    assert (older["Referentienummer"], older["TypeSchuldregeling"], older["Klant"]) == (
        "REF-1",
        "SK",
        "M. de Vries",
    )
    assert (older["Klantnummer SE"], older["Klant onbekend"], older["Standaard akkoord"]) == (
        "100001",
        "Nee",
        "Nee",
    )
    assert (older["Contactpersoon SE"], older["E-mail SE"]) == (hub.NAME, "huur@debrug.example")
    assert (older["Datum"], older["Schuldtype"]) == ("02-11-2026", "openstaand")
    assert (older["openstaand.Ontstaansdatum"], newer["openstaand.Ontstaansdatum"]) == (
        "01-09-2026",
        "01-10-2026",
    )
    assert (older["openstaand.Originele vordering"], older["openstaand.Openstaande vordering"]) == (
        "700,00",
        "700,00",
    )
    with pytest.raises(NotDone, match=r"niets om mee te sturen"):
        _rows(organisation, Sheet.BALANCE_ANSWER)
    with organisation_scope(organisation):
        assert to_go() == {}
        (file,) = made(5)
        assert (file.messages, file.label, file.kept) == (1, "antwoorden op saldoverzoeken", True)
        (told,) = Event.objects.filter(verb="debt_help_answered")
    assert set(told.facts) == {"conversation", "message"}


def test_nothing_open_is_one_line_without_a_charge(organisation: int) -> None:
    offices.tenant(organisation, months=0)
    bring(organisation, sheet(Message.BALANCE_REQUEST, {"invoice": "F-9"}))
    _answer(organisation)
    (row,) = _rows(organisation, Sheet.BALANCE_ANSWER)
    assert (row["Klantnummer SE"], row["FactuurnummerSE"], row["openstaand.Openstaande vordering"]) == (
        "100001",
        "",
        "0,00",
    )
    assert row["Vordering.FactuurnummerSEVolgensSHV"] == "F-9"


def test_of_two_who_answer_the_second_hears_who_was_first(organisation: int) -> None:
    offices.tenant(organisation)
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    form = uuid4()
    first = _answer(organisation, asked_as=form)
    assert _answer(organisation, asked_as=form) == first  # the same form twice
    with pytest.raises(NotDone) as refused:
        _answer(organisation)
    assert _why(refused) == "An de Boer antwoordde al op 02-11-2026: saldo opgegeven."
    with organisation_scope(organisation):
        assert [one.kind for one in due(TODAY)] == []


def test_a_balance_that_changed_since_it_was_shown_does_not_go(organisation: int) -> None:
    offices.tenant(organisation)
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    seen = digest(_shown(organisation))
    offices.pay(organisation, 1, 10_000)
    with pytest.raises(NotDone, match=r"veranderd sinds u keek"):
        _answer(organisation, seen=seen)
    assert talk(organisation).waits is not None
    with pytest.raises(NotDone, match=r"vandaag of een dag daarvoor"):
        _answer(organisation, as_of=NEXT)


def test_what_is_not_sure_goes_when_a_person_says_he_knows(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    with organisation_scope(organisation):
        add_waiting(organisation_id=organisation, source="test", rows=[("r1", tenancy, 500)], on=TODAY)
    with pytest.raises(NotDone, match=r"niet zeker aan deze rekening"):
        _answer(organisation)
    _answer(organisation, knowing=True)
    assert talk(organisation).waits is None


def test_nobody_answers_for_whom_nobody_knows(organisation: int) -> None:
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    with pytest.raises(NotDone, match=r"om welke huurder het gaat"):
        _answer(organisation)
    with pytest.raises(NotDone, match=r"Dit bericht is er niet"):
        _answer(organisation, message_id=0)


def test_an_unknown_client_is_an_answer(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    bring(organisation, sheet(Message.BALANCE_REQUEST, {"our_number": "", "client": "=cmd|x"}))
    found = talk(organisation)
    given = {"organisation_id": organisation, "conversation_id": found.id}
    answer_unknown(asked_as=uuid4(), **given, **by())
    with pytest.raises(NotDone, match=r"An de Boer antwoordde al"):
        answer_unknown(asked_as=uuid4(), **given, **by())
    assert talk(organisation).nobody is False
    (row,) = _rows(organisation, Sheet.BALANCE_ANSWER)
    assert (row["Klant onbekend"], row["Klant"], row["FactuurnummerSE"]) == ("Ja", "'=cmd|x", "")
    bring(organisation, sheet(Message.PROPOSAL, {"our_number": ""}), NEXT)
    assert talk(organisation).nobody  # they ask on
    match(tenancy_ids=[tenancy], **given, **by())
    with pytest.raises(NotDone, match=r"Maak de koppeling eerst los"):
        answer_unknown(asked_as=uuid4(), **given, **by())


def test_an_unknown_client_in_a_notice_goes_in_a_file_of_its_own(organisation: int) -> None:
    bring(organisation, sheet(Message.NOTICE))
    pk = talk(organisation).id
    answer_unknown(organisation_id=organisation, conversation_id=pk, asked_as=uuid4(), **by())
    (row,) = _rows(organisation, Sheet.UNKNOWN_ANSWER)
    assert row["Klant onbekend"] == "Ja"


def test_a_proposal_is_accepted_by_name(organisation: int) -> None:
    offices.tenant(organisation)
    bring(organisation, golden("proposal.csv"))
    with organisation_scope(organisation):
        (found,) = open_conversations()
    asked = found.waits
    assert asked is not None and asked.remark == "=1+1"
    given = {"conversation_id": found.id, "message_id": asked.id, "asked_as": uuid4()}
    answer_proposal(organisation_id=organisation, accepted=True, reason=None, remark="", **given, **by())
    (row,) = _rows(organisation, Sheet.PROPOSAL_ANSWER)
    assert (row["Akkoord"], row["Reden"], row["Klant onbekend"]) == ("Ja", "", "Nee")


def test_a_refusal_needs_its_reason_and_may_be_reconsidered(organisation: int) -> None:
    offices.tenant(organisation)
    bring(organisation, sheet(Message.PROPOSAL))
    for reason, remark in ((None, "Te laag."), (Refusal.AMOUNT, " ")):
        with pytest.raises(NotDone, match=r"Kies dan de reden en leg die uit"):
            _decide(organisation, accepted=False, reason=reason, remark=remark)
    with pytest.raises(NotDone, match=r"ten hoogste 1000"):
        _decide(organisation, accepted=True, remark="x" * 1_001)
    _decide(organisation, accepted=False, reason=Refusal.AMOUNT, remark="=Het is meer")
    (row,) = _rows(organisation, Sheet.PROPOSAL_ANSWER)
    assert (row["Akkoord"], row["Reden"], row["Toelichting"]) == (
        "Nee",
        "het bedrag van onze vordering klopt niet",
        "'=Het is meer",
    )
    bring(organisation, sheet(Message.RECONSIDERATION), NEXT)
    waits = talk(organisation).waits
    assert waits is not None and waits.kind is Message.RECONSIDERATION
    _decide(organisation, accepted=True)
    assert talk(organisation).waits is None


def test_what_was_overtaken_is_not_answered(organisation: int) -> None:
    offices.tenant(organisation)
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    bring(organisation, sheet(Message.BALANCE_REQUEST, {"invoice": "F-2"}), NEXT)
    with pytest.raises(NotDone, match=r"later bericht in dit gesprek"):
        _answer(organisation)
    asked = talk(organisation).waits
    assert asked is not None
    _answer(organisation, message_id=asked.id)
    found = talk(organisation)
    assert [one.kind for one in found.answers] == [Message.BALANCE]


def test_a_wrong_match_is_released_after_an_answer_and_the_answer_stays_behind(organisation: int) -> None:
    wrong, right = offices.tenant(organisation, 1), offices.tenant(organisation, 2)
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    _answer(organisation)
    found = talk(organisation)
    given = {"organisation_id": organisation, "conversation_id": found.id}
    with organisation_scope(organisation):
        assert list(to_go()) == [Sheet.BALANCE_ANSWER]
    release(match_id=found.matches[0].id, **given, **by())
    with organisation_scope(organisation):
        assert to_go() == {}  # it told what somebody else owes
        assert [one.sentence for one in due(TODAY)] == [
            "Saldoverzoek van Kredietbank Proef: zoek uit welke huurder het is."
        ]
    match(tenancy_ids=[right], **given, **by())
    assert (wrong, talk(organisation).tenancy_ids) == (found.tenancy_ids[0], (right,))
    _answer(organisation)  # the question waits again, of the right one
    (row, *_) = _rows(organisation, Sheet.BALANCE_ANSWER)
    assert row["ConversatieReferentienummer"] == str(number(1))


def test_an_answer_is_taken_back_and_given_anew(organisation: int) -> None:
    offices.tenant(organisation)
    bring(organisation, sheet(Message.PROPOSAL))
    _decide(organisation, accepted=True)
    wrong = _retract(organisation)
    assert (wrong.kind, wrong.went_on) == (Message.ACCEPT, None)
    found = talk(organisation)
    assert (found.answers, found.retractable) == ((), None)
    assert found.waits is not None and found.messages[-1].back_by == hub.NAME
    with organisation_scope(organisation):
        assert to_go() == {}
        assert [one.sentence for one in due(TODAY)] == ["Betaalvoorstel van Kredietbank Proef: antwoord."]
        (told,) = Event.objects.filter(verb="debt_help_retracted")
    assert told.facts == {"conversation": found.id, "message": wrong.id}
    _decide(organisation, accepted=False, reason=Refusal.AMOUNT, remark="Te laag.")
    (row,) = _rows(organisation, Sheet.PROPOSAL_ANSWER)
    assert row["Akkoord"] == "Nee"


def test_an_answer_that_went_out_can_be_taken_back_and_the_new_one_goes_too(organisation: int) -> None:
    offices.tenant(organisation)
    bring(organisation, sheet(Message.PROPOSAL))
    _decide(organisation, accepted=True)
    _rows(organisation, Sheet.PROPOSAL_ANSWER)
    assert _retract(organisation).went_on == TODAY
    _decide(organisation, accepted=False, reason=Refusal.AMOUNT, remark="Te laag.")
    (row,) = _rows(organisation, Sheet.PROPOSAL_ANSWER)
    assert row["Akkoord"] == "Nee"


def test_a_form_of_an_answer_that_was_taken_back_gives_none(organisation: int) -> None:
    offices.tenant(organisation)
    bring(organisation, sheet(Message.PROPOSAL))
    form = uuid4()
    _decide(organisation, accepted=True, asked_as=form)
    assert _decide(organisation, accepted=True, asked_as=form)
    _retract(organisation)
    with pytest.raises(NotDone, match=r"is teruggenomen. Open het gesprek opnieuw"):
        _decide(organisation, accepted=True, asked_as=form)


def test_what_they_went_on_from_or_was_taken_back_already_stays(organisation: int) -> None:
    offices.tenant(organisation)
    bring(organisation, sheet(Message.PROPOSAL))
    _decide(organisation, accepted=True)
    answer = talk(organisation).answers[0].id
    bring(organisation, sheet(Message.AGREEMENT), NEXT)
    with pytest.raises(NotDone, match=r"Er kwam daarna een bericht"):
        _retract(organisation, answer)
    with pytest.raises(NotDone, match=r"is er niet, of het is al teruggenomen"):
        _retract(organisation, answer + 1)


def _retract(organisation: int, answer: int = 0) -> Told:
    found = talk(organisation)
    pk = answer or found.answers[-1].id
    return retract(organisation_id=organisation, conversation_id=found.id, message_id=pk, **by())


def test_a_wrong_match_is_released_after_an_earlier_unknown(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    bring(organisation, sheet(Message.NOTICE, {"our_number": ""}))
    given = {"organisation_id": organisation, "conversation_id": talk(organisation).id}
    answer_unknown(asked_as=uuid4(), **given, **by())
    match(tenancy_ids=[tenancy], **given, **by())
    release(match_id=talk(organisation).matches[0].id, **given, **by())
    assert talk(organisation).matches == ()
    with organisation_scope(organisation):
        assert list(to_go()) == [Sheet.UNKNOWN_ANSWER]


@pytest.mark.parametrize(("days", "goes"), [(31, True), (32, False)])
def test_a_balance_is_not_of_long_before_the_request(organisation: int, days: int, goes: bool) -> None:
    offices.tenant(organisation)
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    day = TODAY - timedelta(days=days)
    given = {"as_of": day, "seen": digest(_shown(organisation, day)), "knowing": True, "on": NEXT}
    if goes:
        _answer(organisation, **given)
        assert talk(organisation).waits is None
        return
    with pytest.raises(NotDone) as refused:
        _answer(organisation, **given)
    assert _why(refused) == "Het verzoek kwam op 02-11-2026. Kies een stand van 02-10-2026 of later."
    assert talk(organisation).waits is not None


def test_of_two_tenancies_each_has_a_line(organisation: int) -> None:
    owes, even = offices.tenant(organisation, 1), offices.tenant(organisation, 2, months=0)
    bring(organisation, sheet(Message.BALANCE_REQUEST, {"our_number": "", "invoice": "F-9"}))
    pk = talk(organisation).id
    match(organisation_id=organisation, conversation_id=pk, tenancy_ids=[owes, even], **by())
    _answer(organisation)
    rows = _rows(organisation, Sheet.BALANCE_ANSWER)
    assert [
        (
            one["Klantnummer SE"],
            one["openstaand.Openstaande vordering"],
            one["Vordering.FactuurnummerSEVolgensSHV"],
        )
        for one in rows
    ] == [("100001", "700,00", "F-9"), ("100001", "700,00", ""), ("100002", "0,00", "")]


def test_no_other_corporation_answers_or_takes_the_file(organisation: int) -> None:
    from tijdig.access.actions import create_organisation

    offices.tenant(organisation)
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    _answer(organisation)
    pk = export(
        organisation_id=organisation, actor=hub.BY, name=hub.NAME, sheet=Sheet.BALANCE_ANSWER, on=TODAY
    )
    other = create_organisation(name="Andere Stichting", slug="andere")
    with organisation_scope(other):
        assert (made_file(pk), to_go(), made(5), open_conversations()) == (None, {}, [], [])
    with pytest.raises(NotDone, match=r"Dit gesprek is er niet"):
        answer_unknown(organisation_id=other, conversation_id=talk(organisation).id, asked_as=uuid4(), **by())
