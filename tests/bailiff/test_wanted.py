"""What somebody types finds a file by what may be seen of it, however it is written."""

from __future__ import annotations

import pytest

from tijdig.bailiff.partner_work import TASK_LABEL, Task
from tijdig.bailiff.wanted import ATTENTION, does_ask, has

FILE = ("De Vries-Çelik, M.", "Lange Nieuwstraat 14, Utrecht", "104233", "2026/817")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", True),
        ("vries", True),
        ("VRIES 14", True),
        ("celik", True),
        ("utrecht nieuw", True),
        ("104.233", True),
        ("2026/8", True),
        ("vries 15", False),
        ("%", False),
        ("_", False),
    ],
)
def test_every_word_stands_somewhere(words: str, found: bool) -> None:
    assert has(words, *FILE) is found


def test_what_asks_attention_is_all_but_what_goes_its_way() -> None:
    assert [task for task in Task if not does_ask(ATTENTION, task)] == [Task.GOES]
    assert [task for task in Task if does_ask("broken", task)] == [Task.BROKEN]
    assert [task for task in Task if does_ask("", task)] == list(Task) == list(TASK_LABEL)
    assert [task for task in Task if does_ask("niets", task)] == []
