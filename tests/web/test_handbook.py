"""The manual: every part that a page points at is there, its pictures come from our own address, and nothing else does."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import get_resolver

from tijdig.web.handbook import FOLDER, PLACES, handbook, picture, place_of

TEXT = (FOLDER / "README.md").read_text(encoding="utf-8")


def test_every_part_that_a_page_points_at_is_there() -> None:
    assert set(PLACES.values()) <= {place for place, _ in handbook().parts}


def test_every_page_that_points_at_a_part_exists() -> None:
    known = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert set(PLACES) <= known


def test_every_picture_of_the_text_is_there_and_has_words() -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", TEXT)
    assert pictures
    assert [name for _, name in pictures if picture(name.removeprefix("beelden/")) is None] == []
    assert [name for words, name in pictures if len(words) < 10] == []


@pytest.mark.parametrize("name", ["../README.md", "..%2fREADME.md", "a.svg", "none.png", "A.png", ""])
def test_nothing_but_a_picture_of_the_manual_is_given(name: str) -> None:
    assert picture(name) is None


def test_a_heading_has_its_place() -> None:
    assert place_of("Uw dag begint op Vandaag") == "uw-dag-begint-op-vandaag"


def test_the_page_is_for_everybody_and_shows_the_text(organisation: int) -> None:
    page = Client().get("/handleiding")
    assert page.status_code == 200
    assert '<h3 id="bellen">Bellen</h3>' in page.content.decode()
