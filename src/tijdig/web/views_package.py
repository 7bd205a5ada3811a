"""What goes out of a file for both sides: what went with it as a PDF, the file as the standard writes it, the account as
CSV. Each asks first why it is taken, and comes with the POST that says so. Of a corporation whoever may export takes it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.bailiff.queries import files_of
from tijdig.bailiff.queries_in_file import package_of_file
from tijdig.bailiff.queries_package import NARROWED, package_withheld
from tijdig.bailiff.queries_partner import opened, seen
from tijdig.base.cells import amount, csv_file
from tijdig.cases.queries import tenancy_file
from tijdig.cases.values import AccountLine
from tijdig.vera.messages import written
from tijdig.vera.queries import file_told
from tijdig.web.door import door, person_of
from tijdig.web.reads import whole_file
from tijdig.web.scope import today

HEADINGS = ("dag", "wat", "bedrag", "saldo")


@door(Right.SEE_FILES, "GET", "POST", own_scope=True, reads=whole_file("partner_file"))
def file_package(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """For the partner, while the file is theirs."""
    with organisation_scope(organisation):
        known = opened(pk, today())
        if known is not None and package_withheld(known.file, known.agreement):
            messages.error(request, _(NARROWED))
            return HttpResponseRedirect(reverse("file", args=[organisation, pk]))
        found = package_of_file(pk) if known is not None else None
    return _pdf(found, pk)


@door(Right.EXPORT, "GET", "POST", reads=whole_file("tenancy"))
def bailiff_package(request: HttpRequest, pk: int) -> HttpResponse:
    """For the corporation, of the newest file."""
    known = next(iter(files_of(pk)), None)
    return _pdf(package_of_file(known.id) if known else None, pk)


@door(Right.SEE_FILES, "GET", "POST", own_scope=True, reads=whole_file("partner_file"))
def file_message(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """The file as the sector's standard writes it, for the office's own system."""
    with organisation_scope(organisation):
        found = opened(pk, today())
        if found is None:
            raise Http404
        told = file_told(organisation, person_of(request).partner_id, found.file, today())
    return _json(told, pk)


@door(Right.EXPORT, "GET", "POST", reads=whole_file("tenancy"))
def bailiff_message(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for the corporation, of the newest file."""
    known = next(iter(files_of(pk)), None)
    if known is None:
        raise Http404
    return _json(file_told(person_of(request).organisation_id, None, known, today()), known.id)


def _json(told: dict[str, object], pk: int) -> HttpResponse:
    return _named(HttpResponse(written(told), content_type="application/json"), f"externe-incasso-{pk}.json")


@door(Right.SEE_FILES, "GET", "POST", own_scope=True, reads=whole_file("partner_file"))
def file_account(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """The lines of the account as they are now."""
    found = seen(organisation, pk, today(), every_line=True)
    if found is None:
        raise Http404
    return _account(found.lines, found.contract_number)


@door(Right.EXPORT, "GET", "POST", reads=whole_file("tenancy"))
def bailiff_account(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for the corporation, of a tenant of whom there is a file."""
    found = tenancy_file(pk, as_of=today()) if files_of(pk) else None
    if found is None:
        raise Http404
    return _account(found.lines, found.contract_number)


def _account(lines: Sequence[AccountLine], contract_number: str) -> HttpResponse:
    rows = (
        (one.effective_on, one.label, amount(one.amount_cents), amount(one.balance_cents)) for one in lines
    )
    answer = HttpResponse(csv_file(HEADINGS, rows), content_type="text/csv; charset=utf-8")
    return _named(answer, f"rekening-{contract_number}-{today():%Y-%m-%d}.csv")


def _pdf(found: tuple[bytes, str] | None, pk: int) -> HttpResponse:
    if found is None:
        raise Http404
    return _named(HttpResponse(found[0], content_type="application/pdf"), f"dossier-{pk}.pdf")


def _named(answer: HttpResponse, name: str) -> HttpResponse:
    safe = "".join(one for one in name if one.isascii() and (one.isalnum() or one in "-."))
    answer.headers["Content-Disposition"] = f'attachment; filename="{safe}"'
    return answer
