"""Writing a letter to one tenant: which kind, what a person types, how it will look, and off it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.base.money import euro
from tijdig.carriers.channel import Channel
from tijdig.letters.actions import write
from tijdig.letters.actions_carriers import has_links
from tijdig.letters.asked import Asked, AskedType, ask_for
from tijdig.letters.kind_words import KIND_NAMES, PURPOSE
from tijdig.letters.letter import Fact, Kind, Language
from tijdig.letters.picture import pictures
from tijdig.letters.queries_basis import Ground
from tijdig.letters.queries_compose import Choice, choices, compose, ground_of, may_link
from tijdig.letters.render import render as render_letter
from tijdig.letters.values import Fault, NotRight
from tijdig.letters.ways import LABEL, ways
from tijdig.letters.wish import Wish
from tijdig.tenancies.queries import cards
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.law_forms import Typed
from tijdig.web.scope import today


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to type, with what stands in it."""

    asked: Asked
    kind: str  # day, or line
    value: str
    error: str


@door(Right.WRITE_LETTER)
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Every kind of letter, and which can be written to this tenant now."""
    context: dict[str, Any] = {"tenancy": _card(pk), "purpose": PURPOSE, "names": KIND_NAMES}
    try:
        stands_on = ground_of(pk, on=today(), by=person_of(request).name)
    except NotRight as refused:
        return render(request, "letter_choose.html", context | {"faults": refused.faults})
    assert stands_on is not None  # the card is there, so the tenancy is
    found = choices(stands_on)
    context["can"] = [_told(one) for one in found if not one.faults]
    context["cannot"] = [_told(one) for one in found if one.faults]
    return render(request, "letter_choose.html", context)


def _told(one: Choice) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "name": KIND_NAMES[one.kind],
        "purpose": PURPOSE[one.kind],
        "faults": one.faults,
    }


@door(Right.WRITE_LETTER, "GET", "POST", own_scope=True)
def new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The form of one kind with how it will look beside it; POST writes the letter and queues it."""
    form = _Form(request, pk, _kind(kind))
    if request.method == "POST" and not form.typed.errors:
        try:
            made = write(
                organisation_id=person_of(request).organisation_id,
                actor=actor_of(request),
                by=person_of(request).name,
                wish=form.wish,
                now=timezone.now(),
                asked_as=form.asked_as,
            )
        except NotRight as refused:
            form.faults = refused.faults
        else:
            return HttpResponseRedirect(reverse("letter", args=[made]))
    with organisation_scope(person_of(request).organisation_id):
        context = form.context(look=True)
    return render(request, "letter_new.html", context, status=400 if form.wrong and form.posted else 200)


