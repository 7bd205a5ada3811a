"""The four duties: each one missing keeps a signal back, and so does whatever stands in the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.help.duties import Facts, Proof, Source, judged
from tijdig.help.kinds import DUTY_LABEL, DUTY_LAW, STOP_SENTENCE, Duty, Stop

ON = date(2026, 11, 2)
SINCE = date(2026, 9, 2)
READY = Facts(
    tenancy_id=1,
    since_on=SINCE,
    overdue_cents=140_000,
    sought=Proof(Source.CONTACT, 5, date(2026, 9, 9), "telefoon"),
    pointed=Proof(Source.LETTER, 7, date(2026, 10, 1), "brief"),
    reminded=Proof(Source.LETTER, 7, date(2026, 10, 1), "brief"),
    offered=Proof(Source.LETTER, 7, date(2026, 10, 1), "brief"),
)


def test_all_four_done_and_nothing_in_the_way_may_be_decided() -> None:
    found = judged(READY, ON, 14)
    assert found.may
    assert (found.missing, found.stops, found.waits) == ((), (), False)
    assert [one.duty for one in found.duties] == list(Duty)


@pytest.mark.parametrize(
    ("field", "duty"),
    [("sought", Duty.CONTACT), ("pointed", Duty.HELP), ("reminded", Duty.REMINDER), ("offered", Duty.OFFER)],
)
def test_each_duty_missing_in_turn_keeps_it_back(field: str, duty: Duty) -> None:
    found = judged(replace(READY, **{field: None}), ON, 14)
    assert not found.may
    assert found.missing == (duty,)


@pytest.mark.parametrize(("day", "may"), [(date(2026, 10, 14), False), (date(2026, 10, 15), True)])
def test_the_tenant_has_the_whole_term_to_say_no(day: date, may: bool) -> None:
    found = judged(READY, day, 14)
    assert (found.may, found.waits) == (may, not may)
    assert found.from_on == date(2026, 10, 15)


def test_a_no_on_day_twenty_stops_the_signal_of_day_thirty() -> None:
    found = judged(replace(READY, objected_on=date(2026, 10, 20)), date(2026, 10, 30), 14)
    assert (found.may, found.stops) == (False, (Stop.OBJECTED,))


def test_without_arrears_there_is_nothing_to_tell() -> None:
    assert judged(replace(READY, overdue_cents=0), ON, 14).stops == (Stop.NO_ARREARS,)
    assert judged(replace(READY, since_on=None), ON, 14).stops == (Stop.NO_ARREARS,)


@given(stops=st.frozensets(st.sampled_from(list(Stop)), min_size=1))
def test_whatever_stands_in_the_way_is_named_in_one_order(stops: frozenset[Stop]) -> None:
    found = judged(replace(READY, stops=stops), ON, 14)
    assert not found.may
    assert found.stops == tuple(stop for stop in Stop if stop in stops)


def test_every_word_has_its_sentence() -> None:
    assert set(DUTY_LABEL) == set(DUTY_LAW) == set(Duty)
    assert set(STOP_SENTENCE) == set(Stop)
