"""The street, for tests that let bank files come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from street import Street


@pytest.fixture
def street(organisation: int) -> Street:
    """Seven tenancies that each owe three months, in a transaction that is rolled back."""
    from street import Street, settle_in  # Django is not up yet when this file is loaded

    settle_in(organisation)
    return Street(organisation)
