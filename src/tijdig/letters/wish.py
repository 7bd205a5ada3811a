"""What somebody asks for when he writes a letter: to whom, of which kind, with what he typed.

Decides nothing. `given` has the facts of `asked.ask_for`; `reason` is why an amount that is not sure is taken all the same;
`channel` is None for the way that suits the tenant; `link` asks for a link to pay by, where there is a provider.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tijdig.carriers.channel import Channel
from tijdig.letters.letter import Fact, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    tenancy_id: int
    kind: Kind
    on: date
    given: Mapping[str, Fact] = field(default_factory=dict)
    reason: str = ""
    channel: Channel | None = None
    link: bool = False
