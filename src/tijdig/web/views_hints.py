"""What providers call when something happened to a payment link or a text message: a hint, never believed but looked into.

No sign-in and no token of a form: whoever calls learns nothing and changes nothing by what he says. An answer by text
message cannot be looked into, so whoever brings one proves who he is (`carriers.sms_reply`).
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tijdig.access.queries import organisation_ids
from tijdig.carriers.sms_reply import MOST_BYTES, is_from, read_sms_reply
from tijdig.carriers.spryng import read_hint
from tijdig.letters.actions_carriers import carriers_of, sms_secret
from tijdig.letters.actions_link import hinted
from tijdig.letters.actions_replies import take_sms
from tijdig.letters.actions_run import look_at_message

_TAKEN, _UNREADABLE, _NOT_YOU, _TOO_LONG = 204, 400, 403, 413
_MOST = 20_000


_JSON = "application/json"
_FORMS = (_JSON, "application/x-www-form-urlencoded")
_PROOF = {"signature": "Tijdig-Signature", "authorization": "Authorization"}


@csrf_exempt
@require_POST
def link(request: HttpRequest, organisation: int, key: UUID) -> HttpResponse:
    """Something happened to the link with this key."""
    if organisation in organisation_ids():
        provider = carriers_of(organisation).links
        if provider is not None:
            hinted(organisation_id=organisation, key=key, provider=provider, now=timezone.now())
    return HttpResponse(status=_TAKEN)


@csrf_exempt
@require_POST
def message(request: HttpRequest, organisation: int) -> HttpResponse:
    """Something happened to a text message, which the call names."""
    said = (request.GET or request.POST).urlencode()
    if not said and request.content_type == _JSON:
        said = request.body[:_MOST].decode("utf-8", "replace")
    named = read_hint(said)
    if named and organisation in organisation_ids():
        carrier = carriers_of(organisation).sms
        if carrier is not None:
            look_at_message(organisation_id=organisation, named=named, carrier=carrier, now=timezone.now())
    return HttpResponse(status=_TAKEN)


@csrf_exempt
@require_POST
def sms_reply(request: HttpRequest, organisation: int) -> HttpResponse:
    """A tenant answered by text message. 403 for whoever does not prove who he is, also where there is no corporation."""
    if request.content_type not in _FORMS:
        return HttpResponse(status=_UNREADABLE)
    content, now = request.body, timezone.now()
    if len(content) > MOST_BYTES:
        return HttpResponse(status=_TOO_LONG)
    secret = sms_secret(organisation) if organisation in organisation_ids() else ""
    proof = {name: request.headers.get(header, "") for name, header in _PROOF.items()}
    if not secret or not is_from(secret, content, now=now, **proof):
        return HttpResponse(status=_NOT_YOU)
    reply = read_sms_reply(content, as_json=request.content_type == _JSON)
    if reply is None:
        return HttpResponse(status=_UNREADABLE)
    take_sms(organisation_id=organisation, reply=reply, now=now)
    return HttpResponse(status=_TAKEN)
