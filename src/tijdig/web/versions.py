"""What somebody wrote down at a tenancy, in the words of its time line: for two versions side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tijdig.cases.queries import tenancy_file
from tijdig.cases.queries_facts import Facts
from tijdig.cases.time_line import Behind, Kind, TimeLineItem
from tijdig.cases.together import WRITTEN
from tijdig.history.queries import Happening
from tijdig.letters.queries import named
from tijdig.tenancies.flags import FLAG_LABEL
from tijdig.tenancies.queries_flags import flags_of
from tijdig.web.scope import today
from tijdig.web.templatetags.letters import who_did
from tijdig.web.time_line import happened

_BEHIND = {
    "contact": Behind.CONTACT,
    "arrangement": Behind.ARRANGEMENT,
    "ruling": Behind.RULING,
    "objection": Behind.OBJECTION,
}


@dataclass(frozen=True, slots=True)
class Version:
    """One thing that was or would be written down; `note` is what a person wrote beside it."""

    title: str
    sentence: str
    note: str
    who: str
    at: datetime


def versions(tenancy_id: int, events: Sequence[Happening]) -> list[Version]:
    """These events in words; in the transaction in which they stand."""
    file = tenancy_file(tenancy_id, as_of=today())
    items = happened(Facts(file), now=True) if file and events else []
    names = named({one.actor for one in events})
    known = flags_of(tenancy_id, today()) if any("flag" in one.facts for one in events) else []
    flags = {one.id: FLAG_LABEL[one.kind] for one in known if one.id is not None}
    return [_version(one, _line(one, items), flags, who_did(one.actor, names)) for one in events]


def _version(event: Happening, line: TimeLineItem | None, flags: Mapping[int, str], who: str) -> Version:
    title = line.title if line else WRITTEN.get(event.verb, event.verb)
    sentence = line.sentence if line else flags.get(event.facts.get("flag", 0), "")
    note = "" if event.text in (*sentence.split(". "), sentence) else event.text
    return Version(title, sentence, note, who, event.recorded_at)


def _line(event: Happening, items: Sequence[TimeLineItem]) -> TimeLineItem | None:
    """The newest line about the same thing by the same person."""
    for name, behind in _BEHIND.items():
        if number := event.facts.get(name):
            return next((one for one in items if _is_of(one, behind, number, event.actor)), None)
    return None


def _is_of(item: TimeLineItem, behind: Behind, number: int, actor: str) -> bool:
    target = item.target
    same = target is not None and (target.kind, target.id) == (behind, number)
    return same and item.actor == actor and item.kind is not Kind.PROMISE
