"""Acts with legal effect on a page: letters approved by name, and what was done about municipality and bailiff."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.help import neighbours
from tests.letters import offices

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.cases.actions import evaluate_dirty
from tijdig.cases.actions_flags import raise_flag
from tijdig.cases.actions_legal import note_act
from tijdig.letters.queries import letters_of
from tijdig.steps.kinds import Kind
from tijdig.steps.queries import steps_of
from tijdig.tenancies.flag_draft import FlagDraft
from tijdig.tenancies.flags import Flag, LearnedFrom


@pytest.fixture
def waiting(corporation: Corporation) -> list[int]:
    """Two tenants whose next step is the fourteen-day letter; the first is an administrator's."""
    today, organisation = timezone.localdate(), corporation.organisation
    offices.letterhead(organisation)
    ids = [offices.tenant(organisation, number, months=2) for number in (1, 2)]
    for tenancy in ids:  # they do not want the municipality told, and were called: that is done with
        note_act(
            organisation_id=organisation,
            actor="user:1",
            name="An",
            tenancy_id=tenancy,
            kind=Kind.SIGNAL_OBJECTED,
            remark="",
            asked_as=uuid4(),
            on=today,
        )
        neighbours.call(organisation, tenancy, today - timedelta(days=1), now=timezone.now())
    draft = FlagDraft(
        tenancy_id=ids[0], kind=Flag.DEBT_PROCEDURE, begin_on=today, learned_from=LearnedFrom.TENANT
    )
    raise_flag(organisation_id=organisation, actor="user:1", draft=draft, asked_as=uuid4(), on=today)
    evaluate_dirty(organisation_id=organisation, on=today)
    return ids


def _rules(corporation: Corporation) -> dict[int, str]:
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT tenancy_id, rule FROM cases_standing")
        return dict(cursor.fetchall())


@pytest.fixture
def client(corporation: Corporation) -> Client:
    return corporation.signed_in(Role.CONSULTANT)


def test_all_without_doubt_are_approved_together_on_a_name(
    corporation: Corporation, waiting: list[int], client: Client
) -> None:
    assert _rules(corporation) == {waiting[0]: "debt_procedure", waiting[1]: "fourteen_day_letter"}
    page = client.get("/goedkeuren").content.decode()
    assert f'id="zaak-{waiting[1]}"' in page
    assert f'id="zaak-{waiting[0]}"' not in page
    client.post("/goedkeuren", {"alle": "1"})
    with organisation_scope(corporation.organisation):
        assert [len(letters_of(one, timezone.localdate())) for one in waiting] == [0, 1]


def test_nothing_chosen_writes_nothing(corporation: Corporation, waiting: list[int], client: Client) -> None:
    client.post("/goedkeuren", {"zaak": ["999999", str(waiting[0])]})
    with organisation_scope(corporation.organisation):
        assert [letters_of(one, timezone.localdate()) for one in waiting] == [[], []]


def test_an_act_is_written_in_a_name_and_what_cannot_be_says_what_comes_first(
    corporation: Corporation, client: Client
) -> None:
    tenancy = offices.tenant(corporation.organisation, 3)
    page = client.get(f"/huurder/{tenancy}/stap").content.decode()
    assert "Eerst besluit iemand op naam" in page
    assert 'value="handed_over"' not in page
    refused = client.post(f"/huurder/{tenancy}/stap", {"wat": "handed_over", "formulier": str(uuid4())})
    assert refused.status_code == 400
    client.post(f"/huurder/{tenancy}/stap", {"wat": "signal_objected", "formulier": str(uuid4())})
    with organisation_scope(corporation.organisation):
        (step,) = steps_of([tenancy], as_of=timezone.localdate())
        assert step.kind is Kind.SIGNAL_OBJECTED
        assert step.facts["name"]
