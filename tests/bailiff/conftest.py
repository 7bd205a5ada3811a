"""A file that was handed over today, and the same with a signal that is long enough ago."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.bailiff.court import Place


@pytest.fixture
def place(organisation: int) -> Place:
    """Organisation, tenancy, file and partner: a file that was handed over today."""
    from tests.bailiff import partners

    who = partners.partner()
    partners.agreed(organisation, who)
    tenancy = partners.ready(organisation)
    made = partners.handed(organisation, tenancy, who[0])
    assert made is not None
    return organisation, tenancy, made, who


@pytest.fixture
def late(place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The same with a signal that is long enough ago."""
    from tijdig.bailiff import queries_stops

    monkeypatch.setattr(queries_stops, "sent_on", lambda *_: None)
    return place
