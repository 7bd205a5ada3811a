"""Betalingsregelingen of the standard: read, made, changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from tijdig.access.api_scopes import ApiScope
from tijdig.access.people import Client
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
from tijdig.vera.access import behind
from tijdig.vera.actions_arrangements import change_arrangement, make_arrangement
from tijdig.vera.actions_log import Sent
from tijdig.vera.messages import arrangement_message
from tijdig.vera.queries import arrangement, arrangements_page
from tijdig.vera.shapes import ArrangementMessage
from tijdig.vera.values import Refused

router = Router(tags=["Betalingsregelingen"])
_WRITE = (ApiScope.WRITE_ALL, ApiScope.WRITE_ARRANGEMENTS)
_READ = (ApiScope.READ_ALL, ApiScope.READ_ARRANGEMENTS, *_WRITE)
_FILTERS = ("id", "code", "status", "afspraakdatum", "overeenkomst", "overeenkomst.id")


@router.get("/betalingsregelingen")
def list_arrangements(request: HttpRequest) -> HttpResponse:
    """A page of them, by number."""
    client = opens(request, *_READ)
    want = list_asked(request, _FILTERS)
    with behind(client):
        page = arrangements_page(client, want, timezone.localdate())
        for owner, tenancies in page.seen:
            note(client, owner, tenancies)
    return page_answer(page)


@router.get("/betalingsregelingen/{pk}")
def read_arrangement(request: HttpRequest, pk: str) -> HttpResponse:
    """One of them."""
    return _answer(request, opens(request, *_READ), number_of(pk), 200)


def _answer(request: HttpRequest, client: Client, pk: int, status: int) -> HttpResponse:
    with behind(client):
        found = arrangement(client, pk, day_asked(request), timezone.localdate())
        if found is None:
            raise Refused(404, "onbekend", "Deze betalingsregeling is er niet, of is niet bij u.")
        owner, stands = found
        note(client, owner, [stands.keys.tenancy_id])
    answer = answer_with(request, arrangement_message(stands), status)
    if status == 201:
        answer["Location"] = request.build_absolute_uri(f"{request.path}/{pk}")
    return answer


@router.post("/betalingsregelingen")
def make(request: HttpRequest, message: ArrangementMessage) -> HttpResponse:
    """A new one, over what is open now."""
    client = opens(request, *_WRITE)

    def work(sent: Sent) -> int:
        return make_arrangement(client, message, sent.name, timezone.localdate())

    return _answer(request, client, once(request, client, 201, work), 201)


@router.put("/betalingsregelingen")
def replace(request: HttpRequest, message: ArrangementMessage) -> HttpResponse:
    return _changed(request, message, message.id or message.code or "", whole=True)


@router.patch("/betalingsregelingen")
def change(request: HttpRequest, message: ArrangementMessage) -> HttpResponse:
    return _changed(request, message, message.id or message.code or "", whole=False)


@router.put("/betalingsregelingen/{pk}")
def replace_one(request: HttpRequest, pk: str, message: ArrangementMessage) -> HttpResponse:
    return _changed(request, message, pk, whole=True)


@router.patch("/betalingsregelingen/{pk}")
def change_one(request: HttpRequest, pk: str, message: ArrangementMessage) -> HttpResponse:
    return _changed(request, message, pk, whole=False)


def _changed(request: HttpRequest, message: ArrangementMessage, pk: str, *, whole: bool) -> HttpResponse:
    client = opens(request, *_WRITE)
    number = number_of(pk)

    def work(_: Sent) -> int:
        same_number(message.id, number)
        change_arrangement(client, number, message, timezone.localdate(), whole=whole)
        return number

    return _answer(request, client, once(request, client, 200, work), 200)
