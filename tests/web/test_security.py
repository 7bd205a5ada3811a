"""What every answer says to the browser, whatever the address, whoever asks, and whether it is found or not."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.test import Client
from tests.web.test_routes import MATRIX, _address, places

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.web.security import HEADERS, POLICY

__all__ = ["places"]


def test_the_policy_has_no_exceptions() -> None:
    rules = {name: words for name, *words in (rule.split() for rule in POLICY.split("; "))}
    assert {word for words in rules.values() for word in words} <= {"'self'", "'none'"}
    assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == ["'none'"]


@pytest.mark.parametrize("role", [None, Role.TEAM_LEAD])
def test_every_answer_bears_the_headers_and_none_is_kept(
    corporation: Corporation, places: dict[str, int], role: Role | None
) -> None:
    client = Client() if role is None else corporation.signed_in(role)
    lacking = {}
    for route in MATRIX:
        answer = client.get(_address(route, places))
        wrong = [name for name, value in HEADERS.items() if answer.headers.get(name) != value]
        kept = answer.headers.get("Cache-Control", "")
        if wrong or "no-store" not in kept:
            lacking[route] = (wrong, kept)
    assert lacking == {}


@pytest.mark.parametrize(
    "address", ["/static/tijdig/app.css", "/static/tijdig/app.js", "/static/tijdig/nergens.css"]
)
def test_files_of_the_pages_bear_them_too_and_are_for_our_pages_only(address: str) -> None:
    answer = Client().get(address)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(("https", "told"), [("1", "max-age=63072000"), ("0", None)])
def test_https_is_asked_for_the_future_where_it_is_there(https: str, told: str | None) -> None:
    """The settings are read once, so each in a process of its own."""
    code = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "from django.conf import settings; settings.ALLOWED_HOSTS = ['*']\n"
        "print(Client().get('/static/tijdig/app.css', secure=True).headers.get('Strict-Transport-Security'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"TIJDIG_HTTPS": https},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str(told)
