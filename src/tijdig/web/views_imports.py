"""Files coming in, and what people decide about what was not sure."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from tijdig.access.queries import colleagues
from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.imports import actions, actions_assign, actions_queue, actions_repair, queries_pages
from tijdig.imports.answers import FIELDS, cleaned
from tijdig.imports.refusal import NotPossible
from tijdig.imports.storage import TooLarge
from tijdig.imports.wording import sentence
from tijdig.tenancies.queries import Card, cards
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.scope import today, whole
from tijdig.web.views_account import safe
from tijdig.web.views_letters import number

_MOST_TENANCIES = 2**31


def _onward(request: HttpRequest, fallback: str) -> HttpResponse:
    """Back to where the form stood."""
    return HttpResponseRedirect(safe(request, request.POST.get("next", "")) or fallback)


def _do(request: HttpRequest, act: Callable[[], object], done: str = "") -> bool:
    """Carry out an act; what cannot be done is said on the next page."""
    try:
        act()
    except NotPossible as error:
        messages.error(request, sentence(error.code, error.params))
        return False
    if done:
        messages.success(request, done)
    return True


@door(Right.IMPORT, "GET", "POST", own_scope=True)
def imports(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if request.method == "POST":
        for file in request.FILES.getlist("files"):
            try:
                actions.receive(
                    organisation_id=person.organisation_id,
                    name=file.name or "bestand",
                    chunks=file.chunks(1024 * 1024),
                    actor=actor_of(request),
                    on=today(),
                )
            except TooLarge:
                messages.error(request, sentence("too_large", {}))
        if not request.headers.get("X-Requested-With"):
            return HttpResponseRedirect(reverse("imports"))
    with organisation_scope(person.organisation_id):
        return render(
            request, "imports.html", {"files": queries_pages.files(colleagues(person.organisation_id))}
        )


@door(Right.IMPORT)
def import_row(request: HttpRequest, pk: int) -> HttpResponse:
    file = queries_pages.file(pk, colleagues(person_of(request).organisation_id))
    if file is None:
        raise Http404
    return render(request, "imports.html#file_row", {"file": file})


@door(Right.IMPORT)
def import_file(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries_pages.page(
        pk,
        colleagues(person_of(request).organisation_id),
        only=request.GET.get("only", "")[:10],
        number=whole(request.GET.get("page", ""), 6) or 1,
    )
    if page is None:
        raise Http404
    return render(request, "import_file.html", {"page": page, "fields": FIELDS})


@door(Right.IMPORT, "POST", own_scope=True)
def import_rerun(request: HttpRequest, pk: int) -> HttpResponse:
    def act() -> None:
        actions.rerun(
            organisation_id=person_of(request).organisation_id,
            file_id=pk,
            actor=actor_of(request),
            on=today(),
            mapping=cleaned(request.POST.dict()) or None,
        )

    try:
        _do(request, act)
    except ObjectDoesNotExist:
        raise Http404 from None
    return HttpResponseRedirect(reverse("import-file", args=[pk]))


@door(Right.ACCEPT, "POST", own_scope=True)
def statement_accept(request: HttpRequest, pk: int) -> HttpResponse:
    _do(
        request,
        lambda: actions_queue.accept_statement(
            organisation_id=person_of(request).organisation_id,
            statement_id=pk,
            actor=actor_of(request),
            reason=request.POST.get("reason", ""),
            on=today(),
        ),
    )
    return _onward(request, reverse("imports"))


@door(Right.ASSIGN, "POST", own_scope=True)
def line_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Whose money it is; or, with a reason and no contract, that it is nobody's."""
    person = person_of(request)
    reason = request.POST.get("reason", "")

    def act() -> None:
        if reason:
            actions_assign.set_aside_line(
                organisation_id=person.organisation_id,
                line_id=pk,
                actor=actor_of(request),
                reason=reason,
                on=today(),
            )
            return
        actions_assign.assign_line(
            organisation_id=person.organisation_id,
            line_id=pk,
            contract_number=request.POST.get("tenancy", ""),
            learn=bool(request.POST.get("learn")),
            actor=actor_of(request),
            on=today(),
        )

    ok = _do(request, act)
    if request.headers.get("HX-Request"):
        with organisation_scope(person.organisation_id):
            line = queries_pages.line(pk)
            if line is None:
                raise Http404
            return render(request, "import_file.html#line", {"line": line}, status=200 if ok else 422)
    return _onward(request, reverse("queue"))


@door(Right.IMPORT, "POST", own_scope=True)
def quarantine_repair(request: HttpRequest, pk: int) -> HttpResponse:
    """The repaired text goes into a copy of the file; or the line is set aside with a reason."""
    person = person_of(request)
    reason = request.POST.get("reason", "")

    def act() -> None:
        if reason:
            actions_repair.set_aside(
                organisation_id=person.organisation_id,
                quarantine_id=pk,
                actor=actor_of(request),
                reason=reason,
                on=today(),
            )
            return
        actions_repair.repair(
            organisation_id=person.organisation_id,
            quarantine_id=pk,
            text=request.POST.get("text", "").replace("\r\n", "\n"),
            actor=actor_of(request),
            on=today(),
        )

    _do(request, act)
    return _onward(request, reverse("imports"))


@door(Right.ASSIGN)
def queue(request: HttpRequest) -> HttpResponse:
    page = whole(request.GET.get("page", ""), 6) or 1
    tenancy = _tenancy(request.GET.get("huurder", ""))
    lines, total, pages = queries_pages.queue(page, tenancy.id if tenancy else None)
    context = {"lines": lines, "total": total, "page": page, "pages": pages, "only": tenancy}
    return render(request, "queue.html", context)


def _tenancy(text: str) -> Card | None:
    """The tenancy whose payments alone are asked for; an odd number or another corporation's asks for all."""
    asked = number(text)
    return cards([asked]).get(asked) if asked is not None and asked < _MOST_TENANCIES else None
