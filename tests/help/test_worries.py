"""A worry: noticed once by whoever is at the door, taken up once by whoever works the tenancy, and never changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests.letters import offices

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.help.actions_worry import notice, take_up
from tijdig.help.kinds import NOTICED_LABEL, Noticed
from tijdig.help.queries_worry import waiting_number, worries_by, worries_of, worries_waiting
from tijdig.help.worry import LONGEST, WorryDraft
from tijdig.history.queries import of_subject

TODAY = offices.TODAY


def _noticed(
    organisation: int, tenancy: int, *, asked_as: Any = None, actor: str = "user:9", **changed: Any
) -> int:
    given: dict[str, Any] = {
        "what": ["post", "told"], "talked": True, "noticed_on": TODAY, "words": " De bus is vol. ",
    }  # fmt: skip
    return notice(
        organisation_id=organisation,
        actor=actor,
        name="Henk Bos",
        role="caretaker",
        draft=WorryDraft(tenancy_id=tenancy, **(given | changed)),
        asked_as=asked_as or uuid4(),
        on=TODAY,
    )


def _taken(organisation: int, number: int, name: str = "Sanne Kuiper") -> None:
    take_up(
        organisation_id=organisation, actor="user:2", name=name, worry_id=number, on=TODAY + timedelta(days=1)
    )


def test_a_worry_waits_until_somebody_takes_it_up(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    number = _noticed(organisation, tenancy)
    with organisation_scope(organisation):
        (one,) = worries_waiting()
        assert (one.id, one.what, one.words, one.name) == (
            number, (Noticed.POST, Noticed.TOLD), "De bus is vol.", "Henk Bos",
        )  # fmt: skip
        assert waiting_number() == 1
        assert "worry_noticed" in [event.verb for event in of_subject(f"tenancy:{tenancy}")]
    _taken(organisation, number)
    with organisation_scope(organisation):
        assert (worries_waiting(), waiting_number()) == ([], 0)
        (own,) = worries_by("user:9", 5)
        assert (own.taken_on, own.taken_by) == (TODAY + timedelta(days=1), "Sanne Kuiper")
        assert worries_of(tenancy) == [own]
        assert worries_by("user:2", 5) == []


def test_who_comes_second_is_told_who_was_first(organisation: int) -> None:
    number = _noticed(organisation, offices.tenant(organisation))
    _taken(organisation, number)
    with pytest.raises(NotDone) as refused:
        _taken(organisation, number, "Mo Haddad")
    assert "Sanne Kuiper pakte dit al op" in refused.value.sentences[0]


def test_the_same_form_is_one_worry(organisation: int) -> None:
    tenancy, form = offices.tenant(organisation), uuid4()
    assert _noticed(organisation, tenancy, asked_as=form) == _noticed(organisation, tenancy, asked_as=form)


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"what": []}, "Kies wat u opviel"),
        ({"what": ["debts"]}, "Kies wat u opviel"),
        ({"what": ["other"], "words": " "}, "in een paar woorden"),
        ({"noticed_on": TODAY + timedelta(days=1)}, "tot en met vandaag"),
        ({"noticed_on": TODAY - timedelta(days=61)}, "60 dagen terug"),
        ({"words": "x" * (LONGEST + 1)}, "ten hoogste"),
    ],
)
def test_a_worry_that_cannot_be_says_why(organisation: int, changed: dict[str, Any], word: str) -> None:
    tenancy = offices.tenant(organisation)
    with pytest.raises(NotDone) as refused:
        _noticed(organisation, tenancy, **changed)
    assert word in refused.value.sentences[0]
    with organisation_scope(organisation):
        assert worries_of(tenancy) == []


def test_another_corporation_sees_and_takes_nothing(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    number = _noticed(organisation, tenancy)
    other = create_organisation(name="De Ander", slug=f"ander-{uuid4().hex[:8]}")
    with organisation_scope(other):
        assert (worries_waiting(), worries_by("user:9", 5)) == ([], [])
    for attempt in (lambda: _taken(other, number), lambda: _noticed(other, tenancy)):
        with pytest.raises(NotDone):
            attempt()


def test_what_was_noticed_is_never_changed_and_its_words_can_be_erased(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    _taken(organisation, _noticed(organisation, tenancy))
    for table in ("help_worry", "help_worrypickup"):
        with (
            organisation_scope(organisation),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM {table}")
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("DELETE FROM help_worrytext")
        assert worries_of(tenancy)[0].words == ""


def test_every_word_has_its_label() -> None:
    assert set(NOTICED_LABEL) == set(Noticed)
