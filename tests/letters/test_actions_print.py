"""A batch for the print house: made part by part, gone on with after a stop, handed over once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.letters import offices

from tijdig.carriers.channel import Channel
from tijdig.letters import actions_print, models
from tijdig.letters.actions import write
from tijdig.letters.actions_print import hand_over_batch, make_batch, make_part, undo_batch, unfinished
from tijdig.letters.letter import Kind
from tijdig.letters.queries_batch import batch, overtaken
from tijdig.letters.render import page_count
from tijdig.letters.values import NotRight
from tijdig.letters.wish import Wish
from tijdig.steps.models import Step

THURSDAY = date(2026, 11, 5)


def _written(organisation: int, many: int, kind: Kind = Kind.FRIENDLY_REMINDER) -> list[int]:
    offices.letterhead(organisation)
    return [
        write(
            organisation_id=organisation,
            actor="user:1",
            by="Sanne Kuiper",
            wish=Wish(
                tenancy_id=offices.tenant(organisation, number),
                kind=kind,
                on=offices.TODAY,
                channel=Channel.PRINT,
            ),
            now=offices.NOON,
        )
        for number in range(1, many + 1)
    ]


def _batch(organisation: int) -> int:
    made = make_batch(organisation_id=organisation, actor="user:1", on=offices.TODAY)
    assert made is not None
    return made


def _hand_over(organisation: int, number: int, on: date = THURSDAY, without: tuple[int, ...] = ()) -> None:
    hand_over_batch(
        organisation_id=organisation,
        actor="user:2",
        batch_id=number,
        on=on,
        receipt="PN-7",
        without=without,
    )


@pytest.fixture
def parts_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions_print, "PART_LETTERS", 2)


@pytest.mark.usefixtures("parts_of_two")
def test_a_batch_is_made_part_by_part(organisation: int) -> None:
    _written(organisation, 3)
    number = _batch(organisation)
    steps = [make_part(organisation_id=organisation, batch_id=number) for _ in range(3)]
    assert steps == [(2, 3), (3, 3), None]
    found = batch(number)
    assert found is not None
    assert [(part.number, part.first, part.letters, part.pages) for part in found.parts] == [
        (1, 1, 2, 2), (2, 3, 1, 1),
    ]  # fmt: skip
    assert found.ready
    first = models.BatchPaper.objects.order_by("part_id").first()
    assert first is not None
    # A control sheet with an empty back, and every letter with its own.
    assert page_count(bytes(first.pdf)) == 6


def test_handing_over_makes_every_letter_sent_on_that_day(organisation: int) -> None:
    _written(organisation, 2, Kind.FOURTEEN_DAY)
    number = _batch(organisation)
    make_part(organisation_id=organisation, batch_id=number)
    _hand_over(organisation, number)
    assert set(models.Sending.objects.values_list("state", "sent_on")) == {("sent", THURSDAY)}
    steps = list(Step.objects.order_by("id"))
    assert [step.effective_on for step in steps] == [THURSDAY] * 2
    # Posted on Thursday 5 November: Friday is the first day, Saturday 7 November the second, when it counts as delivered.
    # Fourteen days from Sunday 8 November end on Saturday 21, a rest day, so on Monday 23: costs from 24 November.
    assert {step.facts["fee_from_on"] for step in steps} == {"2026-11-24"}
    assert steps[0].facts["proof"] == f"batch {number}, brief 1"
    assert steps[0].facts["fee_cents"] == 21_000


def test_handing_over_twice_is_refused(organisation: int) -> None:
    _written(organisation, 1)
    number = _batch(organisation)
    make_part(organisation_id=organisation, batch_id=number)
    _hand_over(organisation, number)
    with pytest.raises(NotRight):
        _hand_over(organisation, number)
    assert Step.objects.count() == 1


@pytest.mark.parametrize("on", [offices.TODAY - timedelta(days=1), THURSDAY])
def test_a_batch_that_is_not_ready_or_of_a_later_day_is_not_handed_over(organisation: int, on: date) -> None:
    _written(organisation, 1)
    number = _batch(organisation)
    if on < offices.TODAY:
        make_part(organisation_id=organisation, batch_id=number)
    with pytest.raises(NotRight):
        _hand_over(organisation, number, on)
    assert Step.objects.count() == 0


def test_a_letter_is_in_one_batch_at_most(organisation: int) -> None:
    _written(organisation, 2)
    _batch(organisation)
    assert make_batch(organisation_id=organisation, actor="user:1", on=offices.TODAY) is None


def test_who_paid_is_held_before_the_batch_and_taken_out_after_it(organisation: int) -> None:
    _written(organisation, 3)
    offices.learned_later(organisation, 1, 1_000)
    number = _batch(organisation)
    make_part(organisation_id=organisation, batch_id=number)
    assert models.Sending.objects.filter(state="held", why="paid_since", batch=None).count() == 1
    offices.learned_later(organisation, 3, 1_000)
    places = [place for place, _, _ in overtaken(number, offices.TODAY)]
    assert places == [2]
    _hand_over(organisation, number, without=(2,))
    states = list(models.Sending.objects.order_by("id").values_list("state", flat=True))
    assert states == ["held", "sent", "held"]
    assert Step.objects.count() == 1


def test_a_batch_that_is_taken_back_lets_its_letters_wait_again(organisation: int) -> None:
    _written(organisation, 2)
    number = _batch(organisation)
    make_part(organisation_id=organisation, batch_id=number)
    undo_batch(organisation_id=organisation, actor="user:1", batch_id=number, on=offices.TODAY)
    assert set(models.Sending.objects.values_list("state", "batch_id")) == {("queued", None)}
    with pytest.raises(NotRight):
        _hand_over(organisation, number)
    again = _batch(organisation)
    assert again != number
    assert unfinished(organisation_id=organisation) == [again]


@pytest.mark.slow
def test_a_batch_that_was_killed_in_the_middle_goes_on_where_it_was(
    fresh_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tijdig.access.actions import create_organisation
    from tijdig.access.scope import organisation_scope

    monkeypatch.setattr(actions_print, "PART_LETTERS", 1)
    organisation = create_organisation(name="Proef", slug="proef")
    with organisation_scope(organisation):
        _written(organisation, 3)
    number = _batch(organisation)
    program = f"""
        import os, signal, django
        django.setup()
        from tijdig.letters import actions_print
        actions_print.make_part(organisation_id={organisation}, batch_id={number})
        keep = actions_print._keep
        def kept(*given):
            keep(*given)
            os.kill(os.getpid(), signal.SIGKILL)
        actions_print._keep = kept
        actions_print.make_part(organisation_id={organisation}, batch_id={number})
    """
    script = tmp_path / "killed.py"
    script.write_text(textwrap.dedent(program))
    env = os.environ | {"TIJDIG_APP_DSN": fresh_database}
    ended = subprocess.run([sys.executable, str(script)], env=env, timeout=60, capture_output=True, text=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    steps = [make_part(organisation_id=organisation, batch_id=number) for _ in range(3)]
    assert steps == [(2, 3), (3, 3), None]
    with organisation_scope(organisation):
        assert list(models.BatchPart.objects.order_by("id").values_list("number", "first")) == [
            (1, 1), (2, 2), (3, 3),
        ]  # fmt: skip
