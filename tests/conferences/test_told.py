"""A decision in one sentence, and who does it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.conferences.groups import DO_BY, UNTIL

from tijdig.conferences.kinds import Decision
from tijdig.conferences.told import doer, told
from tijdig.conferences.values import OutcomeDraft

LABELS = {"call": "Bellen", "visit": "Huisbezoek", "sms": "SMS sturen"}


def draft(
    decision: Decision | None, until_on: date | None = UNTIL, step: str = "call", do: str = ""
) -> OutcomeDraft:
    return OutcomeDraft(
        item_id=1,
        conference_id=1,
        seen=None,
        decision=decision,
        reason="",
        until_on=until_on,
        instead_of=step,
        do=do,
    )


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (draft(Decision.ARRANGE), "Eerst een regeling, geldt tot en met 30-11-2026"),
        (draft(Decision.HAND_OVER), "Overdragen aan de deurwaarder, geldt tot en met 30-11-2026"),
        (draft(Decision.OTHER_STEP, do="visit"), "In plaats van bellen: huisbezoek, tot en met 30-11-2026"),
        (
            draft(Decision.OTHER_STEP, step="gone", do="sms"),
            "In plaats van gone: SMS sturen, tot en met 30-11-2026",
        ),
        (draft(Decision.LATER), "Terug op de agenda; de stap bellen wacht tot en met 30-11-2026"),
        (draft(None), ""),
        (draft(Decision.HELP, None), ""),
    ],
)
def test_a_decision_is_one_sentence(made: OutcomeDraft, sentence: str) -> None:
    assert told(made, LABELS) == sentence


@pytest.mark.parametrize("decision", Decision)
def test_every_decision_says_until_when(decision: Decision) -> None:
    assert told(draft(decision, do="visit"), LABELS).endswith("30-11-2026")


@pytest.mark.parametrize(
    ("name", "by_on", "sentence"),
    [("Ada", DO_BY, "Ada doet dit, uiterlijk 09-11-2026"), ("Ada", None, "Ada doet dit"), ("", None, "")],
)
def test_who_does_it_by_when(name: str, by_on: date | None, sentence: str) -> None:
    assert doer(name, by_on) == sentence
