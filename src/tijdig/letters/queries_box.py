"""What waits, what went, and what became of it: the outbox of a corporation, in its scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import Count, Min

from tijdig.carriers.channel import Channel
from tijdig.history.queries import last_actors
from tijdig.letters.holds import WHY
from tijdig.letters.kind_words import KIND_NAMES
from tijdig.letters.letter import Kind
from tijdig.letters.models import Sending
from tijdig.letters.queries import named
from tijdig.letters.queries_basis import reach_of
from tijdig.letters.states import LABEL as STATE_LABEL
from tijdig.letters.states import WAITS_FOR_SOMEBODY, WENT, State
from tijdig.letters.ways import LABEL as WAY_LABEL
from tijdig.letters.ways import ways
from tijdig.tenancies.queries_reach import households

SMS_LOOK_DAYS = 3


class Tray(StrEnum):
    """The heaps of the outbox. What came back waits for somebody, until its letter goes another way."""

    WAITS = "waits"
    READY = "ready"
    SENT = "sent"
    TAKEN_BACK = "taken_back"


_IN_TRAY: Mapping[Tray, Sequence[State]] = {
    Tray.WAITS: WAITS_FOR_SOMEBODY,
    Tray.READY: (State.QUEUED, State.HANDING, State.PRINTING),
    Tray.SENT: WENT,
    Tray.TAKEN_BACK: (State.CANCELLED,),
}


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
    asked_by: str
    asked_at: datetime
    carrier: str
    followed: bool  # the same letter went another way later, or somebody dealt with it

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

    @property
    def waits(self) -> bool:
        """Must somebody look at it?"""
        return self.state in WAITS_FOR_SOMEBODY and not (self.state is State.BOUNCED and self.followed)

    @property
    def message_key(self) -> str:
        """The key as the carrier has it."""
        return self.key.replace("-", "")


_FOLLOWED = (
    "(s.why = 'dealt_with' OR EXISTS (SELECT 1 FROM letters_sending n"
    " WHERE n.letter_id = s.letter_id AND n.id > s.id AND n.state <> 'cancelled'))"
)
_ROWS = f"""
SELECT s.id, s.letter_id, l.tenancy_id,
       coalesce((SELECT string_agg(x.display_name, ' en ' ORDER BY p.role, p.id)
                   FROM tenancies_party p JOIN tenancies_persontext x USING (person_id)
                  WHERE p.tenancy_id = l.tenancy_id AND p.role IN ('HUU', 'MDH')), ''),
       l.kind, l.reference, l.dated_on, s.channel, s.state, s.why, coalesce(x.detail, ''), coalesce(x.address, ''),
       s.tries, s.go_at, s.sent_on, s.ended_at, s.batch_id, s.place, s.provider_id, s.key::text,
       s.asked_by, s.asked_at, s.carrier, {_FOLLOWED}
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


def box(tray: Tray, *, before_id: int | None = None, most: int = 50) -> list[BoxRow]:
    """The messages of a tray, the newest first, `most` at a time; `before_id` goes on below that one."""
    return _box_rows(
        f"s.state = ANY(%s) AND (s.state <> 'bounced' OR {_FOLLOWED} = %s) AND s.id < %s"
        " ORDER BY s.id DESC LIMIT %s",
        [[state.value for state in _IN_TRAY[tray]], tray is Tray.SENT, before_id or 2**62, most],
    )


def box_row(sending_id: int) -> BoxRow | None:
    return next(iter(box_rows([sending_id])), None)


def box_rows(sending_ids: Sequence[int]) -> list[BoxRow]:
    """These messages, in no order."""
    return _box_rows("s.id = ANY(%s)", [list(sending_ids)])


def sendings_of(letter_id: int) -> list[BoxRow]:
    """How one letter went, each way, the last first."""
    return _box_rows("s.letter_id = %s ORDER BY s.id DESC", [letter_id])


@dataclass(frozen=True, slots=True)
class Counts:
    """How many messages lie in each tray, how many wait for a batch, and whether some go by themselves now."""

    trays: Mapping[Tray, int]
    for_print: int
    moving: bool


# What is over is most of it, and the index alone can count it.
_OVER = [State.SENT.value, State.DELIVERED.value, State.CANCELLED.value]
_COUNTS = f"""
SELECT s.state, '', false, count(*) FROM letters_sending s WHERE s.state = ANY(%(over)s) GROUP BY s.state
 UNION ALL
SELECT s.state, s.channel, s.state = 'bounced' AND {_FOLLOWED}, count(*) FROM letters_sending s
 WHERE s.state = ANY(%(live)s) GROUP BY 1, 2, 3
"""


def counts() -> Counts:
    """The outbox at a glance."""
    trays, for_print, moving = dict.fromkeys(Tray, 0), 0, False
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNTS, {"over": _OVER, "live": [one.value for one in State if one.value not in _OVER]}
        )
        for state, channel, followed, number in cursor.fetchall():
            trays[Tray.SENT if followed else _tray(State(state))] += number
            on_paper = channel == Channel.PRINT
            for_print += number if on_paper and state == State.QUEUED else 0
            moving = moving or state == State.HANDING or (state == State.QUEUED and not on_paper)
    return Counts(trays, for_print, moving)


def waits_for_hour(now: datetime) -> tuple[int, datetime | None]:
    """How many messages wait for the hour at which they may reach somebody, and when the first of them goes."""
    rows = Sending.objects.filter(state=State.QUEUED.value, go_at__gt=now).exclude(
        channel=Channel.PRINT.value
    )
    found = rows.aggregate(number=Count("pk"), first=Min("go_at"))
    return found["number"], found["first"]


def held_by(rows: Sequence[BoxRow]) -> dict[int, str]:
    """By message that a person held back, who that was. Asks nothing where nobody did."""
    held = [row for row in rows if row.state is State.HELD and row.why == "by_hand"]
    if not held:
        return {}
    subjects = sorted({f"tenancy:{row.tenancy_id}" for row in held})
    found = last_actors("message_held", subjects, "sending", [row.id for row in held])
    names = named(found.values())
    return {pk: names[actor] for pk, actor in found.items() if actor in names}


def _tray(state: State) -> Tray:
    return next(tray for tray, states in _IN_TRAY.items() if state in states)


def open_ways(rows: Sequence[BoxRow], on: date) -> dict[int, tuple[Channel, ...]]:
    """By message that is stuck, the other ways that its letter can take; the same way where the address changed."""
    stuck = [row for row in rows if row.waits and row.state is not State.UNSURE]
    homes = households([row.tenancy_id for row in stuck], on) if stuck else {}
    found = {}
    for row in stuck:
        reach = reach_of(homes[row.tenancy_id])
        same = {Channel.EMAIL: reach.email, Channel.SMS: reach.mobile}.get(row.channel, "") == row.address
        found[row.id] = tuple(way for way in ways(row.kind, reach) if way is not row.channel or not same)
    return found


def sms_to_look_at(now: datetime, carrier: str) -> list[tuple[int, str]]:
    """Text messages that went and of which the provider may know more: sending and its name of it."""
    rows = Sending.objects.filter(
        channel=Channel.SMS.value,
        state=State.SENT.value,
        carrier=carrier,
        go_at__lte=now,
        sent_on__gte=now.date() - timedelta(days=SMS_LOOK_DAYS),
    )
    return list(rows.order_by("go_at").values_list("pk", "provider_id")[:50])
