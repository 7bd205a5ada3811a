"""One corporation of 1,000 homes and its files, made once for all tests of the lab."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tijdig.lab.deliver import deliver
from tijdig.lab.population import Corporation, make

LAST_DAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def corporation() -> Corporation:
    return make(1_000, seed=11, last_day=LAST_DAY)


@pytest.fixture(scope="session")
def folder(corporation: Corporation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("corporation")
    deliver(corporation, made)
    return made
