"""What a request of the standard says beside its body: the headers, the page, what of a list; and the answer's headers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tijdig.access.people import Client
from tijdig.access.scope import organisation_scope
from tijdig.api.left_out import tell
from tijdig.base.days import AMSTERDAM
from tijdig.history.actions import note_readings
from tijdig.history.reading import What
from tijdig.vera.access import behind
from tijdig.vera.actions_log import Sent, done_before, keep_done
from tijdig.vera.messages import written
from tijdig.vera.paging import Asked, asked
from tijdig.vera.values import Owner, Page, Refused

_OF_A_PAGE = frozenset({"cursor", "pagina"})
_LONGEST_REFERENCE = 120
_JSON = "application/json; charset=utf-8"


def day_asked(request: HttpRequest) -> date:
    """As of which day: `X-Parameters-PeiltijdstipMaterieel`, or today. `Refused`."""
    given = request.headers.get("X-Parameters-PeiltijdstipMaterieel", "")
    today = timezone.localdate()
    if not given:
        return today
    try:
        moment = datetime.fromisoformat(given)
        if moment.tzinfo is None:
            raise ValueError(given)
        day = moment.astimezone(AMSTERDAM).date()
    except (ValueError, OverflowError) as odd:
        sentence = "X-Parameters-PeiltijdstipMaterieel is een moment als 2026-11-02T12:00:00Z."
        raise Refused(400, "peildatum", sentence) from odd
    if day > today:
        raise Refused(400, "peildatum", "De peildatum ligt in de toekomst. Vraag vandaag of een eerdere dag.")
    return day


def list_asked(request: HttpRequest, filters: Iterable[str]) -> Asked:
    """Which part of a list. `Refused` for a filter that is not kept here: a list that is longer than asked misleads."""
    known = {name: name for name in filters} | {"status.code": "status", "overeenkomst.code": "overeenkomst"}
    where: dict[str, str] = {}
    for name, value in request.GET.items():
        if name in _OF_A_PAGE:
            continue
        if name not in known:
            offered = ", ".join(sorted(filters))
            raise Refused(400, "filter", f"Op “{name[:40]}” kan niet gefilterd worden. Wel op: {offered}.")
        where[known[name]] = str(value)
    size = _whole("X-Parameters-AantalPerPagina", request.headers.get("X-Parameters-AantalPerPagina"))
    number, cursor = _whole("pagina", request.GET.get("pagina")), request.GET.get("cursor", "")
    return asked(day_asked(request), timezone.localdate(), size, number, cursor, where)


def _whole(name: str, text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refused(400, "getal", f"{name} is een heel getal, 1 of meer.")
    return int(text)


def number_of(pk: str) -> int:
    """The number in a path; `Refused` as not there for anything else."""
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        raise Refused(404, "onbekend", "Dit nummer is er niet, of is niet bij u.")
    return int(pk)


def same_number(said: str | None, number: int) -> None:
    """`Refused` where a message names another than its address does."""
    if said not in (None, str(number)):
        raise Refused(400, "id", "Het nummer in het bericht is een ander dan dat in het adres.")


def answer_with(request: HttpRequest, message: dict[str, object], status: int) -> HttpResponse:
    """One message, and how many numbers were left out of what was sent."""
    return tell(request, HttpResponse(written(message), content_type=_JSON, status=status))


def page_answer(page: Page) -> HttpResponse:
    answer = HttpResponse(written(page.messages), content_type=_JSON)
    answer["X-Parameters-Aantal"] = str(page.total)
    answer["X-Parameters-AantalPerPagina"] = str(page.size)
    answer["X-Parameters-Pagina"] = str(page.number)
    if page.cursor:
        answer["X-Parameters-Cursor"] = page.cursor
    return answer


def note(client: Client, owner: Owner, tenancies: Iterable[int]) -> None:
    """That this program took out what is told of these tenancies. Inside `behind`."""
    now, on = timezone.now(), timezone.localdate()
    with organisation_scope(owner.id):
        note_readings(
            organisation_id=owner.id,
            actor=client.actor,
            what=What.EXPORT,
            subjects=[f"tenancy:{one}" for one in tenancies],
            on=on,
            at=now,
        )


def sent_of(request: HttpRequest, client: Client) -> Sent:
    """The message, for the list of what came in."""
    reference = request.headers.get("X-Stuurgegevens-Referentienummer", "").replace("\0", "")
    return Sent(client, str(request.method), request.path, reference[:_LONGEST_REFERENCE], request.body)


def once(request: HttpRequest, client: Client, status: int, work: Callable[[Sent], int]) -> int:
    """Do what a message asks, unless it did that before; gives the id of what it is about."""
    if len(request.headers.get("X-Stuurgegevens-Referentienummer", "")) > _LONGEST_REFERENCE:
        raise Refused(
            400, "referentienummer", f"Een referentienummer heeft ten hoogste {_LONGEST_REFERENCE} tekens."
        )
    sent = sent_of(request, client)
    with behind(client):
        before = done_before(sent)
        if before is not None:
            return before
        resource = work(sent)
        keep_done(sent, status, resource)
        return resource
