"""What shows the four duties, in a handful of queries for one tenancy or for all that are behind: see `duties`.

What counts as since the arrears began is what the last evaluation stored (`cases`); what was said, sent or
decided before everything was paid counts no more, as in the engine. Of each duty the newest proof is taken,
of the offer the oldest that still stands: the tenant had longest to say no to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection

from tijdig.base.arrays import literal
from tijdig.cases.queries_settled import SETTLED, settled_named
from tijdig.contacts.kinds import CHANNEL_LABEL, Channel, NextStep, Outcome
from tijdig.contacts.talk import HOUSEHOLD, SOUGHT, SPOKEN
from tijdig.help.duties import Eligible, Facts, Proof, Source, judged
from tijdig.help.habits import habits
from tijdig.help.kinds import Stop
from tijdig.letters.kind_words import KIND_NAMES
from tijdig.letters.letter import Kind as LetterKind
from tijdig.objections.queries import pausing
from tijdig.steps.kinds import Kind
from tijdig.tenancies.flags import FlagBit
from tijdig.tenancies.queries_flags import flag_columns

_OFFER = LetterKind.EARLY_SIGNAL
_REMINDERS = (LetterKind.REMINDER, LetterKind.EARLY_SIGNAL, LetterKind.FOURTEEN_DAY)
_DWELLINGS = ("WOO",)  # VERA: woonruimte
_SEEN_DAYS = 400

_BEHIND = """
SELECT s.tenancy_id, s.arrears_since_on, s.overdue_cents, s.departed, s.bucket,
       coalesce(h.kind = ANY(%(dwellings)s), false),
       EXISTS (SELECT 1 FROM help_municipality m WHERE lower(h.city) = ANY(SELECT lower(town) FROM unnest(m.towns) AS town))
  FROM cases_standing s JOIN tenancies_tenancy t ON t.id = s.tenancy_id LEFT JOIN tenancies_home h ON h.id = t.home_id
 WHERE {which} ORDER BY s.tenancy_id
"""
_EVERY = "s.overdue_cents > 0 AND s.arrears_since_on IS NOT NULL"
_NAMED = "s.tenancy_id = ANY(%(ids)s::integer[])"
_CONTACTS = """
SELECT c.tenancy_id,
       max(ARRAY[c.effective_on - date '1970-01-01', c.id]) FILTER (WHERE sought.yes),
       max(ARRAY[c.effective_on - date '1970-01-01', c.id]) FILTER (WHERE talk.yes AND helped.yes),
       (array_agg(c.channel ORDER BY c.effective_on DESC, c.id DESC) FILTER (WHERE sought.yes))[1]
  FROM contacts_contact c JOIN cases_standing s ON s.tenancy_id = c.tenancy_id
  LEFT JOIN ({SETTLED}) paid ON paid.tenancy_id = c.tenancy_id
 CROSS JOIN LATERAL (SELECT c.reached = 'talked' AND c.channel = ANY(%(spoken)s) AND c.who = ANY(%(household)s) AS yes) talk
 CROSS JOIN LATERAL (SELECT talk.yes OR c.direction = 'out' AND c.channel = ANY(%(sought)s) AS yes) sought
 CROSS JOIN LATERAL (SELECT c.outcome = ANY(%(help)s) OR c.next_step = %(next)s AS yes) helped
 WHERE c.effective_on >= s.arrears_since_on AND (paid."on" IS NULL OR c.effective_on > paid."on")
   AND c.effective_on BETWEEN %(first)s AND %(on)s AND {which}
   AND NOT EXISTS (SELECT 1 FROM contacts_withdrawal w WHERE w.contact_id = c.id)
 GROUP BY c.tenancy_id
