"""Many letters: each by itself, so that running again goes on and writes nothing twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.letters import offices

from tijdig.letters import models
from tijdig.letters.actions_many import Written, write_many
from tijdig.letters.letter import Kind


def _many(
    organisation: int,
    ids: list[int],
    kind: Kind = Kind.FRIENDLY_REMINDER,
    by: str = "",
    on: date = offices.TODAY,
) -> list[Written]:
    made = write_many(
        organisation_id=organisation,
        actor="system:command",
        kind=kind,
        tenancy_ids=ids,
        on=on,
        now=offices.NOON,
        by=by,
    )
    return list(made)


def test_who_cannot_get_one_is_told_and_the_others_do(organisation: int) -> None:
    offices.letterhead(organisation)
    ids = [offices.tenant(organisation, 1), offices.tenant(organisation, 2, months=0)]
    first, second = _many(organisation, ids)
    assert first.letter_id is not None
    assert [fault.code for fault in second.faults] == ["nothing_open"]


@pytest.mark.parametrize(("later", "again"), [(0, False), (6, False), (7, True)])
def test_running_again_passes_over_who_got_one_lately(organisation: int, later: int, again: bool) -> None:
    offices.letterhead(organisation)
    ids = [offices.tenant(organisation)]
    _many(organisation, ids)
    (second,) = _many(organisation, ids, on=offices.TODAY + timedelta(days=later))
    assert (second.letter_id is not None) is again
    assert models.Letter.objects.count() == 1 + again


def test_a_letter_with_legal_effect_needs_somebodys_name(organisation: int) -> None:
    offices.letterhead(organisation)
    ids = [offices.tenant(organisation)]
    with pytest.raises(ValueError, match="beslist een mens"):
        _many(organisation, ids, Kind.FOURTEEN_DAY)
    (made,) = _many(organisation, ids, Kind.FOURTEEN_DAY, by="Sanne Kuiper")
    assert made.letter_id is not None


def test_written_by_nobody_the_letter_names_the_team(organisation: int) -> None:
    offices.letterhead(organisation)
    _many(organisation, [offices.tenant(organisation)])
    assert "team Huur" in models.LetterPaper.objects.get().text