@door(Right.WRITE_LETTER, "POST", own_scope=True)
def look(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """How the letter will look with what is typed so far."""
    form = _Form(request, pk, _kind(kind))
    with organisation_scope(person_of(request).organisation_id):
        context = form.context(look=True)
    part = "#look" if request.headers.get("HX-Request") else ""
    return render(request, f"letter_new.html{part}", context)


class _Form:
    """What was typed, read against what the kind asks; before anything is typed, what is suggested."""

    def __init__(self, request: HttpRequest, pk: int, kind: Kind) -> None:
        self.request, self.pk, self.kind = request, pk, kind
        self.posted = request.method == "POST"
        self.faults: tuple[Fault, ...] = ()
        self.by = person_of(request).name
        with organisation_scope(person_of(request).organisation_id):
            self.card = _card(pk)
            self.ground = self._ground()
        self.asked = ask_for(kind)
        self.typed = Typed(request.POST if self.posted else self._suggested(), *["stuur"])
        self.given = _given(self.typed, self.asked)
        self.reason = self.typed.line("reden")[:400]
        self.asked_as = _uuid(request.POST.get("formulier", "")) or uuid4()
        self.wish = self._wish()

    def _ground(self) -> Ground | None:
        try:
            return ground_of(self.pk, on=today(), by=self.by)
        except NotRight as refused:
            self.faults = refused.faults
            return None

    def _suggested(self) -> QueryDict:
        given = QueryDict(mutable=True)
        given["stuur"] = "1"
        for one in ask_for(self.kind):
            value = one.suggest(self.ground.basis) if self.ground else None
            given[one.name] = _shown(one, value)
        return given

    def _wish(self) -> Wish:
        return Wish(
            tenancy_id=self.pk,
            kind=self.kind,
            on=today(),
            given=self.given,
            reason=self.reason,
            channel=_channel(self.request.POST.get("weg", "")),
            link="link" in self.request.POST,
        )

    @property
    def wrong(self) -> bool:
        return bool(self.faults or self.typed.errors)

    def context(self, *, look: bool) -> dict[str, Any]:
        """What the page shows; a letter that cannot be made yet shows why."""
        context: dict[str, Any] = {
            "tenancy": self.card,
            "kind": self.kind,
            "name": KIND_NAMES[self.kind],
            "purpose": PURPOSE[self.kind],
            "fields": [self._field(one) for one in self.asked],
            "reason": self.reason,
            "ways": self._ways(),
            "links": self._may_link(),
            "link": self.wish.link,
            "form_id": self.asked_as,
            "posted": self.posted,
        }
        if look and not self.typed.errors and self.ground is not None:
            context |= self._look()
        faults = [fault for fault in self.faults if not self._about_empty(fault)]
        return context | {"faults": faults, "doubtful": any(one.code == "provisional" for one in self.faults)}

    def _about_empty(self, fault: Fault) -> bool:
        """A field that was not filled yet is no fault before the form is sent."""
        return not self.posted and fault.code == "given_missing"

    def _look(self) -> dict[str, Any]:
        try:
            composed = compose(self.wish, by=self.by)
        except NotRight as refused:
            self.faults = self.faults or refused.faults
            return {}
        paper = render_letter(composed.letter, composed.text)
        return {
            "paper": paper.text,
            "pictures": pictures(composed.letter, composed.text),
            "way": LABEL[composed.channel],
        }

    def _may_link(self) -> bool:
        language = self.ground.basis.to.language if self.ground else Language.NL
        return may_link(self.kind, language) and has_links(person_of(self.request).organisation_id)

    def _field(self, one: Asked) -> Field:
        kind = "day" if one.type is AskedType.DAY else "line"
        return Field(one, kind, self.typed.values.get(one.name, ""), self.typed.errors.get(one.name, ""))

    def _ways(self) -> list[tuple[str, str, bool]]:
        """The ways that are open, the first one chosen where nobody chose."""
        if self.ground is None:
            return []
        found = ways(self.kind, self.ground.reach)
        chosen = self.wish.channel if self.wish.channel in found else found[0]
        return [(way.value, LABEL[way], way is chosen) for way in found]


def _given(typed: Typed, asked: tuple[Asked, ...]) -> Mapping[str, Fact]:
    """The facts that were typed; what was left empty is not among them."""
    given: dict[str, Fact] = {}
    for one in asked:
        value: Fact | None
        if one.type is AskedType.DAY:
            value = typed.day_or_none(one.name)
        elif one.type is AskedType.CENTS:
            value = typed.amount_or_none(one.name) or None
        else:
            value = typed.line(one.name) or None
        if value is not None:
            given[one.name] = value
    return given


def _shown(one: Asked, value: Fact | None) -> str:
    if value is None:
        return ""
    if one.type is AskedType.CENTS:
        return euro(int(value)).removeprefix("€\u00a0")  # type: ignore[arg-type]
    return str(value)


def _card(pk: int) -> Any:
    found = cards([pk]).get(pk)
    if found is None:
        raise Http404
    return found


def _kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError:
        raise Http404 from None


def _channel(text: str) -> Channel | None:
    return Channel(text) if text in set(Channel) else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(hex=text)
    except ValueError:
        return None
