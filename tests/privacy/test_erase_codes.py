"""What is known of somebody in codes goes with the words: an illness, a Wsnp, help. Who still rents keeps it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from tests.help import neighbours
from tests.help.test_referrals import heard, kept, referred
from tests.privacy import leavers, test_report
from tests.privacy.leavers import LATER, TODAY, sql
from tests.tenancies.flagged import ended, flagged

import doors
from tijdig.access.actions import create_organisation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.cases.queries import tenancy_file
from tijdig.contacts.actions import log
from tijdig.contacts.kinds import Cause, Channel, Direction, Outcome, Reached, Who
from tijdig.contacts.queries import contacts_of
from tijdig.contacts.values import ContactDraft
from tijdig.help.actions_cause import note_causes
from tijdig.help.actions_worry import notice, take_up
from tijdig.help.cause import CauseDraft, NoticedBy, Says
from tijdig.help.kinds import Noticed
from tijdig.help.queries_cause import causes_of
from tijdig.help.queries_outcome import helped, helped_since
from tijdig.help.queries_worry import worries_of
from tijdig.help.worry import WorryDraft
from tijdig.history.actions import seal
from tijdig.history.queries import of_subject
from tijdig.history.queries_proof import prove
from tijdig.privacy.actions_erase import run_retention
from tijdig.privacy.actions_rules import approve
from tijdig.privacy.kinds import Kind
from tijdig.privacy.queries_due import due_on
from tijdig.privacy.rules import shipped
from tijdig.tenancies.actions import load
from tijdig.tenancies.drafts import PersonDraft
from tijdig.tenancies.flags import Flag
from tijdig.tenancies.queries_flags import flags_of

BY: dict[str, Any] = leavers.BY
GOES = (
    "help_rootcause", "help_worry", "help_worrypickup", "help_referral", "help_referralanswer", "help_signalanswer",
    "tenancies_tenancyflag", "tenancies_tenancyflagend",
)  # fmt: skip
TOLD = ("illness", "separation", "wsnp", "vulnerable", "hostile", "neglect", "done", "Kredietbank")


def count(table: str) -> int:
    return int(sql(f"SELECT count(*) FROM {table}")[0][0])


def lived(organisation: int, number: int = 1, **person: Any) -> int:
    """Somebody who left long ago, of whom a lot is known in codes."""
    tenancy = leavers.left(organisation, number, **person)
    draft = ContactDraft(
        tenancy_id=tenancy, person_id=None, channel=Channel.PHONE, direction=Direction.OUT, reached=Reached.TALKED,
        who=Who.TENANT, outcome=Outcome.HOSTILE, causes=(Cause.ILLNESS, Cause.SEPARATION),
        at=datetime(2026, 10, 21, 10, 0, tzinfo=UTC),
    )  # fmt: skip
    now = datetime(2026, 11, 2, 12, tzinfo=UTC)
    log(organisation_id=organisation, actor="user:1", draft=draft, asked_as=uuid4(), on=TODAY, now=now)
    cause = CauseDraft(
        tenancy_id=tenancy, causes=("illness",), says=Says.SURE.value, noticed_by=NoticedBy.CARETAKER.value,
        noticed_on=TODAY, words="Ligt in het ziekenhuis.",
    )  # fmt: skip
    note_causes(organisation_id=organisation, **BY, draft=cause, asked_as=uuid4(), on=TODAY)
    worry = WorryDraft(tenancy_id=tenancy, what=(Noticed.NEGLECT,), talked=True, noticed_on=TODAY, words="")
    noticed = notice(
        organisation_id=organisation, **BY, role="caretaker", draft=worry, asked_as=uuid4(), on=TODAY
    )
    take_up(organisation_id=organisation, **BY, worry_id=noticed, on=TODAY)
    to = kept(organisation, name=f"Kredietbank {number}")
    heard(organisation, referred(organisation, tenancy, to, pause_until=None, causes=["illness"]), "done")
    for _ in range(2):  # the second follows the end of the first
        ended(organisation, flagged(organisation, tenancy, Flag.WSNP, TODAY), TODAY)
    flagged(organisation, tenancy, Flag.VULNERABLE)
    place = neighbours.town(organisation, f"Stad {number}", f"GM000{number}", f"Stad {number}")
    with organisation_scope(organisation):
        (signal,) = sql(
            """INSERT INTO help_signal (organisation_id, tenancy_id, municipality_id, decided_on, since_on, amount_cents,
                      evidence, actor, name, asked_as)
               VALUES (%s, %s, %s, '2026-10-01', '2026-08-01', 100, '{}', 'user:1', 'An', gen_random_uuid()) RETURNING id""",
            organisation, tenancy, place,
        )[0]  # fmt: skip
        sql(
            """INSERT INTO help_signalmark (organisation_id, signal_id, kind, "on", reason, actor, name)
               VALUES (%s, %s, 'withdrawn', '2026-10-02', 'debt_procedure', 'user:1', 'An')""",
            organisation, signal,
        )  # fmt: skip
        sql(
            """INSERT INTO help_signalanswer (organisation_id, signal_id, result, answered_on, actor)
               VALUES (%s, %s, 'help_started', '2026-10-20', 'user:1')""",
            organisation, signal,
        )  # fmt: skip
        sql("UPDATE tenancies_person SET died_on = '2026-12-30' WHERE id = %s", leavers.person_of(tenancy))
    return tenancy


def approved(organisation: int) -> None:
    approve(
        organisation_id=organisation, years={}, from_on=TODAY + timedelta(days=1), reason="Besluit.", on=TODAY, **BY
    )  # fmt: skip


def erased(organisation: int, on: date = LATER) -> None:
    done = run_retention(organisation_id=organisation, actor="system:night", on=on)
    assert done is not None and done.whole and done.tenancies


def test_the_codes_go_with_the_words_and_as_many_as_was_said(organisation: int) -> None:
    tenancy = lived(organisation)
    approved(organisation)
    with organisation_scope(organisation):
        assert {table: count(table) > 0 for table in GOES} == dict.fromkeys(GOES, True)
        before = count("contacts_contact")
        told = {one.rule.kind: one.total for one in due_on(LATER, shipped()) if one.total}
    done = run_retention(organisation_id=organisation, actor="system:night", on=LATER)
    assert done is not None and done.rows == told
    with organisation_scope(organisation):
        assert {table: count(table) for table in GOES} == dict.fromkeys(GOES, 0)
        assert count("contacts_contact") == before
        assert sql("SELECT DISTINCT causes, outcome FROM contacts_contact") == [([], "other")]
        assert sql("SELECT reason FROM help_signalmark") == [("",)]
        assert sql("SELECT died_on FROM tenancies_person WHERE erased_on IS NOT NULL") == [(None,)]
        assert not any(one.total for one in due_on(LATER, shipped()) if one.rule.kind is Kind.NOTES)
        assert sql("SELECT rule FROM privacy_erasure WHERE tenancy_id = %s ORDER BY rule", tenancy) == [
            ("messages",), ("notes",), ("people",), ("signals",),
        ]  # fmt: skip


def test_history_never_had_them_and_still_verifies(organisation: int) -> None:
    tenancy = lived(organisation)
    with organisation_scope(organisation):
        facts = json.dumps([one.facts for one in of_subject(f"tenancy:{tenancy}", limit=1000)])
        assert "worry" in facts and "referral" in facts and "flag" in facts
        assert [word for word in TOLD if f'"{word}' in facts] == []
        seal(organisation_id=organisation)
    approved(organisation)
    erased(organisation)
    with organisation_scope(organisation):
        assert [
            one for one in prove(organisation, now=datetime.now(UTC)).broken if one.kind.value != "unsealed"
        ] == []


def test_figures_and_pages_of_somebody_who_was_erased_do_not_break(organisation: int) -> None:
    tenancy = lived(organisation)
    with organisation_scope(organisation):
        assert helped(tenancy, LATER) and causes_of(tenancy, LATER) and worries_of(tenancy)
        assert [one.kind for one in flags_of(tenancy, LATER)].count(Flag.WSNP) == 2
        before = tenancy_file(tenancy, as_of=LATER)
    approved(organisation)
    erased(organisation)
    client = doors.corporation(organisation).signed_in(Role.MANAGER)
    with organisation_scope(organisation):
        after = tenancy_file(tenancy, as_of=LATER)
        assert before is not None and after is not None
        assert (after.balance_cents, after.overdue_cents) == (before.balance_cents, before.overdue_cents)
        assert helped_since(date(2026, 1, 1), LATER) == [
            one for one in helped(tenancy, LATER) if one.began_on >= date(2026, 1, 1)
        ]
        assert (
            causes_of(tenancy, LATER) == [] and worries_of(tenancy) == [] and flags_of(tenancy, LATER) == []
        )
        assert {one.outcome for one in contacts_of([tenancy], as_of=LATER)} == {Outcome.OTHER}
    for page in ("", "/hulp", "/bijzonderheden", "/vroegsignaal"):
        answer = client.get(f"/huurder/{tenancy}{page}")
        assert answer.status_code == 200, page
        assert "ziekte" not in answer.content.decode(), page
    for page in ("/hulp/gevolg", "/vroegsignalen", "/beheer/bewaren"):
        assert client.get(page).status_code == 200, page


def test_what_is_left_can_be_shown_to_whom_it_is_about(organisation: int) -> None:
    tenancy = lived(organisation)
    person = leavers.person_of(tenancy)
    assert "ziekte" in test_report.told(test_report.made(organisation, tenancy, person))
    approved(organisation)
    erased(organisation)
    left = test_report.told(test_report.made(organisation, tenancy, person))
    said = ("ziekte", "Wsnp", "kwetsbaar", "Kredietbank", "verwaarloosd", "boos of dreigend", "hulp gestart")
    assert [word for word in said if word in left] == []


def test_who_still_rents_keeps_them(organisation: int) -> None:
    gone, here = lived(organisation, 1), lived(organisation, 2, surname="Bakker")
    with organisation_scope(organisation):
        sql("UPDATE tenancies_tenancy SET end_on = NULL WHERE id = %s", here)
    approved(organisation)
    erased(organisation)
    with organisation_scope(organisation):
        assert flags_of(gone, LATER) == [] and len(flags_of(here, LATER)) == 4  # and a death of the source
        assert causes_of(gone, LATER) == [] and causes_of(here, LATER)
        assert sql("SELECT tenancy_id FROM help_referral") == [(here,)]


def test_a_death_that_was_erased_does_not_come_back_with_the_load(organisation: int) -> None:
    lived(organisation)
    approved(organisation)
    erased(organisation)
    with organisation_scope(organisation):
        key = sql("SELECT source_key FROM tenancies_person WHERE erased_on IS NOT NULL")[0][0]
    again = PersonDraft(key, "NAT", "Vries", "", "M.", "De heer", died_on=date(2026, 12, 30))
    load(organisation_id=organisation, records=[again], actor="test", on=LATER)
    with organisation_scope(organisation):
        assert sql("SELECT died_on FROM tenancies_person WHERE source_key = %s", key) == [(None,)]


GONE = tuple(f"DELETE FROM {table}" for table in GOES)
EMPTIED = (
    "UPDATE contacts_contact SET causes = '{}', outcome = 'other'",
    "UPDATE help_signalmark SET reason = ''",
)
NEVER = (
    "UPDATE contacts_contact SET causes = '{illness}'",
    "UPDATE contacts_contact SET outcome = 'promise'",
    "UPDATE contacts_contact SET causes = '{}', outcome = 'other', reached = 'none'",
    "DELETE FROM contacts_contact",
    "UPDATE help_signalmark SET reason = 'departed'",
    "UPDATE help_signalmark SET reason = '', kind = 'sent'",
    "DELETE FROM help_signalmark",
    "UPDATE help_rootcause SET cause = 'forgot'",
    "UPDATE tenancies_tenancyflag SET kind = 'vulnerable'",
    "UPDATE help_referral SET causes = '{}'",
    "UPDATE help_worry SET talked = false",
)


def refused(statement: str) -> None:
    with pytest.raises(DatabaseError, match=r"append-only|permission denied"), transaction.atomic():
        sql(statement)


def test_the_database_lets_go_of_what_ended_and_of_nothing_else(organisation: int) -> None:
    tenancy = lived(organisation)
    with organisation_scope(organisation):
        for statement in (*GONE, *EMPTIED, *NEVER):  # nobody approved that anything goes
            refused(statement)
    approved(organisation)
    with organisation_scope(organisation):
        for statement in NEVER:
            refused(statement)
        sql("UPDATE tenancies_tenancy SET end_on = NULL WHERE id = %s", tenancy)
        for statement in (*GONE, *EMPTIED):  # who still rents
            refused(statement)
        assert {table: count(table) > 0 for table in GOES} == dict.fromkeys(GOES, True)


def test_rules_of_another_corporation_open_nothing(organisation: int) -> None:
    lived(organisation)
    approved(create_organisation(name="Een andere", slug="een-andere"))
    with organisation_scope(organisation):
        for statement in (*GONE, *EMPTIED):
            refused(statement)
