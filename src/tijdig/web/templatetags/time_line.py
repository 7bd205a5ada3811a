"""Lines of the time line and rows of the chart's table that say one thing each.

Hundreds of them stand on a page, and a template that fills each cell costs more than what it says: these are filled here.
What has more to it (a contact, a decision with its reasons) is written in the template.
"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tijdig.cases.values import RuleSeen
from tijdig.web.chart_marks import Row
from tijdig.web.templatetags.tijdig import dutch_date, euro
from tijdig.web.time_line import Shown

register = template.Library()

_LINE = (
    '<li class="tl tl-{}"><span class="clock figures">{}</span> <span class="tl-sign">{}</span> '
    '<div class="what"><span lang="nl">{} <span class="sentence">{}</span></span></div> '
    '<span class="by soft">{}</span> <span class="money">{}</span></li>'
)
_SIGN = (
    '<svg class="sign" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><use href="#sign-{}"/></svg>'
)


@register.filter
def sign(name: str) -> SafeString | str:
    """The sign of that name; nothing for none."""
    return format_html(_SIGN, name) if name else ""


@register.filter
def plain_line(line: Shown) -> SafeString:
    """A line without anything folded in it."""
    item = line.item
    title = format_html('<a href="{}">{}</a>', line.href, item.title) if line.href else strong(item.title)
    return format_html(
        _LINE, item.group, line.clock, sign(line.sign), title, item.sentence, line.who, line.sum
    )


def strong(text: str) -> SafeString:
    return format_html("<strong>{}</strong>", text)


@register.filter
def rules(seen: Iterable[RuleSeen]) -> SafeString:
    """Rules as items of a list."""
    return format_html_join(
        "", "<li><strong>{}</strong> {}</li>", ((one.label, one.sentence) for one in seen)
    )


@register.filter
def balance_rows(rows: Iterable[Row]) -> SafeString:
    """The rows of the chart's table: day, balance, and what was done."""
    return format_html_join(
        "",
        '<tr><th scope="row" class="figures">{}</th><td class="money">{}</td><td>{}</td></tr>',
        ((dutch_date(row.on), euro(row.cents), _done(row)) for row in rows),
    )


def _done(row: Row) -> str:
    return ", ".join(f"{label} {many}×" if many > 1 else str(label) for label, many in row.done)
