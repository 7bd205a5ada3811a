"""The manual, from the help key of every page. For everybody: there is nothing of a tenant in it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from tijdig.web.handbook import handbook, picture


@require_GET
def handbook_page(request: HttpRequest) -> HttpResponse:
    try:
        found = handbook()
    except FileNotFoundError:
        raise Http404 from None
    return render(request, "handbook.html", {"handbook": found})


@require_GET
@cache_control(max_age=3600)
def handbook_picture(request: HttpRequest, name: str) -> HttpResponse:
    found = picture(name)
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="image/png")
