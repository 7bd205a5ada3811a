"""What providers call when something happened to a payment link or a text message: a hint, never believed but looked into.

No sign-in and no token of a form: whoever calls learns nothing and changes nothing by what he says.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tijdig.access.queries import organisation_ids
from tijdig.carriers.spryng import read_hint
from tijdig.letters.actions_carriers import carriers_of
from tijdig.letters.actions_link import hinted
from tijdig.letters.actions_run import look_at_message

_TAKEN = 204
_MOST = 20_000


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
    if not said and request.content_type == "application/json":
        said = request.body[:_MOST].decode("utf-8", "replace")
    named = read_hint(said)
    if named and organisation in organisation_ids():
        carrier = carriers_of(organisation).sms
        if carrier is not None:
            look_at_message(organisation_id=organisation, named=named, carrier=carrier, now=timezone.now())
    return HttpResponse(status=_TAKEN)
