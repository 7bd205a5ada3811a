"""The municipalities of the made-up corporation: one per town, so that a signal knows where to go."""

from __future__ import annotations

from datetime import date

from tijdig.lab.names import CITIES

_CODES = 9001  # no municipality has these numbers


def municipalities(organisation_id: int, actor: str, on: date) -> None:
    """Write one down for every town of the made-up corporation that has none yet."""
    from tijdig.access.scope import organisation_scope
    from tijdig.help.actions import keep_municipality
    from tijdig.help.queries import municipalities as kept
    from tijdig.help.standard import standard

    with organisation_scope(organisation_id):
        known = {one.name for one in kept()}
    towns = sorted({town for _, cities in CITIES for town, *_ in cities})
    for place, town in enumerate(towns):
        if town in known:
            continue
        draft = standard(
            town,
            f"GM{_CODES + place:04d}",
            [town],
            platform="RIS Matching" if place % 2 else "BKR VroegSignalering",
            agreed_on=date(2021, 1, 1),
            help_line=f"de gemeente {town}: 14 0{10 + place} (gratis)",
        )
        keep_municipality(organisation_id=organisation_id, actor=actor, draft=draft, pk=None, on=on)
