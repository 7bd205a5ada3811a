"""The list of a partner: narrowed, by the page, never with what is not theirs, and as many queries for many files."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.bailiff import partners
from tests.bailiff.partners import TODAY

from tijdig.access.scope import organisation_scope
from tijdig.bailiff import actions_in_file as actions
from tijdig.bailiff import queries_file_list
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.actions_program import set_reference
from tijdig.bailiff.kinds import End, Side
from tijdig.bailiff.queries_file_list import FileList, file_list
from tijdig.bailiff.wanted import ATTENTION, Wanted

Place = tuple[int, tuple[int, int, str], list[int]]


@pytest.fixture
def place(organisation: int) -> Place:
    """A partner with four files here, of which one went back, and another partner with one."""
    who, other = partners.partner(), partners.partner()
    for each in (who, other):
        partners.agreed(organisation, each)
    made = [_file(organisation, number, who[0]) for number in range(1, 5)]
    _file(organisation, 5, other[0])
    end_file(
        organisation_id=organisation,
        file_id=made[3],
        side=Side.CORPORATION,
        end=End.TAKEN_BACK,
        **partners.BY,
    )
    return organisation, who, made[:3]


def _file(organisation: int, number: int, partner: int) -> int:
    surname = ["Vries", "Bakker"][number % 2]
    tenancy = partners.ready(organisation, number, surname=surname, email="geheim@a.example")
    made = partners.handed(organisation, tenancy, partner)
    assert made is not None
    return made


def _listed(place: Place, **wanted: object) -> FileList:
    with partners.at_partner(place[0], place[1]):
        return file_list(TODAY, Wanted(**wanted))  # type: ignore[arg-type]


def _found(place: Place, **wanted: object) -> list[int]:
    return sorted(one.file.id for one in _listed(place, **wanted).files)


def test_the_list_is_searched_by_what_is_seen_and_among_their_own_files_only(place: Place) -> None:
    organisation, who, (first, second, third) = place
    with partners.at_partner(organisation, who):
        set_reference(
            organisation_id=organisation,
            actor=f"user:{who[1]}",
            file_id=third,
            reference="2026/817",
            on=TODAY,
        )
    assert _found(place) == [first, second, third]
    assert _found(place, words="vries") == [second]
    assert _found(place, words="bakker lindestraat 3") == [third]
    assert _found(place, words="100002") == [second]
    assert _found(place, words="817") == [third]
    for hidden in (
        "geheim",
        "12345678",
        "100004",
        "100005",
    ):  # e-mail, telephone, went back, of another partner
        assert _found(place, words=hidden) == []


def test_the_list_is_narrowed_by_corporation_and_by_what_there_is_to_do(place: Place) -> None:
    organisation, _who, (first, second, third) = place
    actions.ask_question(
        organisation_id=organisation, file_id=second, text="Is er al gebeld?", asked_as=uuid4(),
        side=Side.CORPORATION, **partners.BY,
    )  # fmt: skip
    assert _found(place, organisation_id=organisation) == [first, second, third]
    assert _found(place, organisation_id=organisation + 1) == []
    assert _found(place, asks="question") == [second]
    assert _found(place, asks="speak") == [first, third]
    assert _found(place, asks=ATTENTION) == [first, second, third]
    whole = _listed(place, asks="question")
    assert whole.asks == (
        (ATTENTION, "Alles wat aandacht vraagt", 3),
        ("question", "De corporatie vroeg iets", 1),
        ("speak", "Nog niet gesproken", 2),
    )
    assert (whole.total, whole.all_files, whole.overdue_cents) == (1, 3, 140_000)


def test_pages_follow_each_other_and_one_that_is_not_there_is_the_last(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries_file_list, "PER_PAGE", 2)
    seen = [[one.file.id for one in _listed(place, page=page).files] for page in (1, 2, 9)]
    assert [len(one) for one in seen] == [2, 1, 1] and seen[1] == seen[2]
    assert sorted(seen[0] + seen[1]) == place[2]
    assert _listed(place, page=9).page == 2


def test_more_files_ask_no_more_queries(place: Place) -> None:
    organisation, who, _files = place
    asked = []
    for number in (6, 7, 8):
        with partners.at_partner(organisation, who), CaptureQueriesContext(connection) as queries:
            file_list(TODAY, Wanted())
        asked.append(len(queries))
        with organisation_scope(organisation):
            _file(organisation, number, who[0])
    assert len(set(asked)) == 1
