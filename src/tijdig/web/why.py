"""The one question before a whole file leaves the house: why? A small page in front of it, which stands nowhere else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tijdig.history.reading import LONGEST_WHY, WHY_LABEL, Reason, reason_of


def reason_typed(request: HttpRequest) -> Reason | str:
    """What was chosen and typed; or what is wrong with it, and nothing where nobody was asked yet."""
    if request.method != "POST":
        return ""
    return reason_of(request.POST.get("waarom", ""), request.POST.get("toelichting", ""))


def why_page(request: HttpRequest, wrong: str) -> HttpResponse:
    """Asks, and comes back with what is wrong."""
    context = {
        "wrong": wrong,
        "choices": [(one.value, label) for one, label in WHY_LABEL.items()],
        "chosen": request.POST.get("waarom", ""),
        "words": request.POST.get("toelichting", ""),
        "longest": LONGEST_WHY,
    }
    return render(request, "take.html", context, status=400 if wrong else 200)
