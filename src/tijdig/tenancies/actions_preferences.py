"""How a tenant wants to get letters: language, size, way, address. Loading an extract never changes it."""

from __future__ import annotations

from datetime import date

from django.db import connection

from tijdig.access.scope import organisation_scope
from tijdig.history.actions import record


def set_preferences(
    *,
    organisation_id: int,
    actor: str,
    tenancy_id: int,
    person_id: int,
    language: str,
    large_print: bool,
    channel: str,
    post_address: str,
    on: date,
) -> bool:
    """Keep what this tenant of this tenancy wants; false where nobody of that name lives there."""
    with organisation_scope(organisation_id), connection.cursor() as cursor:
        cursor.execute(
            """UPDATE tenancies_person SET letter_language = %s, large_print = %s, channel = %s
                WHERE id = %s AND EXISTS (SELECT 1 FROM tenancies_party p
                                           WHERE p.person_id = tenancies_person.id AND p.tenancy_id = %s)""",
            [language, large_print, channel, person_id, tenancy_id],
        )
        if not cursor.rowcount:
            return False
        cursor.execute(
            "UPDATE tenancies_persontext SET post_address = %s WHERE person_id = %s",
            [post_address, person_id],
        )
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="preferences_set",
            subject=f"tenancy:{tenancy_id}",
            effective_on=on,
            facts={
                "person": person_id,
                "language": language,
                "large_print": large_print,
                "channel": channel,
                "other_address": bool(post_address),
            },
        )
        return True
