"""A corporation with one lease, 104.233."""

from __future__ import annotations

from datetime import date

import pytest


@pytest.fixture
def lease(organisation: int) -> int:
    from tijdig.tenancies.actions import load
    from tijdig.tenancies.drafts import TenancyDraft

    draft = TenancyDraft("O1", "104.233", "LOP", "HUU", date(2020, 1, 1), None)
    load(organisation_id=organisation, records=[draft], actor="test", on=date(2026, 11, 1))
    return organisation
