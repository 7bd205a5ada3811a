"""Being busy with a tenancy, and telling it to every open screen: what the doors call. As `caseload.actions_pickup`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from tijdig.access.scope import organisation_scope
from tijdig.caseload import actions_pickup
from tijdig.caseload.pickup import Picked
from tijdig.cases.actions import tell

PICKUP = "pickup"  # what open screens are told
P = ParamSpec("P")
T = TypeVar("T", bound=Picked | bool | None)


def _telling(act: Callable[P, T]) -> Callable[P, T]:
    """The same act; where it changed who is busy, every open screen hears so in the same transaction."""

    @wraps(act)
    def told(*args: P.args, **given: P.kwargs) -> T:
        named: dict[str, Any] = given
        with organisation_scope(named["organisation_id"]):
            made = act(*args, **given)
            if made.new if isinstance(made, Picked) else made:
                tell(named["organisation_id"], {PICKUP: [named["tenancy_id"]]})
            return made

    return told


pick_up = _telling(actions_pickup.pick_up)
take_over = _telling(actions_pickup.take_over)
put_down = _telling(actions_pickup.put_down)
hand_back = _telling(actions_pickup.hand_back)
