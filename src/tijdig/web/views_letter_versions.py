"""The earlier versions of a text: to look at, and to make count again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from tijdig.access.roles import Right
from tijdig.letters.text_changes import changes
from tijdig.letters.texts import Text, default
from tijdig.letters.values import NotRight
from tijdig.web.door import door
from tijdig.web.text_desk import Desk, desk_of, kind_of, save
from tijdig.web.text_view import author, seen


@door(
    Right.SEE_WORKLIST,
    "GET",
    "POST",
    or_right=Right.SET_TEXTS,
    post_right=Right.SET_TEXTS,
    own_scope=True,
)
def version(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A version to look at, 0 being the text that tijdig ships; POST makes it the text that counts, as a new version."""
    desk = desk_of(request, kind_of(kind))
    found = next((one for one in desk.known if one.number == pk), None)
    if found is None and pk:
        raise Http404
    text = found.text if found else default(desk.kind)
    if request.method == "POST":
        return _counts_again(request, desk, text, pk)
    context = desk.about() | {
        "number": pk,
        "found": found,
        "made_by": author(found.made_by, desk.names) if found else "",
        "differs": changes(desk.standing.text, text),
    }
    return render(request, "letter_text_version.html", context | seen(text, desk.look, desk.head))


def _counts_again(request: HttpRequest, desk: Desk, text: Text, number: int) -> HttpResponse:
    usual = f"Terug naar versie {number}." if number else "Terug naar de tekst van tijdig."
    try:
        save(request, desk, text, desk.reason or usual)
    except NotRight as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("letter-text-version", args=[desk.kind, number]))
    return HttpResponseRedirect(desk.address)
