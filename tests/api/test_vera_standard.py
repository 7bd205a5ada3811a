"""The standard's own description is kept: whatever fits it gets an answer that it describes.

The description is not part of this project; where it is not beside it these tests are skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import yaml
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.api import vera_ground
from tests.api.vera_ground import Ground

STANDARD = Path(__file__).parents[3] / "shared" / "samples" / "mit-vera-openapi" / "INC.yaml"
pytestmark = pytest.mark.skipif(
    not STANDARD.exists(), reason="the standard's description is not beside this project"
)
# Of the standard itself: a page is described as the list alone, a change without a body.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SERVED = "/vera/v4"


def _described() -> dict[str, Any]:
    """The standard with our address. What it says of a duration holds no regular expression that others can read."""
    told: dict[str, Any] = yaml.safe_load(STANDARD.read_text())
    told["servers"] = [{"url": SERVED}]
    return told


def _operations() -> list[tuple[str, str]]:
    if not STANDARD.exists():
        return []
    return [
        (path, method.upper())
        for path, item in _described()["paths"].items()
        for method in item
        if method in ("get", "post", "put", "patch", "delete")
    ]


@pytest.fixture
def ground(organisation: int) -> Ground:
    return vera_ground.ground(organisation)


@contextmanager
def _asked_from_outside() -> Iterator[None]:
    """A request must not close the connection: the test's transaction is on it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_operation_of_the_standard_is_there(ground: Ground) -> None:
    found = {
        (path, method): ground.ours.ask(
            method, path.lstrip("/").replace("{id}", "0"), {} if method != "GET" else None
        )
        for path, method in _operations()
    }
    assert len(found) == 15
    assert {
        one: answer.status_code for one, answer in found.items() if answer.status_code in (401, 405, 500)
    } == {}


@pytest.mark.parametrize(("path", "method"), _operations())
def test_what_fits_the_standard_is_answered_as_it_says(path: str, method: str, ground: Ground) -> None:
    schema = schemathesis.openapi.from_dict(_described())
    schema.app = get_wsgi_application()
    tried: list[int] = []

    @settings(
        max_examples=40,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def whatever(data: Any) -> None:
        operation = schema[path][method]
        case = data.draw(operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
        case.headers.update(ground.ours._headers)
        for name in ("X-API-KEY", "Authorization"):
            if name not in ground.ours._headers:
                case.headers.pop(name, None)
        answer = case.call(session=None)
        tried.append(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    with _asked_from_outside():
        whatever()
    assert len(tried) >= 1


@pytest.mark.parametrize("resource", ["betalingsregelingen", "externe-incassos"])
def test_what_stands_here_is_told_as_the_standard_says(resource: str, ground: Ground) -> None:
    """With an arrangement and a file there, and every field that we fill."""
    from django.utils import timezone

    made = ground.ours.ask("POST", "betalingsregelingen", vera_ground.plan(ground))
    assert made.status_code == 201
    action = {
        "idExtern": "1",
        "soort": {"code": "TEL"},
        "status": {"code": "NBR"},
        "begindatum": f"{timezone.localdate()}",
    }
    told = ground.theirs.ask("PATCH", f"externe-incassos/{ground.file}", {"externeincassoacties": [action]})
    assert told.status_code == 200, told.content
    schema = schemathesis.openapi.from_dict(_described())
    schema.app = get_wsgi_application()
    number = made.json()["id"] if resource == "betalingsregelingen" else str(ground.file)
    for path, given_path in ((f"/{resource}", {}), (f"/{resource}/{{id}}", {"id": number})):
        case = schema[path]["GET"].Case(path_parameters=given_path, headers=dict(ground.ours._headers))
        with _asked_from_outside():
            answer = case.call()
        assert answer.status_code == 200
        case.validate_response(answer, checks=CHECKS)
        assert _unknown(answer.json(), _fields(resource)) == []


def _fields(resource: str) -> dict[str, Any]:
    described = _described()["components"]["schemas"]
    name = {
        "betalingsregelingen": "Betalingsregelingen-Betalingsregelingbericht",
        "externe-incassos": "ExterneIncassos-ExterneIncassobericht",
    }[resource]
    return _open(described, described[name])


def _open(known: dict[str, Any], one: dict[str, Any]) -> dict[str, Any]:
    """The fields of a schema of the standard, with what it refers to."""
    if "$ref" in one:
        return _open(known, known[one["$ref"].rsplit("/", 1)[1]])
    fields: dict[str, Any] = {}
    for part in one.get("allOf", []):
        fields |= _open(known, part)
    for name, field in one.get("properties", {}).items():
        fields[name] = (known, field)
    return fields


def _unknown(value: Any, fields: dict[str, Any], place: str = "") -> list[str]:
    """Fields that we send and the standard does not have."""
    if isinstance(value, list):
        return [one for each in value for one in _unknown(each, fields, place)]
    if not isinstance(value, dict):
        return []
    found = []
    for name, inner in value.items():
        if name not in fields:
            found.append(f"{place}.{name}")
            continue
        known, field = fields[name]
        deeper = field["items"] if field.get("type") == "array" else field
        found += _unknown(inner, _open(known, deeper), f"{place}.{name}")
    return found
