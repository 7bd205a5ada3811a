"""A file goes from the data folder when its row says that it is kept no more, and never before."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

import doors
from tijdig.access.scope import organisation_scope
from tijdig.imports import storage
from tijdig.imports.actions import rerun
from tijdig.imports.actions_sweep import sweep
from tijdig.imports.refusal import NotPossible

NOW = datetime.now(UTC)
DAY = Path(__file__).parents[1] / "golden" / "camt" / "v02-day.xml"
LATER = NOW + timedelta(days=2)


def went(organisation: int, where: str = "true") -> None:
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute(f"UPDATE imports_sourcefile SET kept_in = '' WHERE {where}")


def files(organisation: int) -> list[Path]:
    return [path for _, path in storage.there(Path(settings.DATA), organisation)]


def test_what_a_row_keeps_stays_for_ever(organisation: int) -> None:
    doors.corporation(organisation).read("camt/v02-day.xml")
    assert len(files(organisation)) == 1
    assert sweep(organisation_id=organisation, now=NOW + timedelta(days=10_000)) == 0
    assert len(files(organisation)) == 1


def test_it_goes_with_its_row_and_once(organisation: int) -> None:
    doors.corporation(organisation).read("camt/v02-day.xml")
    went(organisation)
    assert (
        sweep(organisation_id=organisation, now=NOW) == 0
    )  # of today: another may come with the same content
    assert sweep(organisation_id=organisation, now=LATER) == 1
    assert (files(organisation), sweep(organisation_id=organisation, now=LATER)) == ([], 0)


def test_the_same_content_of_a_later_day_is_kept(organisation: int) -> None:
    corporation = doors.corporation(organisation)
    corporation.read("camt/v02-day.xml")
    corporation.read("camt/v02-day.xml")
    went(organisation, "id = (SELECT min(id) FROM imports_sourcefile)")
    assert sweep(organisation_id=organisation, now=LATER) == 0
    assert len(files(organisation)) == 1


def test_who_sends_it_again_while_it_is_swept_finds_it(organisation: int) -> None:
    """The content is there already, and its row comes a moment later: it counts as new."""
    doors.corporation(organisation).read("camt/v02-day.xml")
    went(organisation)
    (path,) = files(organisation)
    old = (NOW - timedelta(days=400)).timestamp()
    os.utime(path, (old, old))
    storage.keep(Path(settings.DATA), organisation, [DAY.read_bytes()], settings.SECRET_KEY)
    assert sweep(organisation_id=organisation, now=datetime.now(UTC)) == 0
    assert files(organisation) == [path]


def test_what_no_row_knows_stays_three_months(organisation: int) -> None:
    storage.keep(Path(settings.DATA), organisation, [b"nobody's"], settings.SECRET_KEY)
    cut_off = files(organisation)[0].with_name(".coming-x")
    cut_off.write_bytes(b"half")
    assert sweep(organisation_id=organisation, now=NOW + timedelta(days=80)) == 0
    assert sweep(organisation_id=organisation, now=NOW + timedelta(days=100)) == 2


def test_what_went_is_not_read_again_and_says_so(organisation: int) -> None:
    from tijdig.imports.wording import sentence

    (file,) = doors.corporation(organisation).read("camt/v02-day.xml")
    went(organisation)
    with pytest.raises(NotPossible) as refused:
        rerun(organisation_id=organisation, file_id=file, actor="user:1", on=NOW.date())
    assert "bewaartermijn" in sentence(refused.value.code, refused.value.params)
