"""Handing over: what stops, what two people may go past, and how a file ends."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from tests.bailiff import partners
from tests.bailiff.partners import BY, SECOND, TODAY, agreed, at_partner, handed, ready
from tests.letters import offices

from tijdig.access.scope import organisation_scope, partner_scope
from tijdig.bailiff.actions_agreement import end_agreement
from tijdig.bailiff.actions_file import agree, end_file, take_in, withdraw
from tijdig.bailiff.kinds import End, Side, Start
from tijdig.bailiff.queries import file, files_of, open_files, waiting, waiting_of
from tijdig.bailiff.values import NotDone
from tijdig.cases.actions_flags import raise_flag
from tijdig.cases.actions_legal import seen_now
from tijdig.history.queries import of_subject
from tijdig.policy.words import Feature
from tijdig.steps.actions import Draft as StepDraft
from tijdig.steps.actions import note
from tijdig.steps.kinds import Kind as StepKind
from tijdig.tenancies.flag_draft import FlagDraft
from tijdig.tenancies.flags import Flag, LearnedFrom


def test_a_file_of_which_everything_is_right_goes_at_once_and_once(organisation: int) -> None:
    who = partners.partner()
    agreed(organisation, who)
    tenancy, form = ready(organisation), uuid4()
    pk = handed(organisation, tenancy, who[0], asked_as=form)
    assert pk is not None
    assert handed(organisation, tenancy, who[0], asked_as=form) == pk
    with pytest.raises(NotDone, match="al bij de deurwaarder"):
        handed(organisation, tenancy, who[0])
    with organisation_scope(organisation):
        (found,) = open_files()
        assert (found.tenancy_id, found.overdue_cents, found.second_name) == (tenancy, 140_000, "")
        row = seen_now(tenancy, TODAY)
        assert row is not None and row[Feature.WITH_BAILIFF] == 1
        assert {"hand_over_asked", "handed_over"} <= {one.verb for one in of_subject(f"tenancy:{tenancy}")}


def test_what_is_weak_needs_a_reason_and_a_second_person(organisation: int) -> None:
    who = partners.partner()
    agreed(organisation, who)
    tenancy = ready(organisation, visited=False)
    with pytest.raises(NotDone, match="Schrijf op waarom"):
        handed(organisation, tenancy, who[0], reason="  ")
    assert handed(organisation, tenancy, who[0], reason="De woning staat leeg.") is None
    with organisation_scope(organisation):
        (asked,) = waiting()
        assert (asked.weak, asked.reason, open_files()) == (("contact",), "De woning staat leeg.", [])
    with pytest.raises(NotDone, match="wacht op een tweede collega"):
        handed(organisation, tenancy, who[0], reason="Nog eens.")
    with pytest.raises(NotDone, match="twee accounts van dezelfde naam"):
        agree(organisation_id=organisation, hand_over_id=asked.id, **(SECOND | {"name": "an de Boer"}))
    with pytest.raises(NotDone, match="U vroeg dit zelf"):
        agree(organisation_id=organisation, hand_over_id=asked.id, **BY)
    agree(organisation_id=organisation, hand_over_id=asked.id, **SECOND)
    with organisation_scope(organisation):
        (found,) = files_of(tenancy)
        assert (found.second_name, waiting_of(tenancy)) == ("Bea Bos", None)
    with pytest.raises(NotDone, match="wacht niet meer"):
        agree(organisation_id=organisation, hand_over_id=asked.id, **SECOND)


def test_the_second_person_may_say_no(organisation: int) -> None:
    who = partners.partner()
    agreed(organisation, who)
    tenancy = ready(organisation, visited=False)
    handed(organisation, tenancy, who[0], reason="Leeg.")
    with organisation_scope(organisation):
        (asked,) = waiting()
    withdraw(organisation_id=organisation, hand_over_id=asked.id, **SECOND)
    with organisation_scope(organisation):
        assert waiting() == []
    assert handed(organisation, tenancy, who[0], reason="Toch.") is None


@pytest.mark.parametrize("flag", [Flag.WSNP, Flag.AMICABLE, Flag.MORATORIUM, Flag.DEATH, Flag.ADMINISTRATION])
def test_no_name_and_no_reason_goes_past_what_stops(organisation: int, flag: Flag) -> None:
    """Also when it came after the first person asked."""
    who = partners.partner()
    agreed(organisation, who)
    tenancy = ready(organisation, visited=False)
    handed(organisation, tenancy, who[0], reason="Leeg.")
    with organisation_scope(organisation):
        (asked,) = waiting()
    draft = FlagDraft(tenancy_id=tenancy, kind=flag, begin_on=TODAY, learned_from=LearnedFrom.TENANT)
    raise_flag(organisation_id=organisation, actor="user:1", draft=draft, asked_as=uuid4(), on=TODAY)
    with pytest.raises(NotDone):
        agree(organisation_id=organisation, hand_over_id=asked.id, **SECOND)
    withdraw(organisation_id=organisation, hand_over_id=asked.id, **SECOND)
    with pytest.raises(NotDone):
        handed(organisation, tenancy, who[0], reason="Leeg.")


def test_without_an_agreement_that_holds_nothing_goes(organisation: int) -> None:
    tenancy = ready(organisation)
    who = partners.partner()
    with organisation_scope(organisation):
        pass
    partners.proposed(organisation, who[2])  # nobody approved it
    with pytest.raises(NotDone, match="geen afspraken"):
        handed(organisation, tenancy, who[0])
    pk = agreed(organisation, who, begin_on=TODAY + timedelta(days=1))
    with pytest.raises(NotDone, match="geen afspraken"):
        handed(organisation, tenancy, who[0])
    end_agreement(organisation_id=organisation, agreement_id=pk, side=Side.CORPORATION, end_on=TODAY, **BY)


def test_a_partner_closes_and_the_corporation_takes_back(organisation: int) -> None:
    who = partners.partner()
    agreed(organisation, who, begin_on=TODAY)
    first, second = ready(organisation, 1), ready(organisation, 2)
    files = [handed(organisation, one, who[0]) for one in (first, second)]
    assert None not in files
    actor = f"user:{who[1]}"
    with at_partner(organisation, who):
        with pytest.raises(NotDone, match="kiest de corporatie"):
            end_file(
                organisation_id=organisation, actor=actor, name="Piet", file_id=files[0] or 0, side=Side.PARTNER,
                end=End.TAKEN_BACK, on=TODAY,
            )  # fmt: skip
        end_file(
            organisation_id=organisation, actor=actor, name="Piet", file_id=files[0] or 0, side=Side.PARTNER,
            end=End.PAID, on=TODAY,
        )  # fmt: skip
        with pytest.raises(NotDone):
            end_file(
                organisation_id=organisation, actor=actor, name="Piet", file_id=files[0] or 0, side=Side.PARTNER,
                end=End.PAID, on=TODAY,
            )  # fmt: skip
        with partner_scope():
            assert [one.tenancy_id for one in open_files()] == [second]
    end_file(
        organisation_id=organisation, file_id=files[1] or 0, side=Side.CORPORATION, end=End.TAKEN_BACK, **BY
    )
    with organisation_scope(organisation):
        assert open_files() == []
        ended = file(files[0] or 0)
        assert ended is not None and (ended.end, ended.end_name) == (End.PAID, "Piet")
        row = seen_now(second, TODAY)
        assert row is not None and row[Feature.WITH_BAILIFF] == 0
    with pytest.raises(NotDone, match="al gesloten door An de Boer"):
        end_file(
            organisation_id=organisation, file_id=files[1] or 0, side=Side.CORPORATION, end=End.PAID, **BY
        )


def test_a_file_that_went_before_there_was_an_agreement_is_put_with_the_partner_once(
    organisation: int,
) -> None:
    tenancy = ready(organisation)
    with organisation_scope(organisation):
        step = [StepDraft(tenancy, "act:1", {"name": "An"})]
        note(
            organisation_id=organisation,
            actor="user:1",
            kind=StepKind.HANDED_OVER,
            on=date(2026, 10, 26),
            steps=step,
        )
    who = partners.partner()
    with organisation_scope(organisation):
        pass
    agreed(organisation, who)
    form = uuid4()
    given = {
        "organisation_id": organisation,
        "tenancy_id": tenancy,
        "partner_id": who[0],
        "start": Start.ARREARS,
    }
    pk = take_in(asked_as=form, **given, **BY)
    assert take_in(asked_as=form, **given, **BY) == pk
    with pytest.raises(NotDone, match="al bij een"):
        take_in(asked_as=uuid4(), **given, **BY)
    with organisation_scope(organisation):
        (found,) = open_files()
        assert found.handed_over_on == date(2026, 10, 26)
    end_file(organisation_id=organisation, file_id=pk, side=Side.CORPORATION, end=End.TAKEN_BACK, **BY)
    with pytest.raises(NotDone, match="niet bij een deurwaarder"):
        take_in(asked_as=uuid4(), **given, **BY)


def test_a_tenancy_of_elsewhere_is_not_there(organisation: int) -> None:
    who = partners.partner()
    agreed(organisation, who)
    with pytest.raises(NotDone, match="is er niet"):
        handed(organisation, 999_999, who[0])
    assert date(2026, 11, 2) == offices.TODAY