"""
_STEPS = """
SELECT t.tenancy_id,
       max(ARRAY[t.day, t.id]) FILTER (WHERE t.letter = ANY(%(reminders)s)),
       min(ARRAY[t.day, t.id]) FILTER (WHERE t.letter = %(offer)s),
       max(ARRAY[t.day, t.id]) FILTER (WHERE t.letter = %(offer)s),
       max(t.day) FILTER (WHERE t.kind = %(objected)s),
       bool_or(t.kind = %(signal)s)
  FROM (SELECT t.tenancy_id, t.id, t.kind, t.effective_on - date '1970-01-01' AS day,
               CASE WHEN t.kind = %(letter)s THEN t.facts ->> 'letter_kind' END AS letter
          FROM steps_step t JOIN cases_standing s ON s.tenancy_id = t.tenancy_id
          LEFT JOIN ({SETTLED}) paid ON paid.tenancy_id = t.tenancy_id
         WHERE t.effective_on >= s.arrears_since_on AND (paid."on" IS NULL OR t.effective_on > paid."on")
           AND t.effective_on BETWEEN %(first)s AND %(on)s
           AND t.kind = ANY(%(kinds)s) AND {which}
           AND NOT EXISTS (SELECT 1 FROM steps_step b WHERE b.subject = t.subject AND b.effective_on <= %(on)s
                              AND (t.kind = %(letter)s AND b.kind = %(bounced)s
                                   OR t.kind = %(signal)s AND b.kind = %(refused)s))) t
 GROUP BY t.tenancy_id
"""
_DECIDED = """
SELECT g.tenancy_id FROM help_signal g JOIN cases_standing s ON s.tenancy_id = g.tenancy_id
  LEFT JOIN ({SETTLED}) paid ON paid.tenancy_id = g.tenancy_id
 WHERE g.since_on >= s.arrears_since_on AND (paid."on" IS NULL OR g.decided_on > paid."on")
   AND g.decided_on <= %(on)s AND {which}
   AND NOT EXISTS (SELECT 1 FROM help_signalmark m WHERE m.signal_id = g.id AND m.kind IN ('withdrawn', 'refused'))
"""
_LETTERS = """
SELECT id, facts ->> 'letter_kind', coalesce((facts ->> 'letter_id')::bigint, 0) FROM steps_step WHERE id = ANY(%s::bigint[])
"""


def eligible(on: date, ids: Sequence[int] | None = None, *, decided: bool = True) -> list[Eligible]:
    """How the signal of each tenancy stands; of all that are behind where none are named. One that is not there is left out.

    `decided=False` looks at what was decided itself: a decision that waits does not stand in its own way.
    """
    which = _EVERY if ids is None else _NAMED
    named = _parameters(on, ids)
    behind = _rows(_BEHIND.format(which=which), named)
    contacts = {row[0]: row[1:] for row in _rows(_CONTACTS.format(which=which, SETTLED=SETTLED), named)}
    steps = {row[0]: row[1:] for row in _rows(_STEPS.format(which=which, SETTLED=SETTLED), named)}
    held_back = (
        {row[0] for row in _rows(_DECIDED.format(which=which, SETTLED=SETTLED), named)} if decided else set()
    )
    letters = _letters(steps.values())
    held = _held(on, ids)
    days = habits(on).objection_days
    found = []
    for tenancy, since, cents, departed, bucket, dwelling, placed in behind:
        sought, helped, channel = contacts.get(tenancy, (None, None, None))
        reminded, first_offer, last_offer, objected, signalled = steps.get(tenancy, (None,) * 5)
        stops = set(held.get(tenancy, ()))
        stops |= {Stop.DEPARTED} if departed else set()
        stops |= {Stop.ARRANGEMENT} if bucket == "arrangement" else set()
        stops |= {Stop.SIGNALLED} if signalled or tenancy in held_back else set()
        stops |= set() if dwelling else {Stop.NO_HOME}
        stops |= set() if placed else {Stop.NO_MUNICIPALITY}
        facts = Facts(
            tenancy_id=tenancy,
            since_on=since,
            overdue_cents=cents,
            sought=_contact(sought, CHANNEL_LABEL[Channel(channel)] if channel else ""),
            pointed=_contact(helped, "gesprek over hulp") or _letter(last_offer, letters),
            reminded=_letter(reminded, letters),
            offered=_letter(first_offer, letters),
            objected_on=_day(objected),
            stops=frozenset(stops),
        )
        found.append(judged(facts, on, days))
    return found


_OFFERED = """
SELECT DISTINCT t.tenancy_id FROM steps_step t JOIN cases_standing s ON s.tenancy_id = t.tenancy_id
 WHERE t.kind = %s AND t.facts ->> 'letter_kind' = %s AND t.effective_on >= s.arrears_since_on AND t.effective_on <= %s
   AND s.overdue_cents > 0
