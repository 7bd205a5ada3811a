"""The API keeps its own word: whatever fits its description gets an answer that is described."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from doors import Corporation

OPERATIONS = [
    ("/api/v1/entries", "POST"),
    ("/api/v1/tenancies/{contract}", "PUT"),
    ("/api/v1/tenancies/{contract}/position", "GET"),
]
# An end before the begin fits the description field by field, and is refused all the same.
EXCLUDED = {"/api/v1/tenancies/{contract}": [positive_data_acceptance]}


@pytest.fixture
def schema(corporation: Corporation) -> Iterator[Any]:
    """The description as served. A request must not close the connection: the test's transaction is on it."""
    corporation.lease(1)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_operation_is_tried(schema: Any) -> None:
    found = [(one.ok().path, one.ok().method.upper()) for one in schema.get_all_operations()]
    assert sorted(found) == sorted(OPERATIONS)


@pytest.mark.parametrize(
    "mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value
)
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_whatever_is_sent_the_answer_is_as_described(
    path: str, method: str, mode: GenerationMode, schema: Any, corporation: Corporation
) -> None:
    headers = {"Authorization": f"Bearer {corporation.token()}"}
    tried: list[int] = []

    @settings(
        max_examples=30,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def try_it(data: st.DataObject) -> None:
        case = data.draw(schema[path][method].as_strategy(generation_mode=mode))
        answer = case.call_and_validate(headers=headers, excluded_checks=EXCLUDED.get(path))
        tried.append(answer.status_code)

    try_it()
    assert len(tried) >= 30
    assert [code for code in tried if code >= 500] == []
