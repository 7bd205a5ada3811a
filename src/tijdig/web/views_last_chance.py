"""A last chance on paper, for both to sign: what the tenant pays and when, what happens if not, and where help is."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tijdig.access.queries import corporation
from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.bailiff.chance import what_stays
from tijdig.bailiff.queries import agreement, files_of
from tijdig.bailiff.queries_chance import chance_of
from tijdig.bailiff.queries_in_file import deeds_of
from tijdig.bailiff.queries_partner import opened
from tijdig.bailiff.track import tell
from tijdig.bailiff.values import File
from tijdig.letters.queries_texts import letterhead
from tijdig.tenancies.queries import lease
from tijdig.web.door import door, person_of
from tijdig.web.reads import DOSSIER, PARTNER_FILE
from tijdig.web.scope import today
from tijdig.web.still_theirs import still_theirs


@door(Right.SEE_TENANCY, own_scope=True, reads=DOSSIER)
def bailiff_last_chance(request: HttpRequest, pk: int) -> HttpResponse:
    """For the corporation, of the newest file."""
    organisation = person_of(request).organisation_id
    with organisation_scope(organisation):
        found = next(iter(files_of(pk)), None)
        context = _paper(organisation, found) if found else None
    return _shown(request, context, reverse("bailiff-file", args=[pk]))


@door(Right.SEE_FILES, own_scope=True, reads=PARTNER_FILE)
@still_theirs
def file_last_chance(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """For the partner, while the file is theirs."""
    with organisation_scope(organisation):
        found = opened(pk, today())
        context = _paper(organisation, found.file) if found else None
    return _shown(request, context, reverse("file", args=[organisation, pk]))


def _shown(request: HttpRequest, context: dict[str, Any] | None, back: str) -> HttpResponse:
    if context is None:
        raise Http404
    return render(request, "last_chance.html", context | {"back": back})


def _paper(organisation_id: int, file: File) -> dict[str, Any] | None:
    """What stands on it; None where no last chance runs on an arrangement. Inside the wall of its corporation."""
    track, who, head = tell(deeds_of([file.id])[file.id]), lease(file.tenancy_id, today()), letterhead()
    chance, agreed = chance_of(file.tenancy_id, track, today()), agreement(file.agreement_id)
    if who is None or track.judgment is None or chance is None or chance.arrangement is None:
        return None
    return {
        "corporation": corporation(organisation_id).name,
        "partner": agreed.partner if agreed else "",
        "lease": who,
        "chance": chance,
        "plan": chance.arrangement,
        "judgment": track.judgment,
        "stays": what_stays(track.judgment),
        "help_line": head.help_line if head else "",
    }
