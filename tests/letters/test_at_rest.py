"""What was written goes no more when the case came to stand still since; what the program took back is asked anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from tests.letters import offices
from tests.letters.test_automatic import _behind, _carry

from tijdig.access.scope import organisation_scope
from tijdig.cases.actions import evaluate_dirty
from tijdig.cases.planned import State
from tijdig.cases.queries_planned import planned_of
from tijdig.cases.queries_policy import steps_on
from tijdig.cases.queries_still import still
from tijdig.letters import actions_automatic, models
from tijdig.letters.actions import write
from tijdig.letters.actions_automatic import Carried
from tijdig.letters.actions_print import make_batch, take_back_overtaken
from tijdig.letters.holds import WHY, hold
from tijdig.letters.letter import Kind
from tijdig.letters.queries_seen import seen
from tijdig.letters.wish import Wish
from tijdig.objections.actions import object_to
from tijdig.objections.kinds import About, Way
from tijdig.objections.values import ObjectionDraft
from tijdig.rulings.actions import rule
from tijdig.rulings.kinds import Kind as RulingKind
from tijdig.rulings.values import Draft as RulingDraft
from tijdig.steps.actions import Draft as StepDraft
from tijdig.steps.actions import note
from tijdig.steps.kinds import Kind as StepKind
from tijdig.tenancies.actions_flags import raise_flag
from tijdig.tenancies.flag_draft import FlagDraft
from tijdig.tenancies.flags import Flag, LearnedFrom

DUE = offices.TODAY + timedelta(days=2)
LONG_AFTER = datetime(2099, 1, 1, 12, tzinfo=UTC)


def _flag(kind: Flag) -> Callable[[int, int], None]:
    def happens(organisation: int, tenancy: int) -> None:
        draft = FlagDraft(
            tenancy_id=tenancy, kind=kind, begin_on=offices.TODAY, learned_from=LearnedFrom.TENANT
        )
        raise_flag(organisation_id=organisation, actor="user:1", draft=draft, asked_as=uuid4(), on=DUE)

    return happens


def _objects(about: About) -> Callable[[int, int], None]:
    def happens(organisation: int, tenancy: int) -> None:
        draft = ObjectionDraft(
            tenancy_id=tenancy, about=about, received_on=offices.TODAY, way=Way.PHONE, words="Dat klopt niet."
        )
        object_to(organisation_id=organisation, actor="user:1", draft=draft, asked_as=uuid4(), on=DUE)

    return happens


def _rules(kind: RulingKind) -> Callable[[int, int], None]:
    def happens(organisation: int, tenancy: int) -> None:
        rule(
            organisation_id=organisation,
            actor="user:1",
            name="Sanne Kuiper",
            tenancy_id=tenancy,
            draft=RulingDraft(
                kind=kind,
                instead_of="",
                do="",
                until_on=DUE + timedelta(days=20),
                reason="Ligt in het ziekenhuis.",
            ),
            codes=list(steps_on(DUE)),
            asked_as=uuid4(),
            now=LONG_AFTER,
            on=DUE,
        )

    return happens


def _bailiff(organisation: int, tenancy: int) -> None:
    with organisation_scope(organisation):
        note(
            organisation_id=organisation,
            actor="user:1",
            kind=StepKind.HANDED_OVER,
            on=offices.TODAY,
            steps=[StepDraft(tenancy, f"tenancy:{tenancy}", {})],
        )


STOPS = {
    "debt procedure": _flag(Flag.DEBT_PROCEDURE),
    "administration": _flag(Flag.ADMINISTRATION),
    "death": _flag(Flag.DEATH),
    "bankruptcy": _flag(Flag.BANKRUPTCY),
    "objection to the whole": _objects(About.ARREARS),
    "objection to a letter": _objects(About.LETTER),
    "pause": _rules(RulingKind.PAUSE),
    "help": _rules(RulingKind.HELP),
    "bailiff": _bailiff,
}
GOES_ON = {
    "vulnerable": _flag(Flag.VULNERABLE),
    "how one was treated": _objects(About.TREATMENT),
    "to another step": _rules(RulingKind.GO_ON),
}


def _sending(organisation: int) -> tuple[str, str]:
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT state, why FROM letters_sending ORDER BY id DESC LIMIT 1")
        state, why = cursor.fetchone()
        return str(state), str(why)


@pytest.mark.parametrize("stop", STOPS)
def test_what_the_program_wrote_is_taken_back_when_the_case_comes_to_stand_still(
    organisation: int, stop: str
) -> None:
    tenancy = _behind(organisation, email="")
    assert _carry(organisation, DUE) == Carried(1, 0)
    STOPS[stop](organisation, tenancy)
    take_back_overtaken(organisation_id=organisation, on=DUE)
    assert _sending(organisation) == ("cancelled", "at_rest")
    assert make_batch(organisation_id=organisation, actor="user:1", on=DUE) is None


@pytest.mark.parametrize("what", GOES_ON)
def test_what_stops_nothing_takes_nothing_back(organisation: int, what: str) -> None:
    tenancy = _behind(organisation, email="")
    assert _carry(organisation, DUE) == Carried(1, 0)
    GOES_ON[what](organisation, tenancy)
    take_back_overtaken(organisation_id=organisation, on=DUE)
    assert _sending(organisation) == ("queued", "")


def _fourteen_days(organisation: int, tenancy: int) -> None:
    """An approved letter with legal effect that waits for paper."""
    offices.letterhead(organisation)
    wish = Wish(tenancy_id=tenancy, kind=Kind.FOURTEEN_DAY, on=offices.TODAY, given={})
    write(organisation_id=organisation, actor="user:1", by="Sanne Kuiper", wish=wish, now=offices.NOON)


@pytest.mark.parametrize("stop", STOPS)
def test_a_letter_with_legal_effect_waits_for_a_person(organisation: int, stop: str) -> None:
    tenancy = offices.tenant(organisation, email="")
    _fourteen_days(organisation, tenancy)
    STOPS[stop](organisation, tenancy)
    assert make_batch(organisation_id=organisation, actor="user:1", on=DUE) is None
    assert _sending(organisation) == ("held", "at_rest")
    assert WHY["at_rest"]


def test_what_was_known_when_it_was_written_does_not_hold_it(organisation: int) -> None:
    tenancy = offices.tenant(organisation, email="")
    STOPS["administration"](organisation, tenancy)
    _fourteen_days(organisation, tenancy)
    row = models.Sending.objects.get()
    assert hold(seen([row.pk], DUE)[row.pk], DUE) == ""


def test_what_is_over_holds_nothing(organisation: int) -> None:
    tenancy = _behind(organisation, email="")
    STOPS["pause"](organisation, tenancy)
    with organisation_scope(organisation):
        assert still(DUE, [tenancy]).keys() == {tenancy}
        assert still(DUE + timedelta(days=21), [tenancy]) == {}


def test_what_announces_the_bailiff_goes_with_the_file() -> None:
    from tijdig.cases.queries_still import Still
    from tijdig.letters.queries_seen import _since

    handed = Still(bailiff_at=LONG_AFTER)
    assert _since(offices.NOON, Kind.HANDOVER_ANNOUNCED, handed) is False
    assert _since(offices.NOON, Kind.REMINDER, handed) is True
    assert _since(offices.NOON, Kind.HANDOVER_ANNOUNCED, Still(LONG_AFTER, LONG_AFTER)) is True


def test_who_pays_a_part_before_it_goes_is_written_to_again_about_the_rest(organisation: int) -> None:
    tenancy = _behind(organisation, email="")
    assert _carry(organisation, DUE) == Carried(1, 0)
    offices.pay(organisation, 1, 1_000)
    evaluate_dirty(organisation_id=organisation, on=DUE)
    take_back_overtaken(organisation_id=organisation, on=DUE)
    assert _sending(organisation) == ("cancelled", "paid_since")
    with organisation_scope(organisation):
        (again,) = planned_of(tenancy, as_of=DUE)
        assert (again.state, again.due_on) == (State.PLANNED, DUE + timedelta(days=1))
        assert again.note == WHY["paid_since"]
    assert _carry(organisation, DUE) == Carried(0, 0)
    assert _carry(organisation, DUE + timedelta(days=1)) == Carried(1, 0)
    assert _sending(organisation) == ("queued", "")


def test_who_pays_it_all_is_written_to_no_more(organisation: int) -> None:
    tenancy = _behind(organisation, email="")
    assert _carry(organisation, DUE) == Carried(1, 0)
    offices.pay(organisation, 1, offices.RENT_CENTS)
    evaluate_dirty(organisation_id=organisation, on=DUE)
    take_back_overtaken(organisation_id=organisation, on=DUE)
    with organisation_scope(organisation):
        (gone,) = planned_of(tenancy, as_of=DUE)
        assert gone.state is State.WITHDRAWN
    assert _carry(organisation, DUE + timedelta(days=1)) == Carried(0, 0)


def test_one_letter_that_cannot_be_made_keeps_no_other_from_going(
    organisation: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _behind(organisation)
    offices.tenant(organisation, 2, months=0)
    offices.charge(
        organisation, "100002", offices.EntryKind.RENT, offices.RENT_CENTS, offices.TODAY - timedelta(days=1)
    )
    evaluate_dirty(organisation_id=organisation, on=offices.TODAY)
    real = actions_automatic.write

    def stumbles(**asked: object) -> int:
        wish = asked["wish"]
        if isinstance(wish, Wish) and wish.tenancy_id == first:
            raise RuntimeError("a letter that cannot be set")
        return real(**asked)  # type: ignore[arg-type]

    monkeypatch.setattr(actions_automatic, "write", stumbles)
    assert _carry(organisation, DUE) == Carried(1, 1)
    with organisation_scope(organisation):
        (waits,) = planned_of(first, as_of=DUE)
        assert (waits.state, waits.note) == (State.PLANNED, WHY["broken"])
