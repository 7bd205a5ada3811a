"""Rows that a page shows by the dozen, filled by Jinja: Django's own templates take ten times as long for the same cells.

What a page shows once is written in `templates`; what it shows often in `rows`, with the same filters and the same texts.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.middleware.csrf import get_token
from django.template.context import Context
from django.template.defaultfilters import capfirst, linebreaksbr
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info, gettext, ngettext, pgettext
from jinja2 import Environment, PackageLoader, StrictUndefined

from tijdig.web.templatetags import tijdig

register = template.Library()


@cache
def environment() -> Environment:
    """Where rows are read. What a row misses is an error, and whatever is shown is escaped."""
    made = Environment(
        loader=PackageLoader("tijdig.web", "rows"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext)  # type: ignore[attr-defined]
    made.globals["address"] = tijdig.address
    made.globals["languages"] = [
        (code, get_language_info(code)["name_local"].capitalize()) for code, _ in settings.LANGUAGES
    ]
    made.filters |= {**tijdig.register.filters, "capfirst": capfirst, "linebreaksbr": linebreaksbr}
    return made


@register.simple_tag(takes_context=True)
def rows(context: Context, name: str, **given: Any) -> SafeString:
    """The rows of that name. They know who reads and what the tag gives them, and nothing else of the page."""
    request = context.get("request")
    token = get_token(request) if request is not None else ""
    filled = environment().get_template(f"{name}.html").render(who=context.get("who"), token=token, **given)
    return mark_safe(filled)
