"""The time line as the page of a tenancy shows it: narrowed, cut to the newest lines, with its links and what one may do.

The letters room lies above the cases, so here a letter gets its name, and letters that did not go come in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils.functional import Promise as Lazy
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from tijdig.base.money import euro
from tijdig.cases.queries_facts import Facts
from tijdig.cases.queries_time_line import time_line
from tijdig.cases.time_line import (
    GROUP_LABEL,
    Behind,
    Kind,
    Target,
    TimeLineItem,
    by_day,
    counted,
    moment_on,
    of_group,
    ordered,
)
from tijdig.law.answer import short_day
from tijdig.letters.kind_words import KIND_NAMES
from tijdig.letters.letter import Kind as LetterKind
from tijdig.letters.queries import LetterLine, letters_of, named
from tijdig.web.chart_marks import sign_of
from tijdig.web.contact_lines import Line as ContactLine
from tijdig.web.contact_lines import actors_of, lines_of
from tijdig.web.templatetags.letters import who_did
from tijdig.web.templatetags.tijdig import clock, day_name, dutch_date
from tijdig.web.time_line_help import help_items

AT_ONCE = 20
ALL = "alles"
_LABEL: dict[str, str | Lazy] = {
    ALL: gettext_lazy("alles"),
    "geld": gettext_lazy("geld"),
    "contact": gettext_lazy("contact"),
    "brieven": gettext_lazy("brieven"),
    "regelingen": gettext_lazy("regelingen"),
    "besluiten": gettext_lazy("besluiten"),
}
GROUP_NAMED = {word: group for group, word in GROUP_LABEL.items()}
_VERB = {
    Kind.LETTER_SENT: "verstuurd",
    Kind.LETTER_DELIVERED: "bezorgd",
    Kind.LETTER_BOUNCED: "kwam terug",
}
_WRITTEN = "geschreven"
_IN_THE_LINE = (Behind.DECISION,)
_BY_ITSELF = (Behind.LETTER, Behind.CONFERENCE, Behind.REPLY)  # pages that are not of one tenancy


@dataclass(frozen=True, slots=True)
class Shown:
    """One line: what happened, where it leads to, who did it, and what stands behind it."""

    item: TimeLineItem
    href: str
    who: str
    contact: ContactLine | None
    reasons_at: str  # the address of the reasons of a decision, empty for anything else

    @property
    def sign(self) -> str:
        """The same sign as on the chart; empty where there is none."""
        return sign_of(self.item)

    @property
    def clock(self) -> str:
        return clock(self.item.at)

    @property
    def sum(self) -> str:
        return "" if self.item.cents is None else euro(self.item.cents)


@dataclass(frozen=True, slots=True)
class ShownDay:
    on: date
    lines: tuple[Shown, ...]

    @property
    def name(self) -> str:
        """`vr`, in the reader's language."""
        return day_name(self.on)[:2]

    @property
    def iso(self) -> str:
        return self.on.isoformat()

    @property
    def written(self) -> str:
        return dutch_date(self.on)


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow the line: its word, how many lines it has, and its address."""

    word: str
    label: str | Lazy
    count: int
    current: bool
    address: str


@dataclass(frozen=True, slots=True)
class TimeLine:
    """What the page shows. `more` is the address with older lines, empty where there are none."""

    days: tuple[ShownDay, ...]
    filters: tuple[Filter, ...]
    chosen: str
    total: int
    older: int
    more: str


def happened(facts: Facts, *, now: bool) -> list[TimeLineItem]:
    """All that happened, with letters by their names. `now`: the page is of today, so where a letter stands is of today."""
    letters = {one.id: one for one in letters_of(facts.tenancy_id, facts.as_of)}
    items = [_named(item, letters) for item in time_line(facts)]
    gone = {item.target.id for item in items if item.kind is Kind.LETTER_SENT and item.target}
    waits = _not_gone(facts, (one for pk, one in letters.items() if pk not in gone), now)
    return ordered([*items, *help_items(facts), *waits])


def _named(item: TimeLineItem, letters: Mapping[int, LetterLine]) -> TimeLineItem:
    """A letter goes by its kind and reference."""
    if item.kind not in _VERB or item.about not in KIND_NAMES:
        return item
    known = letters.get(item.target.id) if item.target else None
    reference = f" {known.reference}" if known else ""
    title = f"{KIND_NAMES[LetterKind(item.about)]}{reference} {_VERB[item.kind]}"
    return replace(item, title=title[:1].upper() + title[1:])


def _not_gone(facts: Facts, letters: Iterable[LetterLine], now: bool) -> Iterator[TimeLineItem]:
    """Letters that wait, were stopped, or went to the program's own mailbox: nothing of them reached anybody."""
    for one in letters:
        if not facts.was(one.dated_on, one.made_at):
            continue
        title = f"{one.kind_label} {one.reference} {_WRITTEN}"
        yield TimeLineItem(
            kind=Kind.LETTER_WRITTEN,
            on=one.dated_on,
            at=moment_on(one.dated_on, one.made_at),
            title=title[:1].upper() + title[1:],
            sentence=_stands(one) if now and facts.known_at is None else "",
            actor=one.made_by,
            target=Target(Behind.LETTER, one.id),
            cents=one.open_cents or None,
            about=one.kind.value,
            seq=one.id,
        )


