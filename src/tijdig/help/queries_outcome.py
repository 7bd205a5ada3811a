"""What came of help, in the scope of one organisation: referrals, signals and settlements with the arrears after them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tijdig.cases.queries_episodes import Episode, episodes
from tijdig.help.kinds import HELPED
from tijdig.help.outcome import HALF_YEAR, QUARTER, Helped, Way, came_back, days_to_know
from tijdig.help.queries import sent_since, signals_of
from tijdig.help.queries_referral import referrals_of, referrals_since
from tijdig.help.referral import Referral
from tijdig.help.values import Signal
from tijdig.ledger.queries_overdue import overdue_on
from tijdig.tenancies.flags import FLAG_LABEL, Flag, SetFlag
from tijdig.tenancies.queries_flags import flags_of, flags_since

_MOST = 5000
_SETTLEMENT = (Flag.AMICABLE, Flag.WSNP)


@dataclass(frozen=True, slots=True)
class _Began:
    """Help before it is known what came of it."""

    way: Way
    to: str
    tenancy_id: int
    by: str
    on: date
    accepted: bool | None


def helped_since(first: date, on: date) -> list[Helped]:
    """All that began from a day on, the newest first."""
    began = [
        *map(_referral, referrals_since(first)),
        *_signals(sent_since(first, _MOST), first),
        *_settlements(flags_since(first, on, _SETTLEMENT)),
    ]
    return _known(began, on)


def helped(tenancy_id: int, on: date) -> list[Helped]:
    """All of one tenancy, the newest first."""
    began = [
        *map(_referral, referrals_of(tenancy_id)),
        *_signals(signals_of(tenancy_id), date.min),
        *_settlements(
            one
            for one in flags_of(tenancy_id, on)
            if one.kind in _SETTLEMENT and (one.end is None or one.end.end_on > one.begin_on)
        ),
    ]
    return _known(began, on)


def _referral(one: Referral) -> _Began:
    known = one.accepted or not one.goes_on
    to = one.helper.name
    return _Began(
        Way.REFERRAL, to, one.tenancy_id, one.actor, one.referred_on, one.accepted if known else None
    )


def _signals(signals: Iterable[Signal], first: date) -> Iterator[_Began]:
    for one in signals:
        if one.sent is None or one.refused or one.sent.on < first:
            continue
        accepted = any(said.result in HELPED for said in one.answers) if one.answers else None
        yield _Began(Way.SIGNAL, one.municipality, one.tenancy_id, one.actor, one.sent.on, accepted)


def _settlements(flags: Iterable[SetFlag]) -> Iterator[_Began]:
    for one in flags:
        yield _Began(Way.DEBT_HELP, FLAG_LABEL[one.kind], one.tenancy_id, one.actor, one.begin_on, True)


def _known(began: Sequence[_Began], on: date) -> list[Helped]:
    owed = overdue_on(sorted({(one.tenancy_id, day) for one in began for day in days_to_know(one.on, on)}))
    lived = episodes(sorted({one.tenancy_id for one in began}))
    found = [_helped(one, owed, lived.get(one.tenancy_id, []), on) for one in began]
    return sorted(found, key=lambda one: one.began_on, reverse=True)


def _helped(one: _Began, owed: dict[tuple[int, date], int], lived: Sequence[Episode], on: date) -> Helped:
    paid = next((each.settled_on for each in lived if each.settled_on and each.settled_on >= one.on), None)
    after = next((each.opened_on for each in lived if paid and each.opened_on > paid), None)
    return Helped(
        way=one.way,
        to=one.to,
        tenancy_id=one.tenancy_id,
        by=one.by,
        began_on=one.on,
        accepted=one.accepted,
        before_cents=owed.get((one.tenancy_id, one.on), 0),
        quarter_cents=owed.get((one.tenancy_id, one.on + QUARTER)),
        half_year_cents=owed.get((one.tenancy_id, one.on + HALF_YEAR)),
        settled_on=paid,
        came_back=came_back(paid, after, on),
    )
