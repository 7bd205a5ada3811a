"""Reads of letters that were made: one with its proof, those of a tenant, and the mailbox; in the corporation's scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from tijdig.access.queries import names
from tijdig.carriers.channel import Channel
from tijdig.law.answer import NotKnown
from tijdig.law.letter_term import Term, fourteen_days
from tijdig.letters.as_data import letter_from
from tijdig.letters.kind_words import KIND_NAMES
from tijdig.letters.letter import Kind
from tijdig.letters.models import Letter, LetterPaper, Try
from tijdig.letters.queries_basis import reach_of
from tijdig.letters.queries_texts import version_of
from tijdig.letters.render import render
from tijdig.letters.states import LABEL as STATE_LABEL
from tijdig.letters.states import TO_GO, State
from tijdig.letters.ways import LABEL as WAY_LABEL
from tijdig.letters.ways import ways
from tijdig.policy.queries import conventions
from tijdig.tenancies.queries_reach import households


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter in the list of a tenant, with the last way that it went or goes; without one it was never queued."""

    id: int
    kind: Kind
    reference: str
    dated_on: date
    open_cents: int
    channel: Channel | None
    state: State | None
    sent_on: date | None
    made_by: str
    made_at: datetime

    @property
    def kind_label(self) -> str:
        return KIND_NAMES[self.kind]

    @property
    def way_label(self) -> str:
        return WAY_LABEL[self.channel] if self.channel else ""

    @property
    def state_label(self) -> str:
        return STATE_LABEL[self.state] if self.state else ""

    @property
    def to_go(self) -> bool:
        """Has it not gone yet, and may it still?"""
        return self.state in TO_GO


_LINES = """
SELECT l.id, l.kind, l.reference, l.dated_on, l.open_cents, s.channel, s.state, s.sent_on,
       l.made_by, l.made_at
  FROM letters_letter l
  LEFT JOIN LATERAL (SELECT n.channel, n.state, n.sent_on FROM letters_sending n WHERE n.letter_id = l.id
                      ORDER BY n.state = 'cancelled', n.id DESC LIMIT 1) s ON true
 WHERE l.tenancy_id = %s AND l.dated_on <= %s ORDER BY l.id DESC
"""


def letters_of(tenancy_id: int, as_of: date) -> list[LetterLine]:
    """The letters to a tenant up to a day, the newest first; where they stand is of now."""
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [tenancy_id, as_of])
        return [
            LetterLine(
                pk,
                Kind(kind),
                reference,
                dated_on,
                cents,
                Channel(channel) if channel else None,
                State(state) if state else None,
                sent_on,
                made_by,
                made_at,
            )
            for pk, kind, reference, dated_on, cents, channel, state, sent_on, made_by, made_at in cursor.fetchall()
        ]


