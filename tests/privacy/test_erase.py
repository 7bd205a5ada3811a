"""The person goes, the money stays: only when it may, once, by name of a rule, and with the chain whole."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.bailiff import partners
from tests.help import counsellors
from tests.letters import offices
from tests.privacy import leavers
from tests.privacy.leavers import LATER, sql

from tijdig.access.scope import organisation_scope
from tijdig.cases.queries import tenancy_file
from tijdig.help.queries_traffic import conversation
from tijdig.history.actions import note_reading, record, seal
from tijdig.history.queries import of_subject
from tijdig.history.queries_proof import prove
from tijdig.history.reading import Reason, What, Why
from tijdig.ledger.kinds import Kind as EntryKind
from tijdig.privacy.actions_erase import Erased, done_today, run_retention
from tijdig.privacy.actions_rules import approve, end_hold, hold
from tijdig.privacy.kinds import Kind
from tijdig.privacy.queries_due import HOLDS, due_on, why_not
from tijdig.privacy.rules import shipped
from tijdig.tenancies.actions import load
from tijdig.tenancies.drafts import MandateDraft, PartyDraft, PersonDraft, TenancyDraft
from tijdig.tenancies.queries import cards, search

BY: dict[str, Any] = leavers.BY


def approved(organisation: int, **years: str) -> None:
    approve(
        organisation_id=organisation,
        years=years,
        from_on=leavers.TODAY + timedelta(days=1),
        reason="Besluit van het bestuur.",
        on=leavers.TODAY,
        **BY,
    )


def run(organisation: int, on: date = LATER) -> Erased:
    done = run_retention(organisation_id=organisation, actor="system:night", on=on)
    assert done is not None
    return done


def count(table: str, where: str = "true") -> int:
    return int(sql(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])


def inside(organisation: int) -> Any:
    return organisation_scope(organisation)


PERSONAL = (
    "contacts_contacttext", "letters_letterpaper", "letters_sendingtext", "contacts_replytext", "tenancies_persontext",
)  # fmt: skip


def test_without_approved_rules_nothing_goes(organisation: int) -> None:
    leavers.left(organisation)
    assert run_retention(organisation_id=organisation, actor="x", on=date(2060, 1, 1)) is None
    assert done_today(organisation_id=organisation, on=date(2060, 1, 1))
    with inside(organisation):
        assert all(count(table) for table in PERSONAL)


def test_the_person_goes_and_the_money_stays_to_the_cent(organisation: int) -> None:
    tenancy = leavers.left(organisation)
    approved(organisation)
    with inside(organisation):
        before = tenancy_file(tenancy, as_of=LATER)
        entries = sql("SELECT * FROM ledger_entry ORDER BY id")
    done = run(organisation)
    assert done.tenancies == 1 and done.whole and done.rows[Kind.PEOPLE] == 1
    with inside(organisation):
        assert {table: count(table) for table in PERSONAL} == dict.fromkeys(PERSONAL, 0)
        assert sql("SELECT * FROM ledger_entry ORDER BY id") == entries
        after = tenancy_file(tenancy, as_of=LATER)
        assert before is not None and after is not None
        assert (after.balance_cents, after.overdue_cents, after.credit_cents) == (
            before.balance_cents,
            before.overdue_cents,
            before.credit_cents,
        )
        assert [(one.amount_cents, one.balance_cents, one.effective_on) for one in after.lines] == [
            (one.amount_cents, one.balance_cents, one.effective_on) for one in before.lines
        ]
        assert (after.names, after.phone, after.email) == ([], "", "")
        assert count("tenancies_account") == 1  # of the bookkeeping: seven years
        assert count("ledger_entrytext", "text LIKE 'van M.%%'") == 1
        assert (
            sql("SELECT erased_on, language, channel FROM tenancies_person")[0][0] == LATER
            and cards([tenancy])[tenancy].name == ""
        )


def test_it_is_counted_per_rule_with_an_event_and_without_contents(organisation: int) -> None:
    tenancy = leavers.left(organisation)
    approved(organisation)
    done = run(organisation)
    with inside(organisation):
        kept = dict(sql("SELECT rule, rows FROM privacy_erasure WHERE tenancy_id = %s", tenancy))
        (event,) = [one for one in of_subject(f"tenancy:{tenancy}") if one.verb == "retention_erased"]
        assert sql("SELECT tenancies, rows FROM privacy_run") == [(1, sum(kept.values()))]
    assert kept == {kind.value: rows for kind, rows in done.rows.items()} == event.facts["rows"]
    assert "Vries" not in str(event)


def test_a_second_run_finds_nothing(organisation: int) -> None:
    leavers.left(organisation)
    approved(organisation)
    run(organisation)
    assert done_today(organisation_id=organisation, on=LATER)
    again = run(organisation)
    assert (again.tenancies, again.rows.total()) == (0, 0)
    with inside(organisation):
        assert count("privacy_erasure") == len(set(sql("SELECT rule FROM privacy_erasure")))


def test_what_it_said_would_go_is_what_went(organisation: int) -> None:
    leavers.left(organisation, 1)
    leavers.left(organisation, 2, surname="Bakker")
    approved(organisation)
    with inside(organisation):
        told = {one.rule.kind: one.total for one in due_on(LATER, shipped()) if one.total}
    assert run(organisation).rows == told


def test_the_terms_are_counted_from_the_end(organisation: int) -> None:
    leavers.left(organisation, end_on=date(2026, 12, 31))
    approved(organisation)
    assert not run(organisation, date(2028, 12, 30)).rows
    done = run(organisation, date(2028, 12, 31))
    assert set(done.rows) == {Kind.NOTES, Kind.MESSAGES, Kind.PEOPLE}
    assert set(run(organisation, date(2034, 1, 1)).rows) == {Kind.ACCOUNTS, Kind.BANK_WORDS}


def test_a_stopped_run_goes_on_where_it_was(organisation: int) -> None:
    for number, name in ((1, "Vries"), (2, "Bakker"), (3, "Smit")):
        leavers.left(organisation, number, surname=name)
    approved(organisation)
    turns = iter([True, False])
    first = run_retention(organisation_id=organisation, actor="x", on=LATER, go_on=lambda: next(turns, False))
    assert first is not None and (first.tenancies, first.whole) == (1, False)
    assert not done_today(organisation_id=organisation, on=LATER)
    second = run(organisation)
    assert (second.tenancies, second.whole) == (2, True)
    with inside(organisation):
        assert count("tenancies_persontext") == 0


_TEXTS = "history_eventtext x JOIN history_event e ON e.id = x.event_id AND e.subject ~ '^(tenancy|reply)'"


def test_the_history_still_verifies_and_counts_what_was_erased(organisation: int) -> None:
    tenancy = leavers.left(organisation)
    with inside(organisation):
        record(
            organisation_id=organisation,
            actor="user:1",
            verb="act_remarked",
            subject=f"tenancy:{tenancy}",
            effective_on=leavers.TODAY,
            text="Een notitie.",
        )
        for subject in (f"tenancy:{tenancy}", "tenancy:0"):
            note_reading(
                organisation_id=organisation,
                actor="user:1",
                what=What.EXPORT,
                subject=subject,
                on=leavers.TODAY,
                at=datetime(2026, 11, 2, 9, tzinfo=UTC),
                reason=Reason(Why.OTHER, "Verzonnen1 vroeg erom"),
            )
        texts = count(_TEXTS)
        assert texts > 1
    approved(organisation)
    run(organisation)
    with inside(organisation):
        left = count(_TEXTS)
        assert (count("history_readingtext"), count("history_reading")) == (1, 2)  # of another
        seal(organisation_id=organisation)
        proof = prove(organisation, now=datetime(2026, 11, 2, 12, tzinfo=UTC))
    assert left == 0
    assert proof.erased == texts and not [one for one in proof.broken if one.kind.value != "unsealed"]


OF_IT = "FROM tenancies_tenancy WHERE id = %(id)s"
BLOCKS = {
    "owes": f"""INSERT INTO ledger_entry (organisation_id, tenancy_id, kind, role, amount_cents, effective_on, due_on,
        booked_on, source, reference) SELECT organisation_id, id, 1, 0, 1, '2026-11-02', '2026-11-02', '2026-11-02', 't',
        'een cent' {OF_IT}""",
    "waiting": f"""INSERT INTO ledger_waiting (organisation_id, tenancy_id, source, reference, amount_cents)
        SELECT organisation_id, id, 't', 'w', 1 {OF_IT}""",
    "debt_help": f"""INSERT INTO tenancies_tenancyflag (organisation_id, tenancy_id, kind, begin_on, learned_from, actor,
        asked_as) SELECT organisation_id, id, 'wsnp', '2026-11-02', 'tenant', 'user:1', gen_random_uuid() {OF_IT}""",
    "objection": f"""INSERT INTO objections_objection (organisation_id, tenancy_id, about, entries, received_on, way,
        answer_by_on, wants_person, actor, asked_as) SELECT organisation_id, id, 'treatment', '{{}}', '2026-11-02', 'phone',
        '2026-11-16', false, 'user:1', gen_random_uuid() {OF_IT}""",
    "arrangement": f"""INSERT INTO arrangements_arrangement (organisation_id, tenancy_id, agreed_on, debt_cents, entries,
        last_entry, rhythm, grace_days, policy_version, warned, state, end_reason, asked_as, made_by) SELECT organisation_id,
        id, '2026-11-02', 1, '{{}}', 0, 'monthly', 1, 'x', '{{}}', 'active', '', gen_random_uuid(), 'user:1' {OF_IT}""",
    "letter": "UPDATE letters_sending SET state = 'held'",
    "reply": """INSERT INTO contacts_replywork (organisation_id, reply_id, tenancy_id)
        SELECT organisation_id, id, tenancy_id FROM contacts_reply WHERE tenancy_id = %(id)s""",
}


@pytest.mark.parametrize("why", BLOCKS)
def test_what_still_runs_holds_everything_back(organisation: int, why: str) -> None:
    tenancy = leavers.left(organisation)
    approved(organisation)
    with inside(organisation):
        with connection.cursor() as cursor:
            cursor.execute(BLOCKS[why], {"id": tenancy})
        assert why_not([tenancy], LATER) == {tenancy: why}
    assert not run(organisation, date(2050, 1, 1)).tenancies
    with inside(organisation):
        assert all(count(table) for table in PERSONAL)


def test_every_reason_has_words() -> None:
    assert set(BLOCKS) <= set(HOLDS)
    assert {"hold", "owes", "file", "costs", "objection", "debt_help", "help"} <= set(HOLDS)


def test_a_file_at_a_bailiff_holds_it_back(organisation: int) -> None:
    tenancy = leavers.left(organisation)
    approved(organisation)
    who = partners.partner()
    agreement = partners.agreed(organisation, who)
    with inside(organisation):
        (hand_over,) = sql(
            """INSERT INTO bailiff_handover (organisation_id, tenancy_id, agreement_id, start, points, weak, "on", actor,
                      name, asked_as)
               VALUES (%s, %s, %s, 'ACH', '[]', '[]', '2026-11-02', 'user:1', 'An', gen_random_uuid()) RETURNING id""",
            organisation, tenancy, agreement,
        )[0]  # fmt: skip
        assert why_not([tenancy], LATER) == {tenancy: "file"}  # asked, and not taken back
        sql(
            """INSERT INTO bailiff_file (organisation_id, hand_over_id, tenancy_id, partner_id, agreement_id, start,
                      handed_over_on, overdue_cents, second_actor, second_name, "end", end_side, end_name)
               VALUES (%s, %s, %s, %s, %s, 'ACH', '2026-11-02', 1, '', '', '', '', '')""",
            organisation, hand_over, tenancy, who[0], agreement,
        )  # fmt: skip
        assert why_not([tenancy], LATER) == {tenancy: "file"}
    assert not run(organisation).tenancies


def _closed_file(organisation: int, tenancy: int, *costs: str) -> int:
    """A file at a bailiff that ended, with these costs (act, payer, day, cents, paid on)."""
    who = partners.partner()
    agreement = partners.agreed(organisation, who)
    with inside(organisation):
        (number,) = sql(
            """WITH asked AS (
                   INSERT INTO bailiff_handover (organisation_id, tenancy_id, agreement_id, start, points, weak, "on", actor,
                          name, asked_as)
                   VALUES (%s, %s, %s, 'ACH', '[]', '[]', '2026-11-02', 'user:1', 'An', gen_random_uuid()) RETURNING *)
               INSERT INTO bailiff_file (organisation_id, hand_over_id, tenancy_id, partner_id, agreement_id, start,
                      handed_over_on, overdue_cents, second_actor, second_name, ended_on, "end", end_side, end_name)
               SELECT organisation_id, id, tenancy_id, %s, agreement_id, 'ACH', '2026-11-02', 1, '', '', '2026-12-01', 'AFB',
                      'partner', 'Piet' FROM asked RETURNING id""",
            organisation, tenancy, agreement, who[0],
        )[0]  # fmt: skip
        for one in costs:
            act, payer, day, cents, received_on = one.split()
            sql(
                """INSERT INTO bailiff_cost (organisation_id, file_id, tenancy_id, act, label, payer, "on", cents, vat_cents,
                          against, side, actor, name, asked_as, received_on)
                   VALUES (%s, %s, %s, %s, '', %s, %s, %s, 0, 'right', 'partner', 'user:1', 'Piet', gen_random_uuid(),
                           %s)""",
                organisation, number, tenancy, act, payer, day, cents, None if received_on == "-" else received_on,
            )  # fmt: skip
    return int(number)


def _judged(organisation: int, tenancy: int, number: int) -> None:
    with inside(organisation):
        sql(
            """WITH deed AS (
                   INSERT INTO bailiff_legaldeed (organisation_id, file_id, tenancy_id, deed, "on", at, check_list,
                          owed_cents, side, actor, name, asked_as)
                   VALUES (%s, %s, %s, 'judgment', '2026-11-20', '', '[]', 0, 'partner', 'user:1', 'Piet',
                           gen_random_uuid()) RETURNING *)
               INSERT INTO bailiff_judgment (organisation_id, deed_id, principal_cents, through_on, interest_cents,
                      collection_cents, costs_cents, dissolved, eviction)
               SELECT organisation_id, id, 1, '2026-11-20', 0, 0, 60000, true, true FROM deed""",
            organisation, number, tenancy,
        )  # fmt: skip


ASKED = ("a tenant 2026-11-05 11237 -", "court_fee tenant 2026-11-05 35000 -")
NOT_OWED: dict[str, tuple[bool, tuple[str, ...]]] = {
    "never awarded": (False, ASKED),
    "not awarded by a court that gave a judgment": (True, ASKED),
    "awarded and paid": (True, (*ASKED, "awarded_costs tenant 2026-11-20 60000 2027-01-05")),
    "of the corporation": (True, ("v corporation 2026-11-25 27096 -",)),
}
OWED: dict[str, tuple[bool, tuple[str, ...]]] = {
    "awarded": (True, (*ASKED, "awarded_costs tenant 2026-11-20 60000 -")),
    "an act after the judgment": (True, ("b tenant 2026-11-25 12234 -",)),
}


@pytest.mark.parametrize("case", NOT_OWED)
def test_costs_that_nobody_owes_hold_nothing_back(organisation: int, case: str) -> None:
    tenancy = leavers.left(organisation)
    approved(organisation)
    judged, costs = NOT_OWED[case]
    number = _closed_file(organisation, tenancy, *costs)
    if judged:
        _judged(organisation, tenancy, number)
    with inside(organisation):
        assert why_not([tenancy], LATER) == {}
    assert run(organisation).tenancies == 1


@pytest.mark.parametrize("case", OWED)
def test_costs_that_are_owed_hold_it_back_until_they_are_paid_or_taken_back(
    organisation: int, case: str
) -> None:
    tenancy = leavers.left(organisation)
    approved(organisation)
    judged, costs = OWED[case]
    number = _closed_file(organisation, tenancy, *costs)
    if judged:
        _judged(organisation, tenancy, number)
    with inside(organisation):
        assert why_not([tenancy], LATER) == {tenancy: "costs"}
    assert not run(organisation).tenancies
    with inside(organisation):
        sql("UPDATE bailiff_cost SET received_on = '2030-01-10' WHERE file_id = %s", number)
        assert why_not([tenancy], LATER) == {}


def test_costs_on_the_account_that_were_paid_there_hold_nothing_back(organisation: int) -> None:
    tenancy = leavers.left(organisation)
    approved(organisation)
    number = _closed_file(organisation, tenancy, "awarded_costs tenant 2026-11-20 60000 -")
    _judged(organisation, tenancy, number)
    offices.charge(organisation, "100001", EntryKind.COURT_COSTS, 60_000, leavers.TODAY)
    with inside(organisation):
        assert why_not([tenancy], LATER) == {tenancy: "owes"}
    offices.pay(organisation, 1, 60_000, leavers.TODAY + timedelta(days=1))
    with inside(organisation):
        assert why_not([tenancy], LATER) == {}


def test_the_hold_asks_the_same_questions_for_many_as_for_one(organisation: int) -> None:
    tenancies = [leavers.left(organisation, number) for number in (1, 2, 3)]
    for one in tenancies:
        _closed_file(organisation, one, "awarded_costs tenant 2026-11-20 60000 -")
    asked: list[int] = []
    for some in (tenancies[:1], tenancies):
        with inside(organisation), CaptureQueriesContext(connection) as seen:
            assert why_not(some, LATER) == dict.fromkeys(some, "costs")
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_who_rents_still_keeps_everything(organisation: int) -> None:
    leavers.alone(organisation)
    offices.pay(organisation, 1, 2 * offices.RENT_CENTS)
    approved(organisation)
    assert not run(organisation, date(2032, 1, 1)).rows
    done = run(organisation, date(2040, 1, 1))  # what the bank said ends all the same
    assert set(done.rows) <= {Kind.BANK_WORDS}


def test_a_person_with_another_tenancy_keeps_the_name(organisation: int) -> None:
    tenancy = leavers.left(organisation, 1)
    other = leavers.alone(organisation, 2, surname="Bakker")
    approved(organisation)
    with inside(organisation):
        sql(
            "INSERT INTO tenancies_party (organisation_id, tenancy_id, person_id, role, begin_on)"
            " SELECT organisation_id, %s, person_id, 'MDH', '2026-01-01' FROM tenancies_party WHERE tenancy_id = %s",
            other, tenancy,
        )  # fmt: skip
    done = run(organisation)
    assert Kind.PEOPLE not in done.rows and done.rows[Kind.NOTES]
    with inside(organisation):
        assert cards([tenancy])[tenancy].name == "De Vries, M."


def test_words_about_two_homes_stay_until_both_may_go(organisation: int) -> None:
    first, second = leavers.left(organisation, 1), leavers.left(organisation, 2, surname="Bakker")
    approved(organisation)
    talk = counsellors.conversation_of(organisation, leavers.TODAY)
    with inside(organisation):
        for one in (first, second):
            sql(
                """INSERT INTO help_conversationmatch (organisation_id, conversation_id, tenancy_id, proof, by_itself,
                          matched_on, actor, name) VALUES (%s, %s, %s, '{}', false, '2026-11-02', 'user:1', 'An')""",
                organisation, talk, one,
            )  # fmt: skip
        assert count("help_conversationtext") == 1
    form = uuid4()
    hold(
        organisation_id=organisation, tenancy_id=second, until_on=date(2041, 1, 1), reason="Procedure.",
        asked_as=form, on=leavers.TODAY, **BY,
    )  # fmt: skip
    late = date(2040, 1, 1)
    with inside(organisation):
        (due,) = (one for one in due_on(late, shipped()) if one.rule.kind is Kind.DEBT_HELP)
        assert not due.rows
    assert Kind.DEBT_HELP not in run(organisation, late).rows
    with inside(organisation):
        assert (count("help_conversationtext"), count("tenancies_persontext")) == (1, 1)
        assert sql("SELECT reference, our_number FROM help_conversation") != [("", "")]
    end_hold(organisation_id=organisation, tenancy_id=second, on=late, **BY)
    assert run(organisation, late + timedelta(days=1)).rows[Kind.DEBT_HELP] == 3
    with inside(organisation):
        assert count("help_conversationtext") == 0
        assert sql("SELECT facts::text FROM help_message") == [("{}",)]
        assert sql("SELECT settlement, our_number, reference, helper_number FROM help_conversation") == [
            ("", "", "", "")
        ]
        found = conversation(talk)
        assert found is not None and found.messages[0].said == () and len(found.matches) == 2


def test_kept_longer_by_name_until_it_ends(organisation: int) -> None:
    tenancy = leavers.left(organisation)
    approved(organisation)
    form = uuid4()
    for _ in range(2):  # the same form twice is one
        hold(
            organisation_id=organisation, tenancy_id=tenancy, until_on=date(2031, 1, 1), reason="Procedure.",
            asked_as=form, on=leavers.TODAY, **BY,
        )  # fmt: skip
    with inside(organisation):
        assert count("privacy_hold") == 1
        assert due_on(LATER, shipped())[0].held == {tenancy: "hold"}
    assert not run(organisation).rows
    assert end_hold(organisation_id=organisation, tenancy_id=tenancy, on=LATER, **BY)
    assert not end_hold(organisation_id=organisation, tenancy_id=tenancy, on=LATER, **BY)
    assert run(organisation).rows


def test_the_source_does_not_bring_back_who_was_erased(organisation: int) -> None:
    tenancy = leavers.left(organisation)
    approved(organisation, accounts="2")
    run(organisation)
    again = [
        PersonDraft("R100001", "NAT", "Vries", "de", "M.", email="m1@voorbeeld.example"),
        MandateDraft("100001", leavers.OWN_IBAN, "M-1", None),
    ]
    load(organisation_id=organisation, records=again, actor="test", on=LATER)
    with inside(organisation):
        assert (count("tenancies_persontext"), count("tenancies_account")) == (0, 0)
        assert tenancy not in [one for one, _ in search("Vries")]
        assert tenancy not in [one for one, _ in search(leavers.OWN_IBAN)]
        sql("UPDATE tenancies_tenancy SET end_on = NULL WHERE id = %s", tenancy)
    load(organisation_id=organisation, records=again[:1], actor="test", on=LATER)
    with inside(organisation):
        assert count("tenancies_persontext") == 1  # who rents again is known again


def test_who_rents_again_is_known_from_that_load_on(organisation: int) -> None:
    leavers.left(organisation)
    approved(organisation)
    run(organisation)
    again: list[Any] = [
        PersonDraft("R100001", "NAT", "Vries", "de", "M.", email="m1@voorbeeld.example"),
        TenancyDraft("2", "200.002", "LOP", "HUU", date(2029, 12, 1), None),
        PartyDraft("2", "R100001", "HUU", date(2029, 12, 1)),
    ]
    done = load(organisation_id=organisation, records=again, actor="test", on=LATER)
    assert (done.problems, done.held_back) == ([], [])
    with inside(organisation):
        new = sql("SELECT id FROM tenancies_tenancy WHERE contract_number = '200.002'")[0][0]
        assert cards([new])[new].name == "De Vries, M."
        assert new in [one for one, _ in search("Vries")]


def test_what_the_bank_said_of_nobody_goes_by_its_own_day(organisation: int) -> None:
    import doors

    doors.corporation(organisation).read("camt/v02-day.xml")
    approved(organisation)
    with inside(organisation):
        texts = count("imports_linetext")
        assert texts
        record(
            organisation_id=organisation, actor="user:1", verb="line_set_aside", subject="line:1",
            effective_on=leavers.TODAY, text="Van een vriend van de huurder.",
        )  # fmt: skip
        money = sql("SELECT id, amount_cents, booked_on FROM imports_line ORDER BY id")
    assert not run(organisation, date(2026, 12, 1)).rows
    done = run(organisation, date(2060, 1, 1))
    assert done.rows[Kind.BANK_WORDS] >= texts
    with inside(organisation):
        assert count("imports_linetext") == 0
        assert not sql("SELECT 1 FROM history_eventtext WHERE text LIKE 'Van een vriend%%'")
        assert sql("SELECT id, amount_cents, booked_on FROM imports_line ORDER BY id") == money
        assert sql("SELECT DISTINCT tenancy_id FROM privacy_erasure") == [(None,)]


def test_a_file_goes_after_its_term_and_not_while_somebody_waits_for_it(organisation: int) -> None:
    from django.conf import settings

    import doors
    from tijdig.imports import storage

    doors.corporation(organisation).read("camt/v02-day.xml")
    approved(organisation, received_files="1")

    def kept() -> list[str]:
        with inside(organisation):
            rows = sql("SELECT digest FROM imports_sourcefile WHERE kept_in <> ''")
        for _, path in storage.there(Path(settings.DATA), organisation):
            os.utime(path, (0, 0))
        return [digest for (digest,) in rows]

    (digest,) = kept()
    with inside(organisation):
        sql("UPDATE imports_sourcefile SET received_at = '2026-11-02 12:00+01'")
        sql("UPDATE imports_statement SET state = 'held'")
    run(organisation, date(2027, 12, 1))
    assert kept() == [digest]  # of a statement that waits for a decision the file is needed
    with inside(organisation):
        sql("UPDATE imports_statement SET state = 'ok'")
        money = sql("SELECT id, amount_cents FROM imports_line ORDER BY id")
    assert Kind.RECEIVED_FILES not in run(organisation, date(2027, 11, 1)).rows
    done = run(organisation, date(2027, 12, 2))
    assert done.rows[Kind.RECEIVED_FILES] == 1
    assert (kept(), list(storage.there(Path(settings.DATA), organisation))) == ([], [])
    with inside(organisation):
        assert sql("SELECT digest, name FROM imports_sourcefile") == [(digest, "v02-day.xml")]
        assert sql("SELECT id, amount_cents FROM imports_line ORDER BY id") == money


def test_another_corporation_keeps_its_own(organisation: int) -> None:
    from tijdig.access.actions import create_organisation

    other = create_organisation(name="Een andere", slug="een-andere")
    leavers.left(other)
    leavers.left(organisation)
    approved(organisation)
    run(organisation)
    with inside(other):
        assert all(count(table) for table in PERSONAL)


def test_the_night_erases_once_a_day(organisation: int) -> None:
    from tijdig.jobs.worker import _erase

    leavers.left(organisation)
    approved(organisation)
    for _ in range(2):
        _erase(organisation, LATER, lambda: True)
    with inside(organisation):
        assert count("privacy_run") == 1 and count("tenancies_persontext") == 0
        assert sql("SELECT DISTINCT actor FROM privacy_erasure") == [("system:night",)]
