"""The pages of a letter as drawings that may stand in a page: shapes, whatever somebody is called or wrote."""

from __future__ import annotations

import dataclasses
import re
from base64 import b64encode

import pytest

from tijdig.letters.letter import Kind, Language
from tijdig.letters.picture import OddPictureError, pictures, shapes_only
from tijdig.letters.samples import variants

_SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_drawn_with_shapes_alone(kind: Kind) -> None:
    for letter in (one for language in Language for one in variants(kind, language)):
        for drawing in pictures(letter):
            assert drawing.startswith("<svg ") and "viewBox" in drawing[:200]
            assert set(re.findall(r'(?:href|src|style)="([^"#]+)', drawing)) == set()
            assert "data:" not in drawing and "<image" not in drawing


def test_what_somebody_is_called_is_drawn_and_not_written() -> None:
    letter = variants(Kind.REMINDER, Language.NL)[0]
    odd = "</svg><script>alert(1)</script>"
    letter = dataclasses.replace(letter, to=dataclasses.replace(letter.to, name=odd))
    assert "script" not in "".join(pictures(letter)) and "alert" not in "".join(pictures(letter))


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<style>*{color:red}</style>",
        '<path style="color: red" d="M0 0"/>',
        '<path onclick="x()" d="M0 0"/>',
        '<use xlink:href="https://elders.example/x.svg#a"/>',
        '<image xlink:href="data:image/png;base64,AA"/>',
        '<a xlink:href="#a"><path d="M0 0"/></a>',
        '<path fill="url(https://elders.example/x)" d="M0 0"/>',
        "<g>woorden</g>",
        "<foreignObject/>",
        "<!-- woorden -->",
    ],
)
def test_anything_else_is_refused(inside: str) -> None:
    with pytest.raises(OddPictureError):
        shapes_only(f"<svg {_SVG}>{inside}</svg>".encode())


def test_shapes_that_point_at_each_other_stay() -> None:
    inside = '<defs><path id="a" d="M0 0"/></defs><use xlink:href="#a"/>'
    kept = shapes_only(f'<svg {_SVG} width="10pt" height="10pt" viewBox="0 0 10 10">{inside}</svg>'.encode())
    assert 'href="#a"' in kept and "viewBox" in kept and "10pt" not in kept


def _with(inner: str) -> bytes:
    drawn = b64encode(f"<svg {_SVG}>{inner}</svg>".encode()).decode()
    image = f'<image transform="translate(3)" width="8" xlink:href="data:image/svg+xml;base64,{drawn}"/>'
    return f"<svg {_SVG}>{image}</svg>".encode()


def test_a_drawing_in_a_drawing_is_written_out_and_looked_through_too() -> None:
    kept = shapes_only(_with('<path d="M4 4"/>'))
    assert '<g transform="translate(3)"><svg width="8"><path d="M4 4"/></svg></g>' in kept
    with pytest.raises(OddPictureError):
        shapes_only(_with("<script/>"))
