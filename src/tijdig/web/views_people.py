"""Who has an account here: inviting, changing, switching off, and what is asked of everybody who signs in."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.people import Person
from tijdig.access.roles import LABEL, Right, Role, roles_beside
from tijdig.access.scope import organisation_scope
from tijdig.access.sessions import IDLE_CHOICES
from tijdig.carriers.channel import Channel, Message, Outcome
from tijdig.entrance.actions import check_own_password
from tijdig.entrance.actions_people import (
    change_member,
    invite,
    renewal,
    set_house,
    switch_off,
    switch_on,
    withdraw,
    without_second_step,
)
from tijdig.entrance.queries import house_of
from tijdig.entrance.queries_people import invitations, member, members
from tijdig.entrance.values import NotDone
from tijdig.letters.actions_carriers import carriers_of
from tijdig.letters.queries_texts import letterhead
from tijdig.web.door import door, person_of
from tijdig.web.keeping import line
from tijdig.web.scope import now, today, whole


@door(Right.KEEP_PEOPLE, own_scope=True)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, and who is invited."""
    return _page(request, ())


def _page(request: HttpRequest, wrong: tuple[str, ...]) -> HttpResponse:
    person = person_of(request)
    context = {
        "wrong": wrong,
        "members": [(one, LABEL[Role(one.role)]) for one in members(person)],
        "invited": [(one, LABEL[Role(one.role)]) for one in invitations(person, now())],
        "roles": _roles(person),
        "house": house_of(person),
        "idle": [(minutes, _time(minutes)) for minutes in IDLE_CHOICES],
        "typed": {name: request.POST.get(name, "") for name in ("email", "rol", "regio")},
    }
    return render(request, "people.html", context, status=400 if wrong else 200)


def _roles(person: Person) -> list[tuple[str, str]]:
    return [(one.value, LABEL[one]) for one in roles_beside(person.role)]


def _time(minutes: int) -> str:
    return f"{minutes // 60} uur" if minutes % 60 == 0 else f"{minutes} minuten"


@door(Right.KEEP_PEOPLE, "POST", own_scope=True)
def asked(request: HttpRequest) -> HttpResponse:
    """A link, shown once; and sent where the corporation has somebody who carries mail."""
    person, email = person_of(request), line(request, "email", 254)
    try:
        _pk, token = invite(
            person=person,
            email=email,
            role=request.POST.get("rol", ""),
            region=line(request, "regio", 80),
            at=now(),
            on=today(),
        )
    except NotDone as refused:
        return _page(request, refused.sentences)
    return _link(request, person, email, token, renews=False)


def _link(request: HttpRequest, person: Person, email: str, token: str, *, renews: bool) -> HttpResponse:
    path = reverse("invitation", args=[token])
    link = f"{settings.TIJDIG_ADDRESS}{path}" if settings.TIJDIG_ADDRESS else request.build_absolute_uri(path)
    context = {"link": link, "email": email, "renews": renews, "sent": _sent(person, email, link, renews)}
    return render(request, "people_link.html", context)


def _sent(person: Person, email: str, link: str, renews: bool) -> bool | None:
    """Did it go by mail? None where nobody carries mail for this house, or where it only tries things out."""
    if person.partner_id:
        return None
    carrier = carriers_of(person.organisation_id).email
    with organisation_scope(person.organisation_id):
        head = letterhead()
    if carrier is None or head is None or head.trial:
        return None
    about = (
        "Met deze link kiest u een nieuw wachtwoord voor tijdig."
        if renews
        else "U bent uitgenodigd voor tijdig. Met deze link maakt u uw account."
    )
    handed = carrier.hand_over(
        Message(
            key=uuid4().hex,
            channel=Channel.EMAIL,
            to=email,
            sender=head.mail_from or head.contact_email,
            sender_name=head.name,
            subject="Uw account bij tijdig",
            body=f"Dag,\n\n{about} De link werkt één keer, zeven dagen lang.\n\n{link}\n\n"
            f"Verwachtte u dit niet? Dan hoeft u niets te doen.\n\n{person.name}\n{head.name}\n",
        )
    )
    return handed.outcome is Outcome.SENT


@door(Right.KEEP_PEOPLE, "POST", own_scope=True)
def invitation_away(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        withdraw(person=person_of(request), invitation_id=pk, at=now(), on=today())
        messages.success(request, _("Ingetrokken. De link opent niets meer."))
    except NotDone as refused:
        _say(request, refused)
    return HttpResponseRedirect(reverse("people"))


@door(Right.KEEP_PEOPLE, "POST", own_scope=True)
def house(request: HttpRequest) -> HttpResponse:
    """What is asked of everybody."""
    try:
        set_house(
            person=person_of(request),
            required=request.POST.get("tweede_stap") == "ja",
            idle_minutes=whole(request.POST.get("rust", ""), 4) or 0,
            on=today(),
        )
    except NotDone as refused:
        return _page(request, refused.sentences)
    messages.success(request, _("Bewaard. Het geldt voor wie zich vanaf nu aanmeldt."))
    return HttpResponseRedirect(reverse("people"))


@door(Right.KEEP_PEOPLE, "GET", "POST", own_scope=True)
def one_member(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them; POST changes, switches off or on, or helps who cannot sign in."""
    person = person_of(request)
    found = member(person, pk)
    if found is None:
        raise Http404
    wrong: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            if request.POST.get("wat") in ("wachtwoord", "tweede-stap"):
                check_own_password(person, request.POST.get("uw-wachtwoord", ""))
            if request.POST.get("wat") == "wachtwoord":
                token = renewal(person=person, user_id=pk, at=now(), on=today())
                return _link(request, person, found.email, token, renews=True)
            _change(request, person, pk)
            return HttpResponseRedirect(reverse("people"))
        except NotDone as refused:
            wrong = refused.sentences
    context = {
        "member": found,
        "role_label": LABEL[Role(found.role)],
        "roles": _roles(person),
        "wrong": wrong,
        "own": pk == person.id,
        "of_partner": person.partner_id is not None,
    }
    return render(request, "people_member.html", context, status=400 if wrong else 200)


def _change(request: HttpRequest, person: Person, pk: int) -> None:
    what = request.POST.get("wat", "")
    if what == "wijzig":
        change_member(
            person=person,
            user_id=pk,
            role=request.POST.get("rol", ""),
            region=line(request, "regio", 80),
            on=today(),
        )
        messages.success(request, _("Bewaard."))
    elif what == "uit":
        switch_off(person=person, user_id=pk, at=now(), on=today())
        messages.success(request, _("Het account staat uit. Deze collega is overal afgemeld."))
    elif what == "aan":
        switch_on(person=person, user_id=pk, on=today())
        messages.success(request, _("Het account staat weer aan."))
    elif what == "tweede-stap":
        without_second_step(person=person, user_id=pk, on=today())
        messages.success(request, _("De tweede stap is weg. Deze collega is overal afgemeld."))
    else:
        raise NotDone(_("Kies wat u wilt doen."))


def _say(request: HttpRequest, refused: NotDone) -> None:
    for sentence in refused.sentences:
        messages.error(request, sentence)
