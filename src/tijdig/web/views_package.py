"""What went with a file as a PDF, for both sides; and the account of now as CSV for the partner."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.bailiff.queries import file, files_of
from tijdig.bailiff.queries_in_file import package_of_file
from tijdig.bailiff.queries_partner import seen
from tijdig.base.cells import amount, csv_file
from tijdig.web.door import door
from tijdig.web.reads import taken
from tijdig.web.scope import today

HEADINGS = ("dag", "wat", "bedrag", "saldo")


@door(Right.SEE_FILES, own_scope=True, reads=taken("partner_file"))
def file_package(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """For the partner, while the file is theirs."""
    with organisation_scope(organisation):
        known = file(pk)
        found = package_of_file(pk) if known is not None and known.ended_on is None else None
    return _pdf(found, pk)


@door(Right.SEE_TENANCY, reads=taken("tenancy"))
def bailiff_package(request: HttpRequest, pk: int) -> HttpResponse:
    """For the corporation, of the newest file."""
    known = next(iter(files_of(pk)), None)
    return _pdf(package_of_file(known.id) if known else None, pk)


@door(Right.SEE_FILES, own_scope=True, reads=taken("partner_file"))
def file_account(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """The lines of the account as they are now."""
    found = seen(organisation, pk, today(), every_line=True)
    if found is None:
        raise Http404
    lines = (
        (one.effective_on, one.label, amount(one.amount_cents), amount(one.balance_cents))
        for one in found.lines
    )
    content = csv_file(HEADINGS, lines)
    name = f"rekening-{found.contract_number}-{today():%Y-%m-%d}.csv"
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    return _named(answer, name)


def _pdf(found: tuple[bytes, str] | None, pk: int) -> HttpResponse:
    if found is None:
        raise Http404
    return _named(HttpResponse(found[0], content_type="application/pdf"), f"dossier-{pk}.pdf")


def _named(answer: HttpResponse, name: str) -> HttpResponse:
    safe = "".join(one for one in name if one.isascii() and (one.isalnum() or one in "-."))
    answer.headers["Content-Disposition"] = f'attachment; filename="{safe}"'
    return answer
