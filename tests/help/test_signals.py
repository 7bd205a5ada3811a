"""A signal from decision to answer: evidence, what leaves, what stops it at the last moment, and what comes back."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from python_calamine import CalamineWorkbook
from tests.help import neighbours as by
from tests.help.neighbours import BY, OFFERED_ON, TODAY
from tests.letters import offices

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.cases.actions_flags import raise_flag
from tijdig.cases.actions_legal import note_act, seen_now
from tijdig.contacts.kinds import Outcome
from tijdig.help import actions
from tijdig.help.actions import keep_municipality
from tijdig.help.actions_answers import answer, read_answers
from tijdig.help.actions_send import acknowledge, send, withdraw
from tijdig.help.answer_sheet import STANDARD as ANSWERS
from tijdig.help.answer_sheet import NotThisFile, reference
from tijdig.help.answer_sheet import written as answers_written
from tijdig.help.duties import Source
from tijdig.help.kinds import Duty, Mark, Result, Stop
from tijdig.help.queries import (
    batch_file,
    data_of,
    evidence_of,
    municipality,
    rejected,
    signal,
    signals_of,
    waiting,
)
from tijdig.help.queries_evidence import eligible, may_now
from tijdig.help.sheet import STANDARD as SHEET
from tijdig.help.sheet import written as sheet_written
from tijdig.help.values import MunicipalityDraft
from tijdig.policy.words import NAMED, Feature
from tijdig.steps.kinds import Kind
from tijdig.steps.queries import steps_of
from tijdig.tenancies.flag_draft import FlagDraft
from tijdig.tenancies.flags import Flag, LearnedFrom
from tijdig.web.signal_file import filled, rows_of

HEADINGS = b"Kenmerk;Datum;Resultaat;Contactpogingen\n"


def _how(organisation: int, tenancy: int, on: date = TODAY, **more: Any) -> Any:
    with organisation_scope(organisation):
        return eligible(on, [tenancy], **more)[0]


def _send(
    organisation: int, place: int, on: date = TODAY, *, as_file: bool = True
) -> tuple[int | None, list[int]]:
    def fill(at: Any, going: Any) -> bytes:
        return filled(at, going, on, "De Brug")

    batch, gone = send(
        organisation_id=organisation,
        actor=BY,
        name="An de Boer",
        municipality_id=place,
        fill=fill if as_file else None,
        on=on,
    )
    return batch, [one.id for one in gone]


def _read(organisation: int, place: int, text: bytes, on: date = TODAY) -> Any:
    content = HEADINGS + text
    return read_answers(
        organisation_id=organisation,
        actor=BY,
        municipality_id=place,
        file_name="antwoorden.csv",
        content=content,
        rows=rows_of(content),
        on=on,
    )


def _why(organisation: int, tenancy: int, on: date = TODAY) -> tuple[str, ...]:
    with pytest.raises(NotDone) as refused:
        by.decided(organisation, tenancy, on)
    return refused.value.sentences


def test_a_file_of_which_lines_were_no_use_may_be_read_again(organisation: int) -> None:
    right, wrong = by.town(organisation), by.town(organisation, "Schiedam", "GM0606")
    tenancy = by.ready(organisation)
    number = by.decided(organisation, tenancy)
    _send(organisation, right)
    line = f"{reference(number)};{TODAY:%d-%m-%Y};hulp gestart;1\n".encode()
    assert _read(organisation, wrong, line).rejected == 1
    assert _read(organisation, right, line).taken == 1
    with pytest.raises(NotThisFile, match="al ingelezen"):
        _read(organisation, right, line)


def test_words_about_a_signal_stand_apart_and_can_be_erased(organisation: int) -> None:
    by.town(organisation)
    tenancy = by.ready(organisation)
    number = by.decided(organisation, tenancy)
    withdraw(
        organisation_id=organisation,
        actor=BY,
        name="An",
        signal_id=number,
        reason="belt zelf morgen",
        on=TODAY,
    )
    with organisation_scope(organisation), connection.cursor() as cursor:
        (known,) = signals_of(tenancy)
        assert known.marks[-1].reason == "belt zelf morgen"
        cursor.execute(
            "SELECT facts::text || reason FROM history_event e, help_signalmark m WHERE e.verb = 'signal_withdrawn'"
        )
        assert "belt" not in cursor.fetchone()[0]
        cursor.execute("DELETE FROM help_signalmarktext")
        (known,) = signals_of(tenancy)
        assert known.marks[-1].reason == ""


def test_each_duty_is_shown_by_what_was_done(organisation: int) -> None:
    by.town(organisation)
    found = _how(organisation, by.ready(organisation))
    assert found.may
    proofs = {one.duty: one.proof for one in found.duties}
    assert (proofs[Duty.CONTACT].source, proofs[Duty.CONTACT].what) == (Source.CONTACT, "telefoon")
    assert {proofs[duty].on for duty in (Duty.HELP, Duty.REMINDER, Duty.OFFER)} == {OFFERED_ON}
    assert proofs[Duty.OFFER].id == 7


@pytest.mark.parametrize("lacks", ["contact", "offer", "bounced"])
def test_what_was_not_done_is_missing(organisation: int, lacks: str) -> None:
    by.town(organisation)
    tenancy = offices.tenant(organisation)
    if lacks != "contact":
        by.call(organisation, tenancy, TODAY - timedelta(days=25))
    if lacks != "offer":
        by.step(organisation, tenancy, Kind.LETTER_SENT, OFFERED_ON, "letter:7", "early_signal")
    if lacks == "bounced":
        by.step(organisation, tenancy, Kind.LETTER_BOUNCED, OFFERED_ON + timedelta(days=3), "letter:7")
    by.evaluated(organisation)
    missing = _how(organisation, tenancy).missing
    assert missing == ((Duty.CONTACT,) if lacks == "contact" else (Duty.HELP, Duty.REMINDER, Duty.OFFER))
    assert len(_why(organisation, tenancy)) >= len(missing)


def test_a_talk_about_help_points_at_help(organisation: int) -> None:
    by.town(organisation)
    tenancy = offices.tenant(organisation)
    number = by.call(
        organisation, tenancy, TODAY - timedelta(days=5), reached=True, outcome=Outcome.HELP_WANTED
    )
    by.evaluated(organisation)
    (proof,) = [one.proof for one in _how(organisation, tenancy).duties if one.duty is Duty.HELP]
    assert (proof.source, proof.id) == (Source.CONTACT, number)


def test_the_offer_waits_its_term(organisation: int) -> None:
    by.town(organisation)
    tenancy = offices.tenant(organisation)
    by.call(organisation, tenancy, TODAY - timedelta(days=25))
    by.step(organisation, tenancy, Kind.LETTER_SENT, TODAY - timedelta(days=13), letter="early_signal")
    by.evaluated(organisation)
    assert _how(organisation, tenancy).waits
    assert "03-11-2026" in _why(organisation, tenancy)[0]


def test_a_no_on_day_twenty_stops_day_thirty_and_the_file_says_why(organisation: int) -> None:
    by.town(organisation)
    tenancy = by.ready(organisation)
    by.step(organisation, tenancy, Kind.SIGNAL_OBJECTED, TODAY - timedelta(days=10))
    assert _why(organisation, tenancy) == ("De huurder wil niet dat de gemeente bericht krijgt.",)
    assert _how(organisation, tenancy).facts.objected_on == TODAY - timedelta(days=10)


def test_without_a_municipality_nothing_goes(organisation: int) -> None:
    tenancy = by.ready(organisation)
    assert _how(organisation, tenancy).stops == (Stop.NO_MUNICIPALITY,)
    by.town(organisation, "Rijnmond", "GM0001", "ROTTERDAM")
    assert _how(organisation, tenancy).may


def test_a_debt_procedure_is_help_already(organisation: int) -> None:
    by.town(organisation)
    tenancy = by.ready(organisation)
    draft = FlagDraft(
        tenancy_id=tenancy, kind=Flag.DEBT_PROCEDURE, begin_on=TODAY, learned_from=LearnedFrom.TENANT
    )
    raise_flag(organisation_id=organisation, actor=BY, draft=draft, asked_as=uuid4(), on=TODAY)
    assert Stop.DEBT_PROCEDURE in _how(organisation, tenancy).stops


def test_all_that_are_behind_are_judged_as_each_alone(organisation: int) -> None:
    by.town(organisation)
    ids = [by.ready(organisation, number) for number in (1, 2)] + [offices.tenant(organisation, 3)]
    by.evaluated(organisation)
    with organisation_scope(organisation):
        assert sorted(eligible(TODAY), key=lambda one: one.facts.tenancy_id) == [
            eligible(TODAY, [one])[0] for one in sorted(ids)
        ]


def test_deciding_sends_nothing_and_sending_is_the_step(organisation: int) -> None:
    place = by.town(organisation)
    tenancy = by.ready(organisation)
    number = by.decided(organisation, tenancy)
    with organisation_scope(organisation):
        assert not [one for one in steps_of([tenancy], as_of=TODAY) if one.kind is Kind.SIGNAL_SENT]
        assert evidence_of(number)[Duty.OFFER].on == OFFERED_ON
        assert data_of(number) is None
    assert _how(organisation, tenancy).stops == (Stop.SIGNALLED,)
    batch, gone = _send(organisation, place)
    assert (batch is not None, gone) == (True, [])
    by.evaluated(organisation)
    with organisation_scope(organisation):
        row = seen_now(tenancy, TODAY)
        assert row is not None and row[Feature.EARLY_SIGNAL] == NAMED[Feature.EARLY_SIGNAL]["sent"]
        assert signal(number).sent.amount_cents == 2 * offices.RENT_CENTS  # type: ignore[union-attr]
        assert data_of(number)["surname"] == "Vries"  # type: ignore[index]
        assert waiting() == []


def test_the_file_has_the_agreed_columns_and_nothing_else(organisation: int) -> None:
    place = by.town(organisation)
    number = by.decided(organisation, by.ready(organisation))
    batch, _ = _send(organisation, place)
    with organisation_scope(organisation):
        content = batch_file(batch or 0) or b""
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "Kenmerk" and len(rows[0]) == 13
    assert rows[1] == [
        f"VS-{number}", TODAY, "De Brug", "M.", "de", "Vries", "Lindestraat", "1", "3012XZ", "Rotterdam",
        "06 12345678", "m1@voorbeeld.example", 1400.0,
    ]  # fmt: skip


def test_the_same_form_is_one_signal_and_a_second_file_has_nothing(organisation: int) -> None:
    place = by.town(organisation)
    tenancy, form = by.ready(organisation), uuid4()
    told = {"organisation_id": organisation, "actor": BY, "name": "An", "tenancy_id": tenancy, "on": TODAY}
    first = actions.decide(asked_as=form, **told)
    assert actions.decide(asked_as=form, **told) == first
    assert _send(organisation, place)[0] is not None
    assert _send(organisation, place) == (None, [])


@pytest.mark.parametrize("what", ["paid", "objected", "left", "moved"])
def test_what_happened_since_the_decision_keeps_it_in(organisation: int, what: str) -> None:
    place = by.town(organisation)
    tenancy = by.ready(organisation)
    number = by.decided(organisation, tenancy)
    if what == "paid":
        offices.pay(organisation, 1, 2 * offices.RENT_CENTS)
    elif what == "objected":
        by.step(organisation, tenancy, Kind.SIGNAL_OBJECTED, TODAY)
    elif what == "left":
        with organisation_scope(organisation), connection.cursor() as cursor:
            cursor.execute("UPDATE cases_standing SET departed = true WHERE tenancy_id = %s", [tenancy])
    else:
        with organisation_scope(organisation):
            kept = municipality(place)
        assert kept is not None
        draft = MunicipalityDraft(
            name=kept.name, code=kept.code, towns=("Schiedam",), platform="", agreed_on=None, help_line="",
            sheet=kept.sheet, answers=kept.answers,
        )  # fmt: skip
        keep_municipality(organisation_id=organisation, actor=BY, draft=draft, pk=place, on=TODAY)
        by.town(organisation, "Rijnmond", "GM0001", "Rotterdam")
    if what == "paid":
        by.evaluated(organisation)
    assert _send(organisation, place) == (None, [number])
    with organisation_scope(organisation):
        (mark,) = signal(number).marks  # type: ignore[union-attr]
        assert mark.kind is Mark.WITHDRAWN and mark.reason
        assert not [one for one in steps_of([tenancy], as_of=TODAY) if one.kind is Kind.SIGNAL_SENT]


def test_a_decision_can_be_taken_back_once_and_then_decided_anew(organisation: int) -> None:
    by.town(organisation)
    tenancy = by.ready(organisation)
    number = by.decided(organisation, tenancy)
    told = {"organisation_id": organisation, "actor": BY, "name": "An", "signal_id": number, "on": TODAY}
    with pytest.raises(NotDone):
        withdraw(reason=" ", **told)
    withdraw(reason="huurder belt morgen", **told)
    with pytest.raises(NotDone):
        withdraw(reason="nog eens", **told)
    assert by.decided(organisation, tenancy) != number


def test_a_refusal_of_the_platform_makes_room_for_a_new_signal(organisation: int) -> None:
    place = by.town(organisation)
    tenancy = by.ready(organisation)
    number = by.decided(organisation, tenancy)
    _send(organisation, place, as_file=False)
    acknowledge(
        organisation_id=organisation,
        actor=BY,
        name="An",
        signal_id=number,
        taken=False,
        reason="adres onbekend",
        on=TODAY,
    )
    with organisation_scope(organisation):
        row = seen_now(tenancy, TODAY)
        assert row is not None and row[Feature.EARLY_SIGNAL] == NAMED[Feature.EARLY_SIGNAL]["offered"]
    assert by.decided(organisation, tenancy) != number


def test_answers_are_taken_once_and_what_is_not_ours_is_kept(organisation: int) -> None:
    place, other = by.town(organisation), by.town(organisation, "Breda", "GM0758")
    tenancy = by.ready(organisation)
    number = by.decided(organisation, tenancy, TODAY)
    _send(organisation, place)
    later = TODAY + timedelta(days=10)
    text = (
        f"VS-{number};04-11-2026;geen contact gekregen;2\nVS-{number};09-11-2026;hulp gestart;3\n"
        f"VS-999;09-11-2026;hulp gestart;1\nVS-{number};01-11-2026;hulp gestart;1\n"
    ).encode()
    done = _read(organisation, place, text, later)
    assert (done.taken, done.known, done.rejected) == (2, 0, 2)
    twice = _read(organisation, place, text, later)  # what was no use may be of use by now
    assert (twice.taken, twice.known, twice.rejected) == (0, 2, 2)
    again = _read(organisation, place, f"VS-{number};09-11-2026;hulp gestart;3\n".encode(), later)
    assert (again.taken, again.known, again.rejected) == (0, 1, 0)
    wrong = _read(organisation, other, f"VS-{number};09-11-2026;wil geen hulp;3\n".encode(), later)
    assert (wrong.taken, wrong.rejected) == (0, 1)
    with organisation_scope(organisation):
        (known,) = signals_of(tenancy)
        assert [one.result for one in known.answers] == [Result.NO_CONTACT, Result.HELP_STARTED]
        assert [one.number for one in rejected(10)] == [2, 4, 5]
        assert "Rotterdam" in rejected(10)[0].reason
        answered = [one for one in steps_of([tenancy], as_of=later) if one.kind is Kind.SIGNAL_ANSWERED]
        assert [one.effective_on for one in answered] == [date(2026, 11, 4)]


def test_an_answer_that_was_heard_is_written_down(organisation: int) -> None:
    place = by.town(organisation)
    number = by.decided(organisation, by.ready(organisation))
    told = {"organisation_id": organisation, "actor": BY, "signal_id": number, "attempts": None, "on": TODAY}
    with pytest.raises(NotDone):
        answer(result=Result.OTHER, answered_on=TODAY, **told)
    _send(organisation, place, as_file=False)
    answer(result=Result.ALREADY_HELPED, answered_on=TODAY, **told)
    with organisation_scope(organisation):
        assert signal(number).stands == "had al hulp"  # type: ignore[union-attr]


def test_a_wish_after_the_signal_is_kept_and_changes_nothing_of_it(organisation: int) -> None:
    place = by.town(organisation)
    tenancy = by.ready(organisation)
    by.decided(organisation, tenancy)
    _send(organisation, place)
    note_act(
        organisation_id=organisation,
        actor=BY,
        name="An",
        tenancy_id=tenancy,
        kind=Kind.SIGNAL_OBJECTED,
        remark="",
        asked_as=uuid4(),
        on=TODAY,
    )
    with organisation_scope(organisation):
        row = seen_now(tenancy, TODAY)
        assert row is not None and row[Feature.EARLY_SIGNAL] == NAMED[Feature.EARLY_SIGNAL]["sent"]


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"name": ""}, "naam"),
        ({"code": "0599"}, "GM"),
        ({"towns": ()}, "woonplaatsen"),
        ({"towns": ("rotterdam",)}, "hoort al bij"),
        ({"code": "GM0599"}, "staat er al"),
        ({"sheet": "Kenmerk = bsn"}, "geen veld"),
        ({"answers": ""}, "kop voor"),
    ],
)
def test_a_municipality_that_cannot_be_says_why(
    organisation: int, changed: dict[str, Any], word: str
) -> None:
    by.town(organisation)
    given: dict[str, Any] = {
        "name": "Breda", "code": "GM0758", "towns": ("Breda",), "platform": "", "agreed_on": None, "help_line": "",
        "sheet": sheet_written(SHEET), "answers": answers_written(ANSWERS),
    }  # fmt: skip
    with pytest.raises(NotDone) as refused:
        keep_municipality(
            organisation_id=organisation,
            actor=BY,
            draft=MunicipalityDraft(**(given | changed)),
            pk=None,
            on=TODAY,
        )
    assert any(word in one for one in refused.value.sentences)


def test_another_corporation_sees_and_sends_nothing(organisation: int) -> None:
    place = by.town(organisation)
    number = by.decided(organisation, by.ready(organisation))
    other = create_organisation(name="De Ander", slug=f"ander-{uuid4().hex[:8]}")
    with organisation_scope(other):
        assert signal(number) is None and waiting() == []
    with pytest.raises(NotDone):
        _send(other, place)
    with pytest.raises(NotDone):
        withdraw(organisation_id=other, actor=BY, name="X", signal_id=number, reason="x", on=TODAY)


def test_what_was_decided_and_sent_is_never_changed(organisation: int) -> None:
    place = by.town(organisation)
    by.decided(organisation, by.ready(organisation))
    _send(organisation, place)
    for table in ("help_signal", "help_signalmark", "help_batch"):
        with (
            organisation_scope(organisation),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM {table}")


def test_arrears_that_come_back_after_everything_was_paid_begin_anew(organisation: int) -> None:
    """Also where an older collection is taken back, so that the arrears seem as old as before."""
    place = by.town(organisation)
    tenancy = by.ready(organisation)
    by.decided(organisation, tenancy)
    _send(organisation, place)
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute(
            """UPDATE cases_case SET closed_on = %s, closed_at = now(), closed_by = 'nothing_open' WHERE tenancy_id = %s""",
            [TODAY, tenancy],
        )
        assert cursor.rowcount == 1
    found = _how(organisation, tenancy)
    assert found.missing == tuple(Duty)
    assert Stop.SIGNALLED not in found.stops


def test_who_may_be_decided_about_is_found_by_the_offer(organisation: int) -> None:
    by.town(organisation)
    first, second = by.ready(organisation), by.ready(organisation, 2)
    by.step(organisation, offices.tenant(organisation, 3), Kind.LETTER_SENT, TODAY, letter="early_signal")
    by.evaluated(organisation)
    with organisation_scope(organisation):
        assert [one.facts.tenancy_id for one in may_now(TODAY)] == [first, second]
        assert may_now(TODAY) == [one for one in eligible(TODAY) if one.may]
    by.decided(organisation, first)
    with organisation_scope(organisation):
        assert [one.facts.tenancy_id for one in may_now(TODAY)] == [second]
