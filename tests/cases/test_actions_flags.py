"""Setting a circumstance and ending it both ask for a new evaluation, in the same transaction."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.cases.actions_flags import end_flag, lower_flag, raise_flag
from tijdig.rulings.kinds import Kind
from tijdig.rulings.queries import in_force
from tijdig.tenancies.flag_draft import EndDraft, FlagDraft, NotFlagged
from tijdig.tenancies.flags import AFTER_DAYS, Flag, LearnedFrom
from tijdig.tenancies.queries_flags import flags_of

TODAY = date(2026, 11, 2)


def _marks() -> list[tuple[object, ...]]:
    """The marks there are; after it there are none."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_dirty RETURNING tenancy_id, earliest_on")
        return list(cursor.fetchall())


def test_each_leaves_a_mark_and_a_form_that_comes_twice_leaves_one(organisation: int) -> None:
    tenancy, form = offices.tenant(organisation), uuid4()
    offices.tenant(organisation, 2)
    _marks()
    draft = FlagDraft(
        tenancy_id=tenancy, kind=Flag.DEATH, begin_on=date(2026, 10, 1), learned_from=LearnedFrom.TENANT
    )
    asked = {"organisation_id": organisation, "actor": "user:1", "draft": draft, "on": TODAY}
    number = raise_flag(asked_as=form, **asked)  # type: ignore[arg-type]
    assert _marks() == [(tenancy, TODAY)]
    assert raise_flag(asked_as=form, **asked) == number  # type: ignore[arg-type]
    with pytest.raises(NotFlagged):
        raise_flag(asked_as=uuid4(), **asked)  # type: ignore[arg-type]
    assert _marks() == []
    end = EndDraft(flag_id=number, end_on=TODAY, learned_from=LearnedFrom.COLLEAGUE)
    lower_flag(organisation_id=organisation, actor="user:1", draft=end, on=TODAY)
    assert _marks() == [(tenancy, TODAY)]
    assert [one.holds(TODAY) for one in flags_of(tenancy, TODAY)] == [False]
    with pytest.raises(NotFlagged):
        lower_flag(organisation_id=organisation, actor="user:1", draft=end, on=TODAY)
    assert _marks() == []


def test_after_a_debt_procedure_nothing_is_asked_until_somebody_found_out_how_it_ended(
    organisation: int,
) -> None:
    """What was forgiven may not be asked again; a mistake that is mended pauses nothing."""
    tenancy = offices.tenant(organisation)
    draft = FlagDraft(
        tenancy_id=tenancy,
        kind=Flag.WSNP,
        begin_on=TODAY - timedelta(days=40),
        learned_from=LearnedFrom.TENANT,
    )
    for end_on, rests in ((draft.begin_on, False), (TODAY, True)):
        number = raise_flag(
            organisation_id=organisation, actor="user:1", draft=draft, asked_as=uuid4(), on=TODAY
        )
        end_flag(
            organisation_id=organisation,
            actor="user:1",
            name="An de Boer",
            draft=EndDraft(flag_id=number, end_on=end_on, learned_from=LearnedFrom.TENANT),
            now=offices.NOON,
            on=TODAY,
        )
        with organisation_scope(organisation):
            held = [(one.kind, one.until_on) for one in in_force(TODAY, [tenancy])]
        assert held == ([(Kind.PAUSE, TODAY + timedelta(days=AFTER_DAYS))] if rests else [])
