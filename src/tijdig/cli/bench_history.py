"""Twelve months of work on every case, for the benches of pages: put in by set-based SQL as the app role inside the wall.

Rows such as the actions write, without their papers: contacts (half of them talks, some with a promise), letters that were
sent with their steps, decisions, planned steps that were taken, alerts that were cured, an arrangement that was paid off.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from tijdig.access.scope import organisation_scope

CONSULTANTS = 20
_MONTHS = "generate_series(1, 12) AS m"
_STATEMENTS = (
    """INSERT INTO contacts_contact (organisation_id, tenancy_id, channel, direction, reached, who, outcome, causes,
           effective_on, at, minutes, next_step, next_on, actor, asked_as)
       SELECT %(organisation)s, c.id, 'phone', 'out', CASE m %% 2 WHEN 0 THEN 'talked' ELSE 'none' END, 'tenant',
              CASE m %% 2 WHEN 0 THEN CASE m %% 4 WHEN 0 THEN 'promise' ELSE 'no_agreement' END ELSE 'not_home' END,
              ARRAY[]::varchar[], %(today)s::date - m * 30, (%(today)s::date - m * 30) + time '10:12', 5, 'none', NULL,
              'user:' || %(user)s, gen_random_uuid()
         FROM cases_of c, {months}""",
    """INSERT INTO contacts_promise (organisation_id, contact_id, tenancy_id, made_on, amount_cents, due_on)
       SELECT %(organisation)s, id, tenancy_id, effective_on, 20000, effective_on + 7 FROM contacts_contact
        WHERE outcome = 'promise' AND tenancy_id = ANY(%(ids)s)""",
    """INSERT INTO letters_letter (organisation_id, tenancy_id, text_id, kind, dated_on, reference, language, large_print,
           open_cents, entries, facts, digest, made_with, pages, made_by, stood_cents, override_by)
       SELECT %(organisation)s, c.id, l.text_id, l.kind, %(today)s::date - m * 60, 'M' || c.id || '-' || m, 'nl', false,
              60000, l.entries, l.facts, l.digest, l.made_with, 1, l.made_by, 60000, ''
         FROM cases_of c, generate_series(1, 6) AS m, (SELECT * FROM letters_letter ORDER BY id LIMIT 1) l""",
    """INSERT INTO letters_sending (organisation_id, letter_id, channel, key, state, why, overruled, trial, tries, retries,
           go_at, sent_on, ended_at, carrier, provider_id, asked_by)
       SELECT %(organisation)s, l.id, 'email', gen_random_uuid(), 'sent', '', '', false, 1, 0, l.dated_on + time '09:00',
              l.dated_on, l.dated_on + time '09:01', 'mail', '', 'system:bench'
         FROM letters_letter l WHERE l.reference LIKE 'M%%'""",
    """INSERT INTO steps_step (organisation_id, tenancy_id, kind, effective_on, actor, subject, facts)
       SELECT %(organisation)s, l.tenancy_id, 'letter_sent', l.dated_on, 'system:bench', 'sending:' || s.id,
              jsonb_build_object('letter_id', l.id, 'letter_kind', l.kind, 'channel', 'email', 'entries', l.entries,
                  'reference', l.reference, 'dated_on', l.dated_on, 'open_cents', l.open_cents, 'fee_cents', 0,
                  'vat_cents', 0, 'fee_from_on', '', 'digest', l.digest, 'proof', '')
         FROM letters_letter l JOIN letters_sending s ON s.letter_id = l.id WHERE l.reference LIKE 'M%%'""",
    """INSERT INTO cases_decision (organisation_id, tenancy_id, as_of, policy_version, rule, step_due_on, alert, actor, saw,
           decided_at)
       SELECT %(organisation)s, c.id, %(today)s::date - m * 28, d.policy_version, d.rule, %(today)s::date - m * 28, true,
              d.actor, d.saw, (%(today)s::date - m * 28) + time '02:00'
         FROM cases_of c, generate_series(1, 12) AS m, (SELECT * FROM cases_decision ORDER BY id LIMIT 1) d""",
    """INSERT INTO cases_case (organisation_id, tenancy_id, opened_on, stage, stage_since_on, policy_version, closed_on,
           closed_at, closed_by)
       SELECT %(organisation)s, c.id, %(today)s::date - 300, 'contact', %(today)s::date - 300, 'v1',
              %(today)s::date - 200, %(today)s::date - 200, 'nothing_open' FROM cases_of c""",
    """INSERT INTO cases_plannedstep (organisation_id, tenancy_id, case_id, rule, act, letter, automatic, policy_version,
           about_on, planned_on, due_on, state, ended_on, ended_at, ended_by, subject, note)
       SELECT %(organisation)s, k.tenancy_id, k.id, 'call', 'call', '', false, 'v1', %(today)s::date - m * 30 - 40,
              %(today)s::date - m * 30 - 30, %(today)s::date - m * 30 - 25, 'taken', %(today)s::date - m * 30 - 25,
              %(today)s::date - m * 30 - 25, 'user:1', 'contact:1', ''
         FROM cases_case k, generate_series(1, 8) AS m WHERE k.closed_at IS NOT NULL AND k.tenancy_id = ANY(%(ids)s)""",
    """INSERT INTO cases_alert (organisation_id, tenancy_id, cause, raised_on, raised_at, since_on, overdue_cents,
           due_months, rule, entries, cured_on, cured_at, ended_by)
       SELECT %(organisation)s, c.id, a.cause, %(today)s::date - m * 90, %(today)s::date - m * 90, %(today)s::date - m * 90,
              60000, 1, a.rule, '[]', %(today)s::date - m * 90 + 20, %(today)s::date - m * 90 + 20, 'nothing_open'
         FROM cases_of c, generate_series(1, 4) AS m, (SELECT * FROM cases_alert ORDER BY id LIMIT 1) a""",
    """INSERT INTO rulings_ruling (organisation_id, tenancy_id, kind, instead_of, "do", from_on, until_on, actor, name,
           asked_as, about)
       SELECT %(organisation)s, c.id, 'pause', '', '', %(today)s::date - 150, %(today)s::date - 130, 'user:1', 'Meter',
              gen_random_uuid(), '' FROM cases_of c""",
    """INSERT INTO arrangements_arrangement (organisation_id, tenancy_id, agreed_on, debt_cents, entries, last_entry, rhythm,
           grace_days, policy_version, warned, state, ended_on, end_reason, asked_as, made_by)
       SELECT %(organisation)s, c.id, %(today)s::date - 280, 60000, ARRAY[1]::bigint[], 1, 'monthly', 3, 'v1',
              ARRAY[]::varchar[], 'ended', %(today)s::date - 200, 'paid_off', gen_random_uuid(), 'user:1' FROM cases_of c""",
    """INSERT INTO arrangements_instalment (organisation_id, arrangement_id, number, due_on, cents)
       SELECT %(organisation)s, a.id, m, a.agreed_on + m * 30, 20000
         FROM arrangements_arrangement a, generate_series(1, 3) AS m WHERE a.tenancy_id = ANY(%(ids)s)""",
)


def lived(organisation: int, ids: Sequence[int], today: str) -> None:
    """Twelve months for these tenancies, once. `today` is a day as the database writes it."""
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM contacts_contact)")
        if cursor.fetchone()[0]:
            return
        _letter(organisation, ids[0], today)
        cursor.execute("SELECT min(id) FROM access_user")
        named = {"organisation": organisation, "ids": list(ids), "today": today, "user": cursor.fetchone()[0]}
        cursor.execute(
            "CREATE TEMP TABLE cases_of ON COMMIT DROP AS SELECT unnest(%(ids)s::integer[]) AS id", named
        )
        for statement in _STATEMENTS:
            cursor.execute(statement.format(months=_MONTHS), named)


def _letter(organisation: int, tenancy: int, today: str) -> None:
    """One that is really written, of which the others are copies."""
    from datetime import date, datetime

    from tijdig.base.days import AMSTERDAM
    from tijdig.cli.demo_letters import HEAD
    from tijdig.letters.actions import write
    from tijdig.letters.actions_texts import save_letterhead
    from tijdig.letters.letter import Kind
    from tijdig.letters.wish import Wish

    on = date.fromisoformat(today)
    save_letterhead(organisation_id=organisation, actor="system:bench", head=HEAD, on=on)
    write(
        organisation_id=organisation,
        actor="system:bench",
        wish=Wish(tenancy_id=tenancy, kind=Kind.FRIENDLY_REMINDER, on=on),
        now=datetime.now(AMSTERDAM),
        by="Meet Meter",
    )


def consultants(organisation: int, password: str) -> list[str]:
    """Twenty people who work; their mail addresses."""
    from tijdig.access.actions import create_user

    emails = [f"consulent{number}@tijdig.test" for number in range(CONSULTANTS)]
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT email FROM access_user")
        known = {row[0] for row in cursor.fetchall()}
    for number, email in enumerate(emails):
        if email not in known:
            create_user(
                organisation_id=organisation,
                email=email,
                name=f"Consulent {number}",
                role="consultant",
                password=password,
            )
    return emails
