"""ExterneIncassos of the standard: files read, proposed, told of and closed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import Router

from tijdig.access.api_scopes import ApiScope
from tijdig.access.people import Client
from tijdig.access.scope import organisation_scope
from tijdig.api.vera_asked import (
    answer_with,
    day_asked,
    list_asked,
    note,
    number_of,
    once,
    page_answer,
    same_number,
)
from tijdig.api.vera_token import opens
from tijdig.bailiff.queries_in_file import package_of_file
from tijdig.bailiff.queries_package import NARROWED, package_withheld
from tijdig.bailiff.queries_partner import opened
from tijdig.vera.access import behind
from tijdig.vera.actions_files import change_file, propose_file
from tijdig.vera.actions_log import Sent
from tijdig.vera.messages import file_message
from tijdig.vera.queries import file_of, files_page
from tijdig.vera.shapes import FileMessage
from tijdig.vera.values import Refused

router = Router(tags=["ExterneIncassos"])
_WRITE = (ApiScope.WRITE_ALL, ApiScope.WRITE_FILES)
_READ = (ApiScope.READ_ALL, ApiScope.READ_FILES, *_WRITE)
_FILTERS = ("id", "code", "status", "overdrachtsdatum", "overeenkomst", "overeenkomst.id")
_GONE = Refused(404, "onbekend", "Deze externe incasso is er niet, of is niet (meer) bij u.")


@router.get("/externe-incassos")
def list_files(request: HttpRequest) -> HttpResponse:
    """A page of them, by number."""
    client = opens(request, *_READ)
    want = list_asked(request, _FILTERS)
    with behind(client):
        page = files_page(client, want)
        for owner, tenancies in page.seen:
            note(client, owner, tenancies)
    return page_answer(page)


@router.get("/externe-incassos/{pk}")
def read_file(request: HttpRequest, pk: str) -> HttpResponse:
    """One of them, with what was done in it."""
    return _answer(request, opens(request, *_READ), number_of(pk), 200)


@router.get("/externe-incassos/{pk}/pakket.pdf")
def read_package(request: HttpRequest, pk: str) -> HttpResponse:
    """What went with it at the hand-over, to the byte."""
    client, number = opens(request, *_READ), number_of(pk)
    with behind(client):
        found = file_of(client, number, timezone.localdate())
        if found is None:
            raise _GONE
        owner, stands = found
        with organisation_scope(owner.id):
            kept = package_of_file(number)
            held = opened(number, timezone.localdate()) if kept is None and client.partner_id else None
        if held is not None and package_withheld(held.file, held.agreement):
            raise Refused(403, "niet_afgesproken", NARROWED)
        if kept is None:
            raise _GONE
        note(client, owner, [stands.keys.tenancy_id])
    answer = HttpResponse(kept[0], content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="overdracht-{number}.pdf"'
    return answer


def _answer(request: HttpRequest, client: Client, pk: int, status: int) -> HttpResponse:
    with behind(client):
        found = file_of(client, pk, day_asked(request))
        if found is None:
            raise _GONE
        owner, stands = found
        note(client, owner, [stands.keys.tenancy_id])
    told = file_message(stands)
    here = request.build_absolute_uri(
        f"{request.path.partition('/externe-incassos')[0]}/externe-incassos/{pk}"
    )
    for one in told.get("informatieobjecten", []):
        one["bestandslocatie"] = f"{here}/pakket.pdf"
    answer = answer_with(request, told, status)
    if status == 201:
        answer["Location"] = here
    return answer


@router.post("/externe-incassos")
def propose(request: HttpRequest, message: FileMessage) -> HttpResponse:
    """Propose to hand over; a person decides by name."""
    client = opens(request, *_WRITE)

    def work(sent: Sent) -> int:
        return propose_file(client, message, sent.name, timezone.localdate())

    return _answer(request, client, once(request, client, 201, work), 201)


@router.put("/externe-incassos")
def replace(request: HttpRequest, message: FileMessage) -> HttpResponse:
    return _changed(request, message, message.id or message.code or "", whole=True)


@router.patch("/externe-incassos")
def change(request: HttpRequest, message: FileMessage) -> HttpResponse:
    return _changed(request, message, message.id or message.code or "", whole=False)


@router.put("/externe-incassos/{pk}")
def replace_one(request: HttpRequest, pk: str, message: FileMessage) -> HttpResponse:
    return _changed(request, message, pk, whole=True)


@router.patch("/externe-incassos/{pk}")
def change_one(request: HttpRequest, pk: str, message: FileMessage) -> HttpResponse:
    return _changed(request, message, pk, whole=False)


def _changed(request: HttpRequest, message: FileMessage, pk: str, *, whole: bool) -> HttpResponse:
    """What was done; of a file that closed by it only that, for it is not theirs any more."""
    client, number = opens(request, *_WRITE), number_of(pk)

    def work(_: Sent) -> int:
        same_number(message.id, number)
        change_file(client, number, message, timezone.now(), timezone.localdate(), whole=whole)
        return number

    once(request, client, 200, work)
    with behind(client):
        theirs = file_of(client, number, timezone.localdate()) is not None
    if not theirs:
        return JsonResponse({"id": str(number), "status": {"code": "EIN", "naam": "Beëindigd"}})
    return _answer(request, client, number, 200)
