"""What a tenant owes is of the tenancy, not of one file: the costs of files that ended, and the judgment they left.

Decides what of earlier files still counts. Each is summed as it stood, with the last judgment that there was by then; a
judgment that a later file writes down again (the same day) counts there and no longer here. What was asked of a court
that never gave a judgment is owed by nobody. What the corporation put on the rent account itself is counted there:
beside it is owed what is left of the costs.

Units: whole cents. Errors: none. Example: a first file ended with € 600 of awarded costs, unpaid; in the second € 122,34
is booked for the service: owed € 722,34, of which € 600 of an earlier file. Is € 600 put on the account: € 122,34 beside it.

Left out: whether what was paid to a bailiff was put on the account too, which nobody writes down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tijdig.bailiff.costs import AWARDED, Act, Charged, Payer, Sums, of_before, sums
from tijdig.bailiff.track import Judgment

_LIKE_A_LETTERS = frozenset({Act.AWARDED_INTEREST, Act.AWARDED_COLLECTION})


@dataclass(frozen=True, slots=True)
class Earlier:
    """A file that ended, with what the tenant got there. Which file it is, and when it ended, only the corporation knows."""

    file_id: int | None
    ended_on: date | None
    costs: tuple[Charged, ...]
    judgment: Judgment | None


@dataclass(frozen=True, slots=True)
class Left:
    """What an earlier file still comes to."""

    file_id: int | None
    ended_on: date | None
    cents: int


@dataclass(frozen=True, slots=True)
class OfTenancy:
    """What the costs of a file and of those before it come to. `judgment` is the last; `booked` is what stands in this file
    for the tenant since; `first_judged_on` is of the first judgment of which something is counted. `like_a_letters_cents`
    is the interest and the collection costs that were awarded, `letters_owed_cents` what of it is not paid."""

    sums: Sums
    left: tuple[Left, ...]
    judgment: Judgment | None
    booked: frozenset[Act]
    first_judged_on: date | None
    like_a_letters_cents: int
    letters_owed_cents: int

    @property
    def owed_cents(self) -> int:
        return self.sums.owed_cents + self.earlier_cents

    @property
    def earlier_cents(self) -> int:
        return sum(one.cents for one in self.left)


@dataclass(frozen=True, slots=True)
class Posted:
    """What the corporation put on the account: costs of court and bailiff, and since a judgment what letters cost too."""

    court_cents: int = 0
    letters_cents: int = 0


def of_tenancy(costs: Sequence[Charged], judgment: Judgment | None, earlier: Sequence[Earlier]) -> OfTenancy:
    """The costs of a file, with its judgment, after those of the files before it (the oldest first)."""
    left, counted, last = [], [], None
    for at, one in enumerate(earlier):
        last = one.judgment or last
        again = {each.judgment.on for each in earlier[at + 1 :] if each.judgment}
        again |= {judgment.on} if judgment else set()
        stands = [each for each in one.costs if not (_from(one, again) and each.act in AWARDED)]
        counted += stands
        if cents := sums(stands, last.on if last else None).owed_cents:
            left.append(Left(one.file_id, one.ended_on, cents))
    last = judgment or last
    judged_on = last.on if last else None
    letters = [one for one in (*counted, *costs) if one.counts and one.act in _LIKE_A_LETTERS]
    judged = [one.judgment.on for one in earlier if one.judgment] + ([judgment.on] if judgment else [])
    return OfTenancy(
        sums=sums(costs, judged_on),
        left=tuple(left),
        judgment=last,
        booked=frozenset(
            one.act
            for one in costs
            if one.counts and one.payer is Payer.TENANT and not of_before(one, judged_on)
        ),
        first_judged_on=min(judged, default=None),
        like_a_letters_cents=sum(one.total_cents for one in letters),
        letters_owed_cents=sum(one.total_cents for one in letters if one.received_on is None),
    )


def _from(one: Earlier, again: set[date]) -> bool:
    return one.judgment is not None and one.judgment.on in again


def beside(found: OfTenancy, posted: Posted) -> int:
    """What is owed beside the rent account."""
    letters_cents = min(posted.letters_cents, found.like_a_letters_cents)
    return max(0, found.owed_cents - max(0, posted.court_cents + letters_cents))


def beside_claim(found: OfTenancy, posted: Posted, claimed_cents: int) -> int:
    """The same beside a claim that has interest and collection costs of its own: of those and of what was awarded the larger
    counts."""
    owed_cents = beside(found, posted)
    return owed_cents - min(found.letters_owed_cents, claimed_cents, owed_cents)


def came_in_before(earlier: Sequence[Earlier], act: Act, judged_on: date, cents: int) -> date | None:
    """When the tenant paid what this judgment awards, where an earlier file wrote it down and it was paid there."""
    return next(_paid(earlier, act, judged_on, cents), None)


def _paid(earlier: Sequence[Earlier], act: Act, judged_on: date, cents: int) -> Iterator[date]:
    for one in reversed(earlier):
        if one.judgment is not None and one.judgment.on == judged_on:
            for each in one.costs:
                if each.act is act and each.received_on is not None and each.cents >= cents:
                    yield each.received_on


def as_of(earlier: Sequence[Earlier], on: date) -> list[Earlier]:
    """The same as of a day: what was done after it is not there."""
    return [
        replace(
            one,
            costs=tuple(each for each in one.costs if each.on <= on),
            judgment=one.judgment if one.judgment and one.judgment.on <= on else None,
        )
        for one in earlier
    ]
