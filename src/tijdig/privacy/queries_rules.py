"""Reads of the rules of keeping: which hold on a day, and all there were."""

from __future__ import annotations

from datetime import date

from tijdig.privacy.models import RetentionVersion
from tijdig.privacy.rules import Version, read


def versions() -> list[Version]:
    """Every version, the newest first."""
    return [
        Version(
            id=one.pk,
            number=one.number,
            from_on=one.from_on,
            rules=read(one.rules),
            name=one.name,
            reason=one.reason,
        )
        for one in RetentionVersion.objects.order_by("-number")
    ]


def rules_on(on: date) -> Version | None:
    """The version that holds on a day; None where nobody approved one."""
    begun = [one for one in versions() if one.from_on <= on]
    return max(begun, key=lambda one: (one.from_on, one.number), default=None)