def written_on(tenancy_id: int, on: date) -> dict[Kind, int]:
    """The letters to a tenant of that day that went or still go, by kind: a second one of a kind would be one too many."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT l.kind, max(l.id) FROM letters_letter l
                WHERE l.tenancy_id = %s AND l.dated_on = %s
                  AND EXISTS (SELECT 1 FROM letters_sending s WHERE s.letter_id = l.id AND s.state <> 'cancelled')
                GROUP BY l.kind""",
            [tenancy_id, on],
        )
        return {Kind(kind): pk for kind, pk in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class LetterFile:
    """One letter whole. `paper` is None once the person was erased; `facts` are its amounts, days and counts."""

    id: int
    tenancy_id: int
    kind: Kind
    reference: str
    dated_on: date
    language: str
    large_print: bool
    open_cents: int
    facts: Mapping[str, Any]
    digest: str
    made_with: str
    pages: int
    made_by: str
    made_at: datetime
    override_by: str
    override_reason: str
    text_version: int
    text_own: bool
    paper: str | None

    @property
    def kind_label(self) -> str:
        return KIND_NAMES[self.kind]

    @property
    def known(self) -> dict[str, int | date]:
        """The facts beside what is open, days as days; the same amount stands once, and none that is nothing."""
        told: dict[str, int | date] = {}
        for name, value in self.facts.items():
            fact = date.fromisoformat(value) if name.endswith("_on") else int(value)
            if fact and fact != self.open_cents and fact not in told.values():
                told[name] = fact
        return told


def letter_file(letter_id: int) -> LetterFile | None:
    """A letter with what it says and how it was made; None where this corporation has no such letter."""
    rows = Letter.objects.select_related("text", "letterpaper")
    row = rows.defer("text__body", "letterpaper__pdf").filter(pk=letter_id).first()
    if row is None:
        return None
    return LetterFile(
        row.pk,
        row.tenancy_id,
        Kind(row.kind),
        row.reference,
        row.dated_on,
        row.language,
        row.large_print,
        row.open_cents,
        row.facts,
        row.digest,
        row.made_with,
        row.pages,
        row.made_by,
        row.made_at,
        row.override_by,
        _reason(row),
        row.text.version,
        row.text.own,
        row.letterpaper.text if hasattr(row, "letterpaper") else None,
    )


def _reason(row: Letter) -> str:
    """Why somebody took what is not sure upon himself: personal text, so on the paper, and gone with it."""
    override = row.letterpaper.value["override"] if hasattr(row, "letterpaper") else None
    return str(override["reason"]) if override else ""


def letter_pdf(letter_id: int) -> tuple[str, bytes] | None:
    """The exact paper, with a name for its file; None once it was erased."""
    row = LetterPaper.objects.filter(letter_id=letter_id).values_list("letter__reference", "pdf").first()
    return (f"{row[0]}.pdf", bytes(row[1])) if row else None


def made_again(letter_id: int) -> str | None:
    """The digest of this letter when it is made anew from its value and text; None once it was erased."""
    row = LetterPaper.objects.select_related("letter__text").filter(letter_id=letter_id).first()
    if row is None:
        return None
    return render(letter_from(row.value), version_of(row.letter.text).text).digest


def term_of(letter: LetterFile, sent_on: date) -> Term | None:
    """The term of a fourteen-day letter that went on that day; None for other letters and where the law had none."""
    if letter.kind is not Kind.FOURTEEN_DAY:
        return None
    try:
        return fourteen_days(sent_on, conventions(sent_on))
    except NotKnown:
        return None


def ways_of(letter: LetterFile, on: date) -> tuple[Channel, ...]:
    """Every way that this letter can take now."""
    household = households([letter.tenancy_id], on).get(letter.tenancy_id)
    return ways(letter.kind, reach_of(household)) if household else ()


def tries_of(sending_ids: Sequence[int]) -> dict[int, list[tuple[int, str, datetime]]]:
    """By message its tries, the first first: number, what came of it, and when."""
    found: dict[int, list[tuple[int, str, datetime]]] = {pk: [] for pk in sending_ids}
    rows = Try.objects.filter(sending_id__in=list(sending_ids)).order_by("id")
    for pk, number, what, at in rows.values_list("sending_id", "number", "what", "at"):
        found[pk].append((number, what, at))
    return found


def named(actors: Iterable[str]) -> dict[str, str]:
    """The names of the people among these actors, also of who left."""
    known = {f"user:{pk}": name for pk, name in names().items()}
    return {actor: known[actor] for actor in actors if actor in known}


@dataclass(frozen=True, slots=True)
class MailRow:
    """A message in the mailbox; `letter_id` is None where its letter is not known."""

    id: int
    channel: Channel
    address: str
    subject: str
    body: str
    at: datetime
    letter_id: int | None
    reference: str


def mails(*, before_id: int | None = None, most: int = 50) -> list[MailRow]:
    """What the mailbox holds, the newest first, `most` at a time."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT m.id, m.channel, m.address, m.subject, m.body, m.at, l.id, coalesce(l.reference, '')
                 FROM letters_mail m LEFT JOIN letters_sending s ON s.key = m.key
                 LEFT JOIN letters_letter l ON l.id = s.letter_id
                WHERE m.id < %s ORDER BY m.id DESC LIMIT %s""",
            [before_id or 2**62, most],
        )
        return [MailRow(row[0], Channel(row[1]), *row[2:]) for row in cursor.fetchall()]
