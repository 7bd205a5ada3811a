"""How an answer of a tenant is shown: who, when, what, whose it is and why, and what was done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import uuid4

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy

from tijdig.contacts.kinds import Channel
from tijdig.contacts.reply import Attached, Reply
from tijdig.contacts.reply_kinds import (
    AUTOMATIC_LABEL,
    DEED_LABEL,
    HOW_LABEL,
    STATE_LABEL,
    TROUBLE_LABEL,
    WHY_LABEL,
    How,
    State,
)
from tijdig.contacts.reply_match import Sign
from tijdig.letters.queries import named
from tijdig.steps.queries import offered_without_no
from tijdig.tenancies.queries import Card, cards
from tijdig.web.scope import today
from tijdig.web.templatetags.letters import who_did

_OPENING = 700  # signs that are read at once; the rest unfolds
_WAY: dict[Channel, str | Lazy] = {Channel.EMAIL: gettext_lazy("E-mail"), Channel.SMS: gettext_lazy("Sms")}


@dataclass(frozen=True, slots=True)
class Suggested:
    card: Card
    why: str


@dataclass(frozen=True, slots=True)
class DoneLine:
    what: str
    to: Card | None
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLine:
    """One answer as a page shows it. `rest` is what unfolds behind `opening`; labels of closed lists are Dutch."""

    id: int
    at: datetime
    on: date
    way: str | Lazy
    name: str
    address: str
    subject: str
    opening: str
    rest: str
    quoted: str
    shortened: bool
    attached: tuple[Attached, ...]
    state: State
    card: Card | None
    how: str
    why: str
    trouble: str
    automatic: str
    suggestions: tuple[Suggested, ...]
    done: tuple[DoneLine, ...]
    may_say_no: bool = False  # to the municipality being told
    form: str = ""  # names the form of that

    @property
    def state_label(self) -> str:
        return STATE_LABEL[self.state]

    @property
    def erased(self) -> bool:
        return not (self.address or self.opening or self.subject or self.trouble)


def reply_lines(replies: Sequence[Reply]) -> list[ReplyLine]:
    """These answers, in their order; names and homes are read once for all of them."""
    ids = {sign.tenancy_id for one in replies for sign in one.suggestions}
    ids |= {one.tenancy_id for one in replies if one.tenancy_id is not None}
    ids |= {done.tenancy_id for one in replies for done in one.deeds if done.tenancy_id is not None}
    homes = cards(sorted(ids)) if ids else {}
    actors = {done.actor for one in replies for done in one.deeds}
    names = named(actors) if actors else {}
    offered = offered_without_no(
        sorted({one.tenancy_id for one in replies if one.tenancy_id is not None}), today()
    )
    lines = [_line(one, homes, names) for one in replies]
    return [
        replace(one, may_say_no=True, form=str(uuid4())) if one.card and one.card.id in offered else one
        for one in lines
    ]


def _line(one: Reply, homes: Mapping[int, Card], names: Mapping[str, str]) -> ReplyLine:
    opening, rest = _opened(one.text)
    return ReplyLine(
        id=one.id,
        at=one.received_at,
        on=one.on,
        way=_WAY[one.channel],
        name=one.sender_name,
        address=one.sender,
        subject=one.subject,
        opening=opening,
        rest=rest,
        quoted=one.quoted,
        shortened=one.shortened,
        attached=one.attached,
        state=one.state,
        card=homes.get(one.tenancy_id) if one.tenancy_id is not None else None,
        how=_because(one.arrived) if one.how is not How.PERSON and one.arrived else "",
        why=WHY_LABEL[one.why] if one.why else "",
        trouble=TROUBLE_LABEL.get(one.trouble, ""),
        automatic=AUTOMATIC_LABEL.get(one.automatic, ""),
        suggestions=tuple(
            Suggested(homes[sign.tenancy_id], _because(sign))
            for sign in one.suggestions
            if sign.tenancy_id in homes
        ),
        done=tuple(
            DoneLine(
                DEED_LABEL[done.deed],
                homes.get(done.tenancy_id) if done.tenancy_id is not None else None,
                who_did(done.actor, names),
                done.at,
                done.reason,
            )
            for done in one.deeds
        ),
    )


def _because(sign: Sign) -> str:
    return f"{HOW_LABEL[sign.how]} {sign.said}".strip()


def _opened(text: str) -> tuple[str, str]:
    """What is read at once, and the rest; cut between two words."""
    if len(text) <= _OPENING + 200:
        return text, ""
    at = max(text.rfind(" ", 0, _OPENING), text.rfind("\n", 0, _OPENING))
    at = at if at > _OPENING // 2 else _OPENING
    return text[:at], text[at:]
