"""After a talk: what was written down in one sentence, where its outcome leads, the next step, and who is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tijdig.access.queries import colleagues
from tijdig.access.roles import Right, may
from tijdig.arrangements.kinds import State
from tijdig.base.money import euro
from tijdig.cases.queries_policy import steps_on
from tijdig.cases.queries_talk import Briefing, next_row
from tijdig.cases.values import WorkRow
from tijdig.contacts.contact import Contact
from tijdig.contacts.kinds import Outcome
from tijdig.contacts.queries import contact as read_contact
from tijdig.policy.words import REACHING
from tijdig.web.contact_lines import told
from tijdig.web.door import person_of
from tijdig.web.scope import today
from tijdig.web.step_way import Way, step_way
from tijdig.web.templatetags.tijdig import dutch_date

_MOST_DIGITS = 9
_AGREED = gettext_lazy("Afgesproken: %(n)s termijnen, de eerste van %(each)s, klaar op %(day)s.")
_AGREED_ONCE = gettext_lazy("Afgesproken: in één keer %(each)s op %(day)s.")
_PROPOSED = gettext_lazy("Voorgesteld: %(n)s termijnen, de eerste van %(each)s, klaar op %(day)s.")
_PROPOSED_ONCE = gettext_lazy("Voorgesteld: in één keer %(each)s op %(day)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was written down. `leads` is where the outcome itself leads, `step` the next step of the way of working."""

    contact: Contact
    told: str
    plan: str
    minutes: int | None
    leads: Way | None
    step: Way | None
    row: WorkRow | None
    row_url: str


def done(request: HttpRequest, known: Briefing) -> Done | None:
    """The talk of which the address has the number; None where there is none of this tenancy."""
    kept = read_contact(_number(request, "vast"))
    if kept is None or kept.tenancy_id != known.file.tenancy_id or kept.withdrawn is not None:
        return None
    person = person_of(request)
    plan = _plan_told(known, _number(request, "regeling"), kept.on)
    sees_list = may(person.role, Right.SEE_WORKLIST)
    people = colleagues(person.organisation_id) if sees_list else []
    row = next_row(person.id, kept.tenancy_id, people, today()) if sees_list else None
    return Done(
        contact=kept,
        told=told(kept),
        plan=plan,
        minutes=kept.minutes,
        leads=_leads(person.role, kept, arranged=bool(plan)),
        step=step_way(person.role, known.file),
        row=row,
        row_url=_row_url(row) if row else "",
    )


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 0


def _plan_told(known: Briefing, number: int, on: date) -> str:
    """The arrangement that was made in this talk: of that day, and still the newest."""
    made = known.arrangement
    if made is None or made.id != number or made.agreed_on != on:
        return ""
    n, requested = len(made.instalments), made.state is State.REQUESTED
    words = {"n": n, "each": euro(made.instalments[0].cents), "day": dutch_date(made.last_on)}
    if n == 1:
        return (_PROPOSED_ONCE if requested else _AGREED_ONCE) % words
    return (_PROPOSED if requested else _AGREED) % words


def _leads(role: str, kept: Contact, *, arranged: bool) -> Way | None:
    """Where this outcome goes on, with what was said."""
    pk = kept.tenancy_id
    if kept.outcome is Outcome.DISPUTES and may(role, Right.LOG_OBJECTION):
        return Way(f"{reverse('objections', args=[pk])}?gesprek={kept.id}", _("Leg het bezwaar vast"))
    if kept.outcome is Outcome.HELP_WANTED and may(role, Right.RULE):
        return Way(reverse("referral", args=[pk]), _("Verwijs naar hulp"))
    if kept.outcome is Outcome.ALREADY_PAID and may(role, Right.ASSIGN):
        return Way(f"{reverse('queue')}?huurder={pk}", _("Zoek de betaling in de wachtrij"))
    if kept.outcome is Outcome.ARRANGEMENT_WANTED and not arranged and may(role, Right.ARRANGE):
        return Way(reverse("arrangement", args=[pk]), _("Maak de regeling"))
    if arranged and may(role, Right.WRITE_LETTER):
        return Way(reverse("letter-new", args=[pk, "arrangement_confirmed"]), _("Schrijf de bevestiging"))
    return None


def _row_url(row: WorkRow) -> str:
    """Straight into the talk where that is the step."""
    step = steps_on(today()).get(row.step)
    reaching = step is not None and step.do in REACHING
    return reverse("talk" if reaching else "tenancy", args=[row.tenancy_id])
