"""The register of processing: what the program does with personal data, with what the corporation adds; also as a file."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.queries import corporation
from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.base.cells import csv_file
from tijdig.privacy.actions_rules import add_to_register
from tijdig.privacy.queries_register import additions
from tijdig.privacy.queries_rules import rules_on
from tijdig.privacy.register import (
    HEADINGS,
    LABELS,
    AdditionError,
    plain,
    processings,
    security,
    table,
    typed,
)
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.reads import taken
from tijdig.web.scope import today


@door(Right.SEE_READINGS, "GET", "POST", post_right=Right.ADMINISTER, own_scope=True)
def register(request: HttpRequest) -> HttpResponse:
    """The page, which prints as it is; POST keeps what the corporation adds as a new version."""
    organisation, errors = person_of(request).organisation_id, {}
    if request.method == "POST":
        try:
            added = add_to_register(
                organisation_id=organisation,
                actor=actor_of(request),
                name=person_of(request).name,
                addition=typed(request.POST),
                on=today(),
            )
        except AdditionError as wrong:
            errors = wrong.sentences
        else:
            told = _("Bewaard als versie %(n)s.") % {"n": added} if added else _("Er was niets veranderd.")
            messages.success(request, told)
            return HttpResponseRedirect(reverse("register"))
    with organisation_scope(organisation):
        kept, version = additions(), rules_on(today())
        name = corporation(organisation).name
    known = plain(kept[0].addition) if kept else {}
    values = {field: request.POST.get(field, "") for field in LABELS} if errors else known
    context = {
        "corporation": name,
        "version": version if version and version.rules else None,
        "rows": [(one, one.terms(version)) for one in processings()],
        "security": security(),
        "fields": [
            (field, label, values.get(field, ""), errors.get(field, "")) for field, label in LABELS.items()
        ],
        "known": [(label, known[field]) for field, label in LABELS.items() if known.get(field)],
        "kept": kept,
        "wrong": {"errors": errors},
    }
    return render(request, "register.html", context, status=400 if errors else 200)


@door(Right.SEE_READINGS, reads=taken("register"))
def register_file(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet reads it."""
    kept, version = additions(), rules_on(today())
    rows: list[Sequence[str]] = []
    if kept:
        rows += [[LABELS[field], value] for field, value in plain(kept[0].addition).items()]
        rows.append([])
    rows += [HEADINGS, *table(version), [], *(["beveiliging", one] for one in security())]
    content = csv_file(rows[0], rows[1:])
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="verwerkingen-{today():%Y-%m-%d}.csv"'
    return answer
