"""What waits, what went, and what became of it: the outbox of a corporation, in its scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from tijdig.carriers.channel import Channel
from tijdig.letters.batch import KIND_NAMES
from tijdig.letters.holds import WHY, hold
from tijdig.letters.letter import Kind
from tijdig.letters.models import Batch, BatchPart, Sending
from tijdig.letters.queries_seen import seen
from tijdig.letters.states import LABEL as STATE_LABEL
from tijdig.letters.states import State
from tijdig.letters.ways import LABEL as WAY_LABEL

SMS_LOOK_DAYS = 3


@dataclass(frozen=True, slots=True)
class BoxRow:
    """A sending as the outbox shows it; `why` and `detail` say what a person should know."""

    id: int
    letter_id: int
    tenancy_id: int
    name: str
    kind: Kind
    reference: str
    dated_on: date
    channel: Channel
    state: State
    why: str
    detail: str
    address: str
    tries: int
    go_at: datetime
    sent_on: date | None
    ended_at: datetime | None
    batch_id: int | None
    place: int | None
    provider_id: str
    key: str

    @property
    def kind_label(self) -> str:
        return KIND_NAMES[self.kind]

    @property
    def state_label(self) -> str:
        return STATE_LABEL[self.state]

    @property
    def way_label(self) -> str:
        return WAY_LABEL[self.channel]

    @property
    def why_sentence(self) -> str:
        return WHY.get(self.why, "")


_ROWS = """
SELECT s.id, s.letter_id, l.tenancy_id,
       coalesce((SELECT string_agg(x.display_name, ' en ' ORDER BY p.role, p.id)
                   FROM tenancies_party p JOIN tenancies_persontext x USING (person_id)
                  WHERE p.tenancy_id = l.tenancy_id AND p.role IN ('HUU', 'MDH')), ''),
       l.kind, l.reference, l.dated_on, s.channel, s.state, s.why, coalesce(x.detail, ''), coalesce(x.address, ''),
       s.tries, s.go_at, s.sent_on, s.ended_at, s.batch_id, s.place, s.provider_id, s.key::text
  FROM letters_sending s JOIN letters_letter l ON l.id = s.letter_id
  LEFT JOIN letters_sendingtext x ON x.sending_id = s.id
"""


def _box_rows(condition: str, params: Sequence[Any]) -> list[BoxRow]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_ROWS} WHERE {condition}", params)
        return [_box_row(list(row)) for row in cursor.fetchall()]


def _box_row(values: list[Any]) -> BoxRow:
    values[4], values[7], values[8] = Kind(values[4]), Channel(values[7]), State(values[8])
    return BoxRow(*values)


def box(states: Sequence[State], *, before_id: int | None = None, most: int = 50) -> list[BoxRow]:
    """Sendings in these states, the newest first, `most` at a time; `before_id` goes on below that one."""
    return _box_rows(
        "s.state = ANY(%s) AND s.id < %s ORDER BY s.id DESC LIMIT %s",
        [[state.value for state in states], before_id or 2**62, most],
    )


def box_row(sending_id: int) -> BoxRow | None:
    return next(iter(_box_rows("s.id = %s", [sending_id])), None)


def sendings_of(letter_id: int) -> list[BoxRow]:
    """How one letter went, each way, the last first."""
    return _box_rows("s.letter_id = %s ORDER BY s.id DESC", [letter_id])


def counts() -> dict[tuple[State, Channel], int]:
    """How many sendings there are in each state, by channel."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, channel, count(*) FROM letters_sending GROUP BY state, channel")
        return {(State(state), Channel(channel)): count for state, channel, count in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class PartRow:
    id: int
    number: int
    first: int
    letters: int
    pages: int
    digest: str
    there: bool  # its PDF was not removed


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch with its parts; `done` is how many of its letters are in a part."""

    id: int
    made_at: datetime
    made_by: str
    dated_on: date
    letters: int
    done: int
    handed_on: date | None
    handed_by: str
    receipt: str
    parts: tuple[PartRow, ...]

    @property
    def ready(self) -> bool:
        return bool(self.letters) and self.done >= self.letters


def batches(most: int = 20) -> list[BatchRow]:
    """The newest batches."""
    rows = list(Batch.objects.order_by("-pk")[:most])
    return [_batch(row) for row in rows]


def batch(batch_id: int) -> BatchRow | None:
    row = Batch.objects.filter(pk=batch_id).first()
    return _batch(row) if row else None


def _batch(row: Batch) -> BatchRow:
    parts = tuple(
        PartRow(
            one.pk,
            one.number,
            one.first,
            one.letters,
            one.pages,
            one.digest,
            hasattr(one, "batchpaper"),
        )
        for one in BatchPart.objects.filter(batch=row)
        .select_related("batchpaper")
        .defer("batchpaper__pdf")
        .order_by("number")
    )
    return BatchRow(
        row.pk,
        row.made_at,
        row.made_by,
        row.dated_on,
        row.letters,
        sum(one.letters for one in parts),
        row.handed_on,
        row.handed_by,
        row.receipt,
        parts,
    )


def part_pdf(part_id: int) -> tuple[str, bytes] | None:
    """The name and the PDF of a part."""
    row = BatchPart.objects.select_related("batchpaper").filter(pk=part_id).first()
    if row is None or not hasattr(row, "batchpaper"):
        return None
    return f"batch-{row.batch_id}-deel-{row.number}.pdf", bytes(row.batchpaper.pdf)


def overtaken(batch_id: int, on: date) -> list[tuple[int, BoxRow, str]]:
    """Letters of a batch that should be taken out of the pile now: place, row, and why."""
    places = dict(Sending.objects.filter(batch_id=batch_id).values_list("pk", "place"))
    why = {pk: code for pk, one in seen(list(places)).items() if (code := hold(one, on))}
    rows = {row.id: row for row in _box_rows("s.id = ANY(%s)", [list(why)])}
    return sorted(
        ((places[pk] or 0, rows[pk], WHY[code]) for pk, code in why.items()), key=lambda one: one[0]
    )


def sms_to_look_at(now: datetime) -> list[tuple[int, str]]:
    """Text messages that went and of which the provider may know more: sending and its name of it."""
    rows = Sending.objects.filter(
        channel=Channel.SMS.value,
        state=State.SENT.value,
        go_at__lte=now,
        sent_on__gte=now.date() - timedelta(days=SMS_LOOK_DAYS),
    )
    return list(rows.order_by("go_at").values_list("pk", "provider_id")[:50])
