"""Why a tenant got a message or a step, in words that can be read aloud: for whoever is on the telephone, and on paper."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tijdig.access.roles import Right
from tijdig.cases.queries import tenancy_file
from tijdig.cases.queries_facts import Facts
from tijdig.cases.queries_talk import step_of
from tijdig.cases.values import TenancyFile
from tijdig.contacts.queries import contacts_of
from tijdig.letters.queries import letters_of
from tijdig.letters.queries_texts import letterhead
from tijdig.objections.habits import habits
from tijdig.objections.queries import disputed_entries, objections_of
from tijdig.policy.words import Who
from tijdig.tenancies.queries_flags import flags_of
from tijdig.web.door import door
from tijdig.web.flag_lines import words_of
from tijdig.web.objection_lines import lines
from tijdig.web.reads import DOSSIER
from tijdig.web.scope import today

_LETTERS = 5


@door(Right.SEE_TENANCY, reads=DOSSIER)
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """What is open, what we do and why, by which data, who decides, how to object, and how to get a person."""
    file = tenancy_file(pk, as_of=today())
    if file is None:
        raise Http404
    left_out = disputed_entries(today(), [pk]).get(pk, ())
    objections = lines(objections_of(pk, today()), today=today(), file=file, left_out=left_out)
    context = {
        "file": file,
        "overdue": [(one, one.entry_id in left_out) for one in file.open_items if one.overdue],
        "loose_cents": Facts(file).loose_cents,
        "by_person": _by_person(file),
        "letters": [one for one in letters_of(pk, today()) if one.sent_on][:_LETTERS],
        "booked_on": max((line.booked_on for line in file.lines), default=None),
        "talks": len(contacts_of([pk], as_of=today())),
        "flags": words_of(flags_of(pk, today()), today()),
        "objections": [one for one in objections if one.waits],
        "term_days": habits(today()).term_days,
        "office": letterhead(),
    }
    return render(request, "explain.html", context)


def _by_person(file: TenancyFile) -> bool:
    """Is the step that comes next the work of a person? One that is not known is."""
    step = step_of(file)
    return step is None or step.who is Who.PERSON
