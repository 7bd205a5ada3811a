"""Writing a letter to one tenant: what a person types, how it will look, and off it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.base.money import euro
from tijdig.carriers.channel import Channel
from tijdig.letters.actions import write
from tijdig.letters.actions_carriers import has_links
from tijdig.letters.asked import Asked, AskedType, ask_for
from tijdig.letters.given_checks import field_faults
from tijdig.letters.kind_words import KIND_NAMES, PURPOSE
from tijdig.letters.letter import Fact, Kind, Language
from tijdig.letters.picture import pictures
from tijdig.letters.queries import written_on
from tijdig.letters.queries_basis import Ground
from tijdig.letters.queries_box import sendings_of
from tijdig.letters.queries_compose import TWICE, compose, ground_of, may_link, to_ask
from tijdig.letters.render import render as render_letter
from tijdig.letters.states import TO_GO
from tijdig.letters.values import Fault, NotRight
from tijdig.letters.ways import LABEL, ways
from tijdig.letters.wish import Wish
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.law_forms import Typed
from tijdig.web.reads import DOSSIER
from tijdig.web.scope import today
from tijdig.web.templatetags.tijdig import clock_words, long_day
from tijdig.web.views_letter_choose import card_of


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to type, with what stands in it."""

    asked: Asked
    kind: str  # day, or line
    value: str
    error: str


@door(Right.WRITE_LETTER, "GET", "POST", own_scope=True, reads=DOSSIER)
def new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The form of one kind with how it will look beside it; POST writes the letter and queues it."""
    form = _Form(request, pk, _kind(kind))
    form.look_at_fields()
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
            _say_made(request, made)
            return HttpResponseRedirect(reverse("letter", args=[made]))
    with organisation_scope(person_of(request).organisation_id):
        context = form.context(look=True)
    return render(request, "letter_new.html", context, status=400 if form.wrong and form.posted else 200)


def _say_made(request: HttpRequest, letter_id: int) -> None:
    """What happens to the letter now, said on its page."""
    with organisation_scope(person_of(request).organisation_id):
        row = next(iter(sendings_of(letter_id)), None)
    if row is None or row.state not in TO_GO:
        return
    if row.channel is Channel.PRINT:
        said = gettext("De brief is gemaakt. Hij ligt klaar voor de post.")
    elif row.go_at > timezone.now():
        said = gettext("De brief is gemaakt. Het bericht gaat %(day)s om %(time)s uur.") % {
            "day": long_day(row.go_at),
            "time": clock_words(row.go_at),
        }
    else:
        said = gettext("De brief is gemaakt. Het bericht wordt nu verstuurd.")
    messages.success(request, said)


@door(Right.WRITE_LETTER, "POST", own_scope=True)
def look(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """How the letter will look with what is typed so far."""
    form, whole = _Form(request, pk, _kind(kind)), not request.headers.get("HX-Request")
    if whole:
        form.look_at_fields()
    with organisation_scope(person_of(request).organisation_id):
        context = form.context(look=True)
    part = "" if whole else "#look"
    return render(request, f"letter_new.html{part}", context)


class _Form:
    """What was typed, read against what the kind asks; before anything is typed, what is suggested."""

    def __init__(self, request: HttpRequest, pk: int, kind: Kind) -> None:
        self.request, self.pk, self.kind = request, pk, kind
        self.posted = request.method == "POST"
        self.whole = False  # the page is shown whole, so what is wrong stands above the form
        self.faults: tuple[Fault, ...] = ()
        self.before: int | None = None  # the letter of this kind that was written today
        self.by = person_of(request).name
        with organisation_scope(person_of(request).organisation_id):
            self.card = card_of(pk)
            self.ground = self._ground()
        self.asked = to_ask(kind, self.ground) if self.ground else ask_for(kind)
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

    def look_at_fields(self) -> None:
        """What was sent is looked at field by field; what is missing or odd then stands beside its field."""
        self.whole = True
        if self.posted:
            self.typed.errors |= {
                name: wish
                for name, wish in field_faults(self.asked, self.given).items()
                if name not in self.typed.errors
            }

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
        }
        if look and not self.typed.errors and self.ground is not None:
            context |= self._look()
        context["faults"] = [fault for fault in self.faults if not self._about_empty(fault)]
        context["errors"] = self._errors()
        context["on_top"] = self.whole and self.posted and bool(context["faults"] or context["errors"])
        context["doubtful"] = any(one.code == "provisional" for one in self.faults)
        context["before"] = self.before
        return context

    def _errors(self) -> list[tuple[str, str, str]]:
        """What is wrong beside the fields: name, label, sentence, in the order of the form."""
        found = self.typed.errors
        return [(one.name, one.label, found[one.name]) for one in self.asked if one.name in found]

    def _about_empty(self, fault: Fault) -> bool:
        """A field that was not filled yet is no fault before the form is sent."""
        return not self.posted and fault.code == "given_missing"

    def _look(self) -> dict[str, Any]:
        self.before = written_on(self.pk, today()).get(self.kind)
        if self.before:
            self.faults = self.faults or (TWICE,)
            return {}
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
