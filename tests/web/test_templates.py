"""Every page: it compiles, it keeps the Content Security Policy, and each of its texts has its English."""

from __future__ import annotations

import gettext
import os
import re
from pathlib import Path

import django
import pytest
from django.template import Engine

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tijdig.project.settings")
django.setup()

from tijdig.web.templatetags.rows import environment  # noqa: E402 - filters need the settings

WEB = Path(__file__).parents[2] / "src" / "tijdig" / "web"
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
ROWS = sorted((WEB / "rows").glob("*.html"))
CATALOGUE = WEB / "locale" / "en" / "LC_MESSAGES" / "django.mo"

_TRANS = re.compile(r"""\{% trans (?:"([^"]*)"|'([^']*)')(?: context "([^"]*)")?""")
_ROW = re.compile(r"""\b(?:_|ngettext)\("([^"]*)\"""")
_ROW_CONTEXT = re.compile(r"""\bpgettext\("([^"]*)", "([^"]*)"\)""")
_BLOCK = re.compile(r"\{% blocktrans[^%]*%\}(.*?)(?:\{% plural %\}.*?)?\{% endblocktrans %\}", re.S)
_TAG = re.compile(r"\{%.*?%\}", re.S)
_VARIABLE = re.compile(r"\{\{ ?(\w+) ?\}\}")
_FORBIDDEN = {
    "inline style": re.compile(r"\sstyle\s*="),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)"),
    "inline handler": re.compile(r"\s(?:on[a-z]+|hx-on[\w:-]*)\s*="),
    "style element": re.compile(r"<style"),
    "address elsewhere": re.compile(r"""(?:src|href)=["'](?:https?:)?//"""),
}


def english() -> gettext.GNUTranslations:
    with CATALOGUE.open("rb") as file:
        return gettext.GNUTranslations(file)


def texts(template: Path) -> set[str]:
    """The message ids of a template, as the catalogue names them."""
    source = template.read_text(encoding="utf-8")
    short = {
        f"{context}\x04{one or two}" if context else one or two
        for one, two, context in _TRANS.findall(source)
    }
    named = {f"{context}\x04{text}" for context, text in _ROW_CONTEXT.findall(source)}
    return short | named | {_message(body) for body in _BLOCK.findall(source)} | set(_ROW.findall(source))


def _message(body: str) -> str:
    """A block's text with its variables as the catalogue writes them; a percent sign is doubled there."""
    return _VARIABLE.sub(r"%(\1)s", body.strip().replace("%", "%%"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_template_compiles(template: Path) -> None:
    assert Engine.get_default().get_template(template.name).name == template.name


@pytest.mark.parametrize("template", ROWS, ids=lambda path: path.name)
def test_row_compiles_and_escapes(template: Path) -> None:
    made = environment().get_template(template.name)
    assert made.name == template.name and made.environment.autoescape is True


@pytest.mark.parametrize("template", TEMPLATES + ROWS, ids=lambda path: path.name)
def test_template_has_nothing_inline(template: Path) -> None:
    source = _TAG.sub("", template.read_text(encoding="utf-8"))
    assert [name for name, pattern in _FORBIDDEN.items() if pattern.search(source)] == []


@pytest.mark.parametrize("template", TEMPLATES + ROWS, ids=lambda path: path.name)
def test_every_text_has_its_english(template: Path) -> None:
    known = {key[0] if isinstance(key, tuple) else key for key in english()._catalog}  # type: ignore[attr-defined]
    assert sorted(texts(template) - known) == []


def test_text_is_found_in_every_page_with_words() -> None:
    """The reading above finds something: a page whose texts it cannot see would pass by being blind."""
    assert len({text for template in TEMPLATES for text in texts(template)}) > 200
    assert len({text for template in ROWS for text in texts(template)}) > 20


@pytest.mark.parametrize(
    "name",
    [
        "app.js",
        "app.css",
        "law.css",
        "claim.css",
        "letters.css",
        "texts.css",
        "texts.js",
        "time-line.css",
        "tokens.css",
    ],
)
def test_static_file_stays_readable(name: str) -> None:
    lines = (WEB / "static" / "tijdig" / name).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 400


@pytest.mark.parametrize("name", ["app.js", "texts.js"])
def test_script_writes_no_style_and_evaluates_nothing(name: str) -> None:
    script = (WEB / "static" / "tijdig" / name).read_text(encoding="utf-8")
    assert re.findall(r"\beval\(|new Function|\.style\b|setAttribute\(.style", script) == []