"""


def may_now(on: date) -> list[Eligible]:
    """Whom a person may decide about now, who may be signalled longest first; only who was offered it is looked at."""
    offered_by = on - timedelta(days=habits(on).objection_days)
    ids = [row[0] for row in _rows(_OFFERED, [Kind.LETTER_SENT.value, _OFFER.value, offered_by])]
    found = [one for one in eligible(on, sorted(ids)) if one.may] if ids else []
    return sorted(found, key=lambda one: (one.from_on or on, one.facts.tenancy_id))


def _parameters(on: date, ids: Sequence[int] | None) -> dict[str, Any]:
    return settled_named(on, ids) | {
        "on": on,
        "first": on - timedelta(days=_SEEN_DAYS),
        "dwellings": list(_DWELLINGS),
        "spoken": [one.value for one in SPOKEN],
        "sought": [one.value for one in SOUGHT],
        "household": [one.value for one in HOUSEHOLD],
        "help": [Outcome.HELP_WANTED.value, Outcome.HELP_REFUSED.value],
        "next": NextStep.HELP.value,
        "reminders": [one.value for one in _REMINDERS],
        "offer": _OFFER.value,
        "kinds": [Kind.LETTER_SENT.value, Kind.SIGNAL_OBJECTED.value, Kind.SIGNAL_SENT.value],
        "letter": Kind.LETTER_SENT.value,
        "bounced": Kind.LETTER_BOUNCED.value,
        "objected": Kind.SIGNAL_OBJECTED.value,
        "signal": Kind.SIGNAL_SENT.value,
        "refused": Kind.SIGNAL_REFUSED.value,
    }


def _rows(query: str, named: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, named)
        return list(cursor.fetchall())


def _letters(rows: Any) -> dict[int, tuple[str, int]]:
    """By step, what kind of letter it was and its id."""
    wanted = {place[1] for row in rows for place in row[:3] if place}
    found = _rows(_LETTERS, [literal("bigint", sorted(wanted))]) if wanted else []
    return {step: (_named(LetterKind(kind)), letter) for step, kind, letter in found}


def _named(kind: LetterKind) -> str:
    return "brief over hulp van de gemeente" if kind is _OFFER else KIND_NAMES[kind]


def _held(on: date, ids: Sequence[int] | None) -> dict[int, set[Stop]]:
    """Who is in a debt procedure, and whose objection waits."""
    found: dict[int, set[Stop]] = {}
    tenancies, bits = flag_columns(on, ids)
    for tenancy in tenancies[(bits & int(FlagBit.DEBT_PROCEDURE)) != 0].tolist():
        found.setdefault(tenancy, set()).add(Stop.DEBT_PROCEDURE)
    for tenancy in pausing(on, ids).tolist():
        found.setdefault(tenancy, set()).add(Stop.OBJECTION)
    return found


_EPOCH = date(1970, 1, 1)


def _day(number: int | None) -> date | None:
    return None if number is None else _EPOCH + timedelta(days=number)


def _contact(place: Sequence[int] | None, what: str) -> Proof | None:
    return Proof(Source.CONTACT, place[1], _EPOCH + timedelta(days=place[0]), what) if place else None


def _letter(place: Sequence[int] | None, letters: dict[int, tuple[str, int]]) -> Proof | None:
    if not place:
        return None
    what, letter = letters[place[1]]
    source, pk = (Source.LETTER, letter) if letter else (Source.STEP, place[1])
    return Proof(source, pk, _EPOCH + timedelta(days=place[0]), what)
