"""One kind of letter on somebody's desk: the text that counts, what there was before, and what is being typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.scope import organisation_scope
from tijdig.letters.actions_texts import save_text
from tijdig.letters.as_data import plain_body
from tijdig.letters.kind_words import KIND_NAMES, PURPOSE
from tijdig.letters.letter import Kind, Language
from tijdig.letters.letterhead import Letterhead
from tijdig.letters.preview import Look
from tijdig.letters.queries_texts import Standing, Version, letterhead, standing, versions
from tijdig.letters.text_changes import changes, told
from tijdig.letters.texts import Text
from tijdig.web.door import actor_of, person_of
from tijdig.web.scope import today
from tijdig.web.text_form import look_of
from tijdig.web.text_view import author, author_names


@dataclass(frozen=True, slots=True)
class Desk:
    """`known` are the stored versions, the newest first; `opened` is the version that the writer began from."""

    kind: Kind
    known: list[Version]
    names: dict[str, str]
    head: Letterhead | None
    opened: int
    reason: str
    look: Look

    @property
    def standing(self) -> Standing:
        return standing(self.kind, next(iter(self.known), None))

    @property
    def address(self) -> str:
        """The editor, in the language that is looked at."""
        address = reverse("letter-text", args=[self.kind])
        return address if self.look.language is Language.NL else f"{address}?taal={self.look.language}"

    def about(self) -> dict[str, Any]:
        """What every page of one kind shows: what it is for, what counts, and what there was."""
        now = self.standing
        return {
            "kind": self.kind,
            "name": KIND_NAMES[self.kind],
            "purpose": PURPOSE[self.kind],
            "standing": now,
            "by": author(now.version.made_by, self.names) if now.version else "",
            "versions": [(one, author(one.made_by, self.names)) for one in self.known],
            "opened": self.opened,
        }


def kind_of(text: str) -> Kind:
    """The kind that an address names; there is no other page."""
    try:
        return Kind(text)
    except ValueError:
        raise Http404 from None


def desk_of(request: HttpRequest, kind: Kind) -> Desk:
    """The desk of whoever asks, with what stands in the form that was sent."""
    organisation_id = person_of(request).organisation_id
    with organisation_scope(organisation_id):
        known, head = versions(kind), letterhead()
    given = request.POST if request.method == "POST" else request.GET
    opened = given.get("opened", "")
    plain = opened.isascii() and opened.isdecimal() and len(opened) < 6
    return Desk(
        kind,
        known,
        author_names(organisation_id),
        head,
        opened=int(opened) if plain else standing(kind, next(iter(known), None)).number,
        reason=" ".join(given.get("reden", "").split())[:400],
        look=look_of(kind, given),
    )


def save(request: HttpRequest, desk: Desk, text: Text, reason: str) -> None:
    """Make this the text that counts, and say what changed. Raises as `save_text`."""
    number = save_text(
        organisation_id=person_of(request).organisation_id,
        actor=actor_of(request),
        kind=desk.kind,
        body=plain_body(text),
        reason=reason,
        on=today(),
        opened=desk.opened,
    )
    if number == desk.standing.number:
        messages.info(request, _("Er is niets veranderd. Daarom is er geen nieuwe versie."))
        return
    said = _("Opgeslagen als versie %(n)s. Nieuwe brieven gaan met deze tekst.") % {"n": number}
    messages.success(request, f"{said} {told(changes(desk.standing.text, text))}")
