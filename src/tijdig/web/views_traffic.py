"""Debt-help traffic of a corporation: what waits, files in, answers out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tijdig.access.roles import Right, may
from tijdig.base.not_done import NotDone
from tijdig.help.actions_traffic import Brought, bring_in, looked
from tijdig.help.actions_traffic_export import export
from tijdig.help.answer_sheet import NotThisFile
from tijdig.help.queries_traffic import open_conversations, running
from tijdig.help.queries_traffic_files import fetched_on, files, made, made_file, rejected, to_go
from tijdig.help.traffic import MESSAGE_LABEL, SHEET_LABEL, Message, Sheet
from tijdig.help.traffic_layouts import layouts, sheets, terms
from tijdig.help.traffic_sheet import MOST_BYTES
from tijdig.history.actions import record
from tijdig.tenancies.queries import cards
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.reads import taken
from tijdig.web.scope import today, whole
from tijdig.web.traffic_lines import wait_line

_MOST = 60


@door(Right.SEE_WORKLIST, or_right=Right.KEEP_HELP)
def traffic(request: HttpRequest) -> HttpResponse:
    """The page. Who only brings files in sees no client."""
    context: dict[str, Any] = {
        "files": files(20),
        "fetched_on": fetched_on(),
        "layouts": [*layouts(), *sheets().values()],
        "terms": terms(),
    }
    if may(person_of(request).role, Right.SEE_WORKLIST):
        open_now, agreed = open_conversations(), running(_MOST)
        ids = sorted({pk for one in [*open_now, *agreed] for pk in one.tenancy_ids})
        known = cards(ids)
        lines = sorted(
            (wait_line(one, known, today()) for one in open_now), key=lambda one: (one.due_on, one.id)
        )
        context |= {
            "waiting": lines,
            "running": agreed,
            "cards": known,
            "to_go": [(sheet.value, SHEET_LABEL[sheet], len(found)) for sheet, found in to_go().items()],
            "made": made(20),
            **_rejected(request),
        }
    return render(request, "traffic.html", context)


def _rejected(request: HttpRequest) -> dict[str, Any]:
    """A page of the lines that were no use, and where the older ones begin."""
    after = whole(request.GET.get("regels", ""), 7) or 0
    found = rejected(_MOST + 1, after)
    return {"rejected": found[:_MOST], "older": after + _MOST if len(found) > _MOST else None, "after": after}


@door(Right.RULE, "POST", or_right=Right.KEEP_HELP, own_scope=True)
def take_file(request: HttpRequest) -> HttpResponse:
    """Read a file from the portal, all of it or nothing; or write down that there was none."""
    person = person_of(request)
    by: dict[str, Any] = {
        "organisation_id": person.organisation_id,
        "actor": actor_of(request),
        "name": person.name,
        "on": today(),
    }
    upload: Any = request.FILES.get("bestand")
    if request.POST.get("wat") == "niets":
        looked(**by)
        messages.success(request, _("Vastgelegd: vandaag was er niets om op te halen."))
    elif upload is None:
        messages.error(request, _("Kies het bestand."))
    else:
        try:
            content = upload.read(MOST_BYTES + 1)
            _tell(request, bring_in(file_name=upload.name, content=content, now=timezone.now(), **by))
        except (NotThisFile, NotDone) as refused:
            messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("traffic"))


def _tell(request: HttpRequest, done: Brought) -> None:
    """What came of a file, in sentences."""
    read = ngettext("%(n)s regel gelezen (%(kind)s).", "%(n)s regels gelezen (%(kind)s).", done.taken)
    said = [read % {"n": done.taken, "kind": MESSAGE_LABEL[Message(done.kind)]}]
    if done.known:
        said.append(ngettext("%(n)s wisten we al.", "%(n)s wisten we al.", done.known) % {"n": done.known})
    if done.nobody:
        nobody = ngettext(
            "Van %(n)s gesprek is nog niet zeker om welke huurder het gaat.",
            "Van %(n)s gesprekken is nog niet zeker om welke huurder het gaat.",
            done.nobody,
        )
        said.append(nobody % {"n": done.nobody})
    messages.success(request, " ".join(said))
    if done.rejected:
        wrong = ngettext(
            "%(n)s regel was niet te gebruiken; die staat hieronder met de reden.",
            "%(n)s regels waren niet te gebruiken; ze staan hieronder met de reden.",
            done.rejected,
        )
        messages.error(request, wrong % {"n": done.rejected})


@door(Right.RULE, "POST", own_scope=True)
def make_file(request: HttpRequest) -> HttpResponse:
    """Make the file of answers that wait."""
    person = person_of(request)
    try:
        export(
            organisation_id=person.organisation_id,
            actor=actor_of(request),
            name=person.name,
            sheet=Sheet(request.POST.get("soort", "")),
            on=today(),
        )
        messages.success(
            request, _("Het bestand staat klaar om te downloaden. Zet het daarna op het portaal.")
        )
    except NotDone as refused:
        messages.error(request, str(refused))
    except ValueError:
        messages.error(request, _("Kies welke antwoorden."))
    return HttpResponseRedirect(f"{reverse('traffic')}#out")


@door(Right.EXPORT, reads=taken("debt_help"))
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was made; who took it is recorded."""
    found = made_file(pk)
    if found is None:
        raise Http404
    person = person_of(request)
    record(
        organisation_id=person.organisation_id,
        actor=actor_of(request),
        verb="debt_help_file_taken",
        subject=f"user:{person.id}",
        effective_on=today(),
        facts={"export": pk},
    )
    response = HttpResponse(found[1], content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="schuldhulp-{found[0]}-{pk}.csv"'
    return response
