"""The doors' corporation, gone after the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from doors import Corporation


@pytest.fixture
def corporation(organisation: int) -> Corporation:
    import doors  # not above: Django is loaded after this file

    return doors.corporation(organisation)