def _stands(one: LetterLine) -> str:
    if one.state is None:
        return "niet klaargezet om te gaan"
    sent = f" {short_day(one.sent_on)}" if one.sent_on else ""
    return f"{one.way_label}, {one.state_label}{sent}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks of the page, who he is, and when. `whole`: with the older bookings of the account."""

    chosen: str
    most: int
    today: date
    now: datetime
    actor: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Entries:
    """Where a booking stands: on this page, or on the same page with the whole account."""

    here: frozenset[int]
    whole: str

    def address(self, number: int) -> str:
        return f"#entry-{number}" if number in self.here else f"{self.whole}#entry-{number}"


def entries_shown(facts: Facts, asked: Asked, most: int) -> Entries:
    """The newest bookings stand on the page, or all of them where they were asked for."""
    lines = facts.file.lines if asked.whole else facts.file.lines[:most]
    whole = _address(facts, replace(asked, whole=True), asked.chosen, asked.most)
    return Entries(frozenset(line.entry_id for line in lines), whole)


def shown(facts: Facts, items: Sequence[TimeLineItem], asked: Asked, entries: Entries) -> TimeLine:
    """The newest lines of the chosen group; of all of them where the word is none that we know."""
    chosen = asked.chosen if asked.chosen in GROUP_NAMED else ALL
    of_chosen = of_group(items, GROUP_NAMED.get(chosen))
    newest = of_chosen[: asked.most]
    older = len(of_chosen) - len(newest)
    fill = _Fill(facts, newest, asked, entries)
    days = tuple(ShownDay(day.on, tuple(fill.line(item) for item in day.items)) for day in by_day(newest))
    more = _address(facts, asked, chosen, asked.most + AT_ONCE) if older else ""
    filters = tuple(_filters(facts, items, asked, chosen))
    return TimeLine(days, filters, chosen, len(of_chosen), older, more)


def _filters(facts: Facts, items: Sequence[TimeLineItem], asked: Asked, chosen: str) -> Iterator[Filter]:
    counts = counted(items)
    for word, label in _LABEL.items():
        many = len(items) if word == ALL else counts[GROUP_NAMED[word]]
        yield Filter(word, label, many, word == chosen, _address(facts, asked, word, AT_ONCE))


def _address(facts: Facts, asked: Asked, word: str, most: int) -> str:
    """The page with this part of the line, of the same day and the same knowledge."""
    query: dict[str, str] = {}
    if facts.as_of != asked.today:
        query["as_of"] = facts.as_of.isoformat()
    if facts.known_at is not None:
        query["known_at"] = f"{facts.known_at:%Y-%m-%d}"
    if word in GROUP_NAMED:
        query["tijdlijn"] = word
    if most != AT_ONCE:
        query["regels"] = str(most)
    if asked.whole:
        query["rekening"] = ALL
    return f"{reverse('tenancy', args=[facts.tenancy_id])}?{urlencode(query)}".rstrip("?")


class _Fill:
    """What the lines that are shown need beside themselves: read once for all of them."""

    def __init__(self, facts: Facts, items: Sequence[TimeLineItem], asked: Asked, entries: Entries) -> None:
        own = {item.target.id for item in items if item.target and _is_contact(item)}
        contacts = [one for one in facts.contacts if one.id in own]
        self._tenancy_id, self._entries = facts.tenancy_id, entries
        self._names = named({item.actor for item in items} | actors_of(contacts))
        made = lines_of(contacts, facts.promises, now=asked.now, actor=asked.actor, names=self._names)
        self._contacts = {line.id: line for line in made}

    def line(self, item: TimeLineItem) -> Shown:
        number = item.target.id if item.target else 0
        return Shown(
            item,
            self._href(item),
            who_did(item.actor, self._names) if item.actor else "",
            self._contacts.get(number) if _is_contact(item) else None,
            reverse("decision", args=[self._tenancy_id, number]) if item.kind is Kind.DECISION else "",
        )

    def _href(self, item: TimeLineItem) -> str:
        """Where what is behind the line stands; a contact and a decision stand in the line itself."""
        target = item.target
        if target is None or target.kind in _IN_THE_LINE:
            return ""
        if target.kind is Behind.ENTRY:
            return self._entries.address(target.id)
        if target.kind is Behind.CONTACT:
            return "" if _is_contact(item) or target.id not in self._contacts else f"#contact-{target.id}"
        if target.kind in _BY_ITSELF:
            return reverse(target.kind.value, args=[target.id])
        if target.kind is Behind.OBJECTION:
            return reverse("objection", args=[self._tenancy_id, target.id])
        page = reverse(target.kind.value, args=[self._tenancy_id])
        return f"{page}?as_of={target.on}" if target.on else page


def _is_contact(item: TimeLineItem) -> bool:
    return item.target is not None and item.target.kind is Behind.CONTACT and item.kind is not Kind.PROMISE
