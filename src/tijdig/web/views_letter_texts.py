"""The texts of letters: all kinds, and the editor of one with the letter beside it as it will look."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tijdig.access.roles import Right
from tijdig.letters.draft import tidy
from tijdig.letters.kind_words import KIND_NAMES, PURPOSE
from tijdig.letters.letter import Kind, Language
from tijdig.letters.part_words import LANGUAGE_WORDS
from tijdig.letters.queries_texts import Standing, letterhead, newest, standing
from tijdig.letters.text_changes import Change, changes
from tijdig.letters.texts import Text, TextError
from tijdig.letters.values import NotRight
from tijdig.web.door import door, person_of
from tijdig.web.text_desk import Desk, desk_of, kind_of, save
from tijdig.web.text_form import Rearranged, look_of, parts_of, rearranged, rows, typed_text, whens
from tijdig.web.text_view import author, author_names, counts, fields_for, seen


@dataclass(frozen=True, slots=True)
class Refused:
    """Why it was not saved: a sentence for a field, or what somebody else changed meanwhile.

    What is wrong with the text itself stands among the checks.
    """

    errors: dict[str, str] = field(default_factory=dict)
    since: tuple[Change, ...] = ()
    opened: int | None = None


@door(Right.SEE_WORKLIST, or_right=Right.SET_TEXTS)
def index(request: HttpRequest) -> HttpResponse:
    """The nine kinds, each with where its text stands."""
    found, names = newest(), author_names(person_of(request).organisation_id)
    lines = [_line(standing(kind, found.get(kind)), names) for kind in Kind]
    return render(request, "letter_texts.html", {"lines": lines})


def _line(one: Standing, names: dict[str, str]) -> dict[str, Any]:
    kind, (musts, tips) = one.text.kind, counts(one.text)
    return {
        "kind": kind,
        "name": KIND_NAMES[kind],
        "purpose": PURPOSE[kind],
        "standing": one,
        "by": author(one.version.made_by, names) if one.version else "",
        "musts": musts,
        "tips": tips,
    }


@door(Right.SET_TEXTS, "GET", "POST", own_scope=True)
def edit(request: HttpRequest, kind: str) -> HttpResponse:
    """The form with the letter beside it; POST saves a new version, or does what a button beside a paragraph says."""
    desk = desk_of(request, kind_of(kind))
    if request.method != "POST":
        return render(request, "letter_text.html", _context(desk, desk.standing.text))
    typed, asked = typed_text(desk.kind, 1, request.POST), request.POST.get("do", "")
    if asked == "save":
        refused = _saved(request, desk, typed)
        if refused is None:
            return HttpResponseRedirect(desk.address)
        return render(request, "letter_text.html", _context(desk, typed, refused=refused), status=400)
    moved = rearranged(typed, asked)
    if moved and request.headers.get("HX-Request"):
        return _moved_rows(request, desk, moved)
    return render(request, "letter_text.html", _context(desk, moved.text if moved else typed, moved=moved))


@door(Right.SET_TEXTS, "POST")
def look(request: HttpRequest, kind: str) -> HttpResponse:
    """The letter as it will look with what is typed so far, and what is found in it."""
    one = kind_of(kind)
    context = seen(typed_text(one, 1, request.POST), look_of(one, request.POST), letterhead())
    return render(request, "letter_text.html#live", context | {"kind": one, "parts": parts_of(one)})


def _saved(request: HttpRequest, desk: Desk, typed: Text) -> Refused | None:
    text = tidy(typed)
    try:
        save(request, desk, text, desk.reason)
    except TextError:
        return Refused()
    except NotRight as refused:
        errors = {fault.code.partition("_")[0]: fault.sentence for fault in refused.faults}
        if "changed" not in errors:
            return Refused({"reason": errors["reason"]} if "reason" in errors else {})
        return Refused(
            {"changed": errors["changed"]}, changes(desk.standing.text, text), desk.standing.number
        )
    return None


def _context(
    desk: Desk, typed: Text, *, refused: Refused | None = None, moved: Rearranged | None = None
) -> dict[str, Any]:
    found = seen(typed, desk.look, desk.head)
    context = desk.about() | found | {"whens": whens(desk.kind), "refused": refused, "reason": desk.reason}
    if refused and refused.opened is not None:
        context["opened"] = refused.opened
    return context | {
        "sides": [_side(typed, one, moved) | {"short": found["shorts"][one]} for one in Language],
        "fields": fields_for(desk.kind),
        "parts": parts_of(desk.kind),
    }


def _side(typed: Text, language: Language, moved: Rearranged | None) -> dict[str, Any]:
    """One language of the form."""
    here = moved is not None and moved.language is language
    focus = (moved.row, moved.focus) if moved and here else (-1, "")
    parts = typed.parts[language]
    return {
        "language": language,
        "name": LANGUAGE_WORDS[language],
        "parts": parts,
        "rows": rows(parts, focus),
        "none_left": here and not parts.paragraphs,
    }


def _moved_rows(request: HttpRequest, desk: Desk, moved: Rearranged) -> HttpResponse:
    """Only the paragraphs of that language; the preview asks for itself anew."""
    side = _side(moved.text, moved.language, moved)
    context = {"kind": desk.kind, "whens": whens(desk.kind), "side": side}
    answer = render(request, "letter_text.html#rows", context)
    answer["HX-Trigger-After-Settle"] = "rows"
    return answer
