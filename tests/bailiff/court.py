"""A file before the court, for the tests of the way there: who writes, and the deeds up to a judgment that was served."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.bailiff import partners
from tests.bailiff.partners import BY, SECOND, TODAY

from tijdig.access.scope import organisation_scope
from tijdig.arrangements.kinds import Rhythm
from tijdig.arrangements.plan import Ask
from tijdig.bailiff.actions_track import write
from tijdig.bailiff.deed_draft import DeedDraft
from tijdig.bailiff.eviction_check import CHECKS, Box, Fact, Source
from tijdig.bailiff.kinds import Side
from tijdig.bailiff.queries_in_file import deeds_of
from tijdig.bailiff.track import Deed, Judgment, Track, tell
from tijdig.cases.actions_arrange import arrange
from tijdig.cases.queries_arrange import ground

Place = tuple[int, int, int, tuple[int, int, str]]
OURS: dict[str, Any] = BY | {"side": Side.CORPORATION, "role": "consultant"}
LEAD: dict[str, Any] = SECOND | {"side": Side.CORPORATION, "role": "team_lead"}
TERM = 14
LEAVES = TODAY + timedelta(days=TERM + 1)  # the first day after the term, where it was served today
JUDGED = Judgment(
    on=TODAY, principal_cents=130_020, through_on=TODAY, interest_cents=1_000, collection_cents=0, costs_cents=60_000,
    dissolved=True, eviction=True, vacate_days=TERM,
)  # fmt: skip
FACTS = tuple(Fact(box, f"Wat bekend is over {box.value}.", Source.TENANCY) for box in Box)
LOOKED: dict[str, Any] = {"check": tuple(CHECKS), "facts": FACTS}
TOLD: dict[str, Any] = {"at": "Maastricht, per e-mail"}
CONDITIONS = "De huurder betaalt de gewone huur op tijd, en de termijnen."


def theirs(who: tuple[int, int, str]) -> dict[str, Any]:
    return {
        "actor": f"user:{who[1]}",
        "name": "Piet Maas",
        "side": Side.PARTNER,
        "on": TODAY,
        "role": "partner",
    }


def does(organisation: int, number: int, by: dict[str, Any], deed: Deed, **more: Any) -> int:
    given: dict[str, Any] = {"deed": deed, "on": by["on"], "reason": "Omdat niets anders hielp."} | more
    return write(
        organisation_id=organisation, file_id=number, draft=DeedDraft(**given), asked_as=uuid4(), **by
    )


def to_judgment(place: Place) -> None:
    organisation, _tenancy, number, who = place
    with partners.at_partner(organisation, who):
        does(organisation, number, theirs(who), Deed.SUMMONS_PROPOSED)
    does(organisation, number, OURS, Deed.SUMMONS_AGREED)
    with partners.at_partner(organisation, who):
        does(
            organisation,
            number,
            theirs(who),
            Deed.SUMMONED,
            at_on=TODAY + timedelta(days=20),
            at="Maastricht",
        )
        does(organisation, number, theirs(who), Deed.JUDGMENT, judgment=JUDGED)
        does(organisation, number, theirs(who), Deed.SERVED)


def to_announced(place: Place) -> None:
    organisation, _tenancy, number, who = place
    to_judgment(place)
    does(organisation, number, OURS, Deed.EVICTION_PROPOSED)
    does(organisation, number, OURS, Deed.MUNICIPALITY_TOLD, **TOLD)
    does(organisation, number, OURS, Deed.EVICTION_AGREED, **LOOKED)
    does(organisation, number, LEAD, Deed.EVICTION_AGREED, **LOOKED)
    with partners.at_partner(organisation, who):
        does(organisation, number, theirs(who), Deed.ANNOUNCED, at_on=LEAVES)


def a_plan(organisation: int, tenancy: int, actor: str = "user:1", cents: int = 20_000) -> int:
    """An arrangement over everything that is overdue, from five days on."""
    with organisation_scope(organisation):
        stands_on = ground(tenancy, TODAY)
        assert stands_on is not None
    made = arrange(
        organisation_id=organisation, actor=actor, tenancy_id=tenancy,
        ask=Ask(stands_on.overdue_cents, cents, TODAY + timedelta(days=5), Rhythm.MONTHLY, ()),
        entries=[one.entry for one in stands_on.items], reason="Meer kan hij niet missen.", asked_as=uuid4(), on=TODAY,
    )  # fmt: skip
    assert made is not None
    return made


def stands(organisation: int, number: int) -> Track:
    with organisation_scope(organisation):
        return tell(deeds_of([number])[number])
