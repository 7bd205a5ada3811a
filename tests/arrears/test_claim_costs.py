"""Collection costs in a claim: told by hand to the cent, and what holds on any ledger with any letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.arrears.ledgers import FIRST, LAST, ledgers, portfolio_of
from tests.arrears.reference import COSTS, CREDIT, PRINCIPAL, UNDO, Fact

from tijdig.arrears.claim import Claim, claim
from tijdig.arrears.imputation import settle
from tijdig.arrears.notice_costs import Booked, NoticeCosts, State
from tijdig.arrears.notices import Notice, notices
from tijdig.arrears.open_then import OpenThen
from tijdig.arrears.portfolio import Portfolio, build
from tijdig.base.days import day_number, day_of
from tijdig.law.collection_costs import collection_costs
from tijdig.law.conventions import Conventions, Weekend
from tijdig.law.letter_term import fourteen_days
from tijdig.steps.kinds import Kind, LetterFacts, Step

RENT = 70_000
DUES = [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)]
SENT, LAST_DAY, FEE_FROM = date(2026, 11, 2), date(2026, 11, 18), date(2026, 11, 19)
LATER = date(2026, 12, 1)
Row = tuple[date, int, int, int]
THREE: list[Row] = [(due, RENT, PRINCIPAL, 0) for due in DUES]


def _account(*rows: Row) -> Portfolio:
    """One tenancy of (day, cents, role, what it points to); entries are numbered from 1."""
    days, cents, roles, targets = zip(*rows, strict=True)
    numbers = [day_number(day) for day in days]
    entries = list(range(1, len(rows) + 1))
    return build([7] * len(rows), numbers, numbers, cents, roles, targets, entries, tie=entries)


def _notice(
    entries: Sequence[int] = (1, 2, 3),
    fee: int = 31_500,
    vat: int = 0,
    sent: date = SENT,
    due: date | None = None,
    **more: object,
) -> Notice:
    due = due or fourteen_days(sent).fee_from_on
    facts = LetterFacts(
        letter_id=1,
        letter_kind="fourteen_day",
        channel="print",
        reference="B-1",
        digest="",
        entries=tuple(entries),
        fee_cents=fee,
        vat_cents=vat,
        fee_from_on=due.isoformat(),
    )
    return Notice("sending:1", sent, facts, **more)  # type: ignore[arg-type]


def _paid(day: date, cents: int) -> Row:
    return (day, -cents, CREDIT, 0)


def _booked(rows: Sequence[Row]) -> list[Booked]:
    return [Booked(place, day, cents) for place, (day, cents, role, _) in enumerate(rows, 1) if role == COSTS]


def _told(rows: Sequence[Row], *letters: Notice, on: date = LATER) -> Claim:
    return claim(_account(*rows), on, notices=letters or (_notice(),), booked=_booked(rows), all_costs=True)


def _costs(rows: Sequence[Row], *letters: Notice, on: date = LATER) -> list[tuple[State, int]]:
    return [(one.state, one.due_cents) for one in _told(rows, *letters, on=on).costs]


@pytest.mark.parametrize(
    ("paid", "on", "expected"),
    [
        ([], LAST_DAY, (State.NOT_YET, 0)),
        ([], FEE_FROM, (State.DUE, 31_500)),  # 15 % of 3 x 700 = 315.00
        ([_paid(date(2026, 11, 10), RENT)], LATER, (State.DUE, 21_000)),  # 15 % of 1,400
        ([_paid(LAST_DAY, RENT)], LATER, (State.DUE, 21_000)),  # on the last day is in time
        ([_paid(FEE_FROM, RENT)], LATER, (State.DUE, 31_500)),  # a day later is not
        ([_paid(date(2026, 11, 10), 3 * RENT)], LATER, (State.PAID, 0)),
        ([_paid(FEE_FROM, 3 * RENT)], LATER, (State.DUE, 31_500)),  # the costs stay, also when all is paid
        (
            [_paid(date(2026, 10, 20), 20_000)],
            LATER,
            (State.DUE, 28_500),
        ),  # 15 % of 1,900: paid before the letter
    ],
)
def test_what_is_paid_in_time_bears_no_costs(paid: list[Row], on: date, expected: tuple[State, int]) -> None:
    assert _costs([*THREE, *paid], on=on) == [expected]


def test_the_costs_are_in_the_total_and_not_in_what_is_open() -> None:
    told = _told(THREE)
    assert (told.open_cents, told.costs_cents) == (3 * RENT, 31_500)
    assert told.total_cents == told.open_cents + told.interest_cents + 31_500
    assert not told.provisional
    assert "6:96" in " ".join(source.sentence for source in told.sources)


def test_the_steps_add_up_and_tell_the_term() -> None:
    (one,) = _told([*THREE, _paid(date(2026, 11, 10), RENT)]).costs
    said = [step.sentence for step in one.steps]
    assert said[0] == "De brief is verzonden op maandag 2 november 2026."
    assert "Aan het eind van de termijn stond van deze brief €\u00a01.400,00 open." in said
    assert sum(step.cents or 0 for step in one.steps) == 21_000
    assert [(owed.entry, owed.cents) for owed in one.owed] == [(2, RENT), (3, RENT)]


def test_vat_follows_the_fee_that_is_left() -> None:
    """21 % of 315.00 = 66.15; after a payment of 700 it is 21 % of 210.00 = 44.10."""
    with_vat = _notice(vat=6_615)
    assert _costs(THREE, with_vat) == [(State.DUE, 38_115)]
    (one,) = _told([*THREE, _paid(date(2026, 11, 10), RENT)], with_vat).costs
    assert (one.fee_cents, one.vat_cents) == (21_000, 4_410)


def test_before_its_day_nothing_counts_and_the_day_is_told() -> None:
    (one,) = _told(THREE, on=LAST_DAY).costs
    assert one.steps[-1].sentence == "Nog niet verschuldigd, vanaf donderdag 19 november 2026."
    assert (one.owed, one.doubts) == ((), ())


def test_a_letter_that_came_back_counts_for_nothing() -> None:
    back = _notice(bounced_on=date(2026, 11, 6))
    assert _costs(THREE, back) == [(State.CAME_BACK, 0)]
    assert _costs(THREE, back, _notice(sent=date(2026, 11, 9))) == [(State.CAME_BACK, 0), (State.DUE, 31_500)]


def test_never_more_than_the_letter_announced() -> None:
    told = _told(THREE, _notice(fee=30_000, vat=6_000))
    (one,) = told.costs
    assert (one.fee_cents, one.vat_cents) == (30_000, 6_000)  # 21 % of 300.00 is 63.00; it named 60.00
    assert not told.provisional


def test_a_letter_that_announced_too_much_is_in_doubt() -> None:
    told = _told(THREE, _notice(fee=40_000))
    assert [doubt.code for doubt in told.doubts] == ["announced_too_high"]
    assert told.costs_cents == 31_500


@pytest.mark.parametrize(
    ("letter", "due_on"),
    [
        (_notice(due=date(2026, 11, 25)), date(2026, 11, 25)),
        (_notice(due=date(2026, 11, 12)), FEE_FROM),
        (
            _notice(delivered_on=date(2026, 11, 9)),
            date(2026, 11, 24),
        ),  # 14 days from the 10th end on the 23rd
        (_notice(delivered_on=date(2026, 11, 3)), FEE_FROM),  # sooner than a court assumes
        # Friday 30 October is delivered on Tuesday 3 November, the term ends on the 17th.
        (_notice(sent=date(2026, 10, 30)), date(2026, 11, 18)),
    ],
)
def test_of_the_days_that_could_be_the_first_the_last_counts(letter: Notice, due_on: date) -> None:
    for on, state in ((due_on - timedelta(days=1), State.NOT_YET), (due_on, State.DUE)):
        (one,) = _told(THREE, letter, on=on).costs
        assert (one.state, one.due_on) == (state, due_on)


def test_the_convention_of_the_day_of_sending_says_how_a_term_ends() -> None:
    """Sent on Thursday 5 November: delivered on the 7th, the fourteenth day is Saturday the 21st."""
    sent = date(2026, 11, 5)
    short = Conventions(weekend=Weekend.NO_EXTENSION)
    days = [
        _told(THREE, _notice(sent=sent, due=sent, conventions=chosen)).costs[0].due_on
        for chosen in (short, Conventions())
    ]
    assert days == [date(2026, 11, 22), date(2026, 11, 24)]


def test_another_day_than_at_sending_is_told() -> None:
    (one,) = _told(THREE, _notice(due=date(2026, 11, 25))).costs
    assert "Bij het versturen was dat 25-11-2026. De latere dag telt." in [
        step.sentence for step in one.steps
    ]


def test_an_instalment_bears_costs_once() -> None:
    """The first letter was over August; the second over August and September: 15 % of 700 each."""
    first = _notice([1], fee=10_500, sent=date(2026, 8, 10))  # delivered the 12th, costs from the 27th
    second = _notice([1, 2], fee=21_000, sent=date(2026, 9, 14))
    assert _costs(THREE[:2], first, second) == [(State.DUE, 10_500), (State.DUE, 10_500)]
    assert _costs(THREE[:1], first, _notice([1], fee=10_500, sent=date(2026, 9, 14))) == [
        (State.DUE, 10_500),
        (State.COVERED, 0),
    ]


def test_an_instalment_that_was_left_out_of_a_letter_is_added_up_with_it() -> None:
    """2,000 and 2,000 in one letter: 375 + 10 % of 1,500 = 525.00; apart they would be 300.00 and 300.00."""
    rows = [(DUES[0], 200_000, PRINCIPAL, 0), (DUES[1], 200_000, PRINCIPAL, 0)]
    first, second = (_notice([1], fee=30_000), _notice([2], fee=30_000, sent=date(2026, 11, 3)))
    told = _told(rows, first, second)
    assert [one.due_cents for one in told.costs] == [30_000, 22_500]
    assert "artikel 6:96 lid 7" in told.costs[1].steps[-1].sentence
    late = [(DUES[0], 200_000, PRINCIPAL, 0), (date(2026, 11, 2), 200_000, PRINCIPAL, 0)]
    letters = (first, _notice([2], fee=30_000, sent=date(2026, 11, 3)))
    assert [one.due_cents for one in _told(late, *letters).costs] == [
        30_000,
        30_000,
    ]  # not late on 2 November


def test_small_instalments_with_letters_of_their_own_cost_once_in_six_months_and_that_is_not_sure() -> None:
    """100 each: 40.00 for the first, nothing for the next within six months, 40.00 again after them."""
    dues = [date(2025, 11, 1), date(2025, 12, 1), date(2026, 8, 1)]
    rows = [(due, 10_000, PRINCIPAL, 0) for due in dues]
    letters = [_notice([at + 1], fee=4_000, sent=due + timedelta(days=9)) for at, due in enumerate(dues)]
    told = _told(rows, *letters)
    assert [one.due_cents for one in told.costs] == [4_000, 0, 4_000]
    assert {doubt.code for doubt in told.doubts} == {"unconfirmed"}


def test_what_is_left_of_an_instalment_may_be_small() -> None:
    """Of 700 500 is paid in time: over 200 the minimum of 40.00, provisional."""
    told = _told([*THREE[:1], _paid(date(2026, 11, 10), 50_000)], _notice([1], fee=10_500))
    assert (told.costs_cents, told.provisional) == (4_000, True)


def test_what_the_ledger_charged_since_stands_in_the_account() -> None:
    rows = [*THREE, _paid(date(2026, 11, 10), RENT), (date(2026, 11, 20), 4_000, COSTS, 0)]
    told = _told(rows)
    (one,) = told.costs
    assert (one.total_cents, one.booked_cents, one.due_cents) == (21_000, 4_000, 17_000)
    assert one.steps[-1] == ("Al geboekt in de rekening.", -4_000)
    assert told.beside_cents == 4_000


def test_costs_of_before_the_letter_are_not_its_own() -> None:
    rows = [*THREE, (date(2026, 10, 20), 4_000, COSTS, 0)]
    assert _costs(rows) == [(State.DUE, 31_500)]
    assert [doubt.code for doubt in _told(rows).doubts] == ["costs_booked"]


def test_all_booked_leaves_nothing_beside_the_account_and_nothing_in_doubt() -> None:
    told = _told([*THREE, (FEE_FROM, 31_500, COSTS, 0)])
    assert (told.costs_cents, told.costs[0].booked_cents, told.provisional) == (0, 31_500, False)


def test_two_letters_share_what_was_booked_once() -> None:
    first = _notice([1], fee=10_500, sent=date(2026, 8, 10))
    second = _notice([2], fee=10_500, sent=date(2026, 9, 14))
    told = _told([*THREE[:2], (date(2026, 10, 20), 15_000, COSTS, 0)], first, second)
    assert [one.booked_cents for one in told.costs] == [10_500, 4_500]


def test_only_costs_of_collection_count_as_booked_where_the_kind_is_known() -> None:
    account = _account(*THREE, (date(2026, 11, 20), 50_000, COSTS, 0))
    told = claim(account, LATER, notices=[_notice()], booked=[])
    assert told.costs_cents == 31_500


def test_a_payment_in_time_that_is_taken_back_later_asks_a_new_letter() -> None:
    rows = [THREE[0], _paid(date(2026, 11, 10), RENT), (date(2026, 11, 25), RENT, UNDO, 2)]
    told = _told(rows, _notice([1], fee=10_500))
    (one,) = told.costs
    assert (told.open_cents, one.state, one.due_cents) == (RENT, State.PAID, 0)
    assert "Daarvoor is een nieuwe brief nodig." in " ".join(step.sentence for step in one.steps)


def test_what_was_not_open_when_the_letter_went_is_not_its_own() -> None:
    """Paid before the letter and taken back within its term."""
    rows = [*THREE, (date(2026, 8, 3), -RENT, CREDIT, 1), (date(2026, 11, 5), RENT, UNDO, 4)]
    assert _costs(rows, _notice(fee=21_000)) == [(State.DUE, 21_000)]


def test_costs_bear_no_costs() -> None:
    rows = [THREE[0], (DUES[1], 30_000, COSTS, 0)]
    told = claim(_account(*rows), LATER, notices=[_notice([1, 2], fee=10_500)], booked=[])
    assert told.costs_cents == 10_500


def test_at_an_older_rent_the_costs_are_lower_too() -> None:
    """15 % of 3 x 650 = 292.50; the letter then named too much."""
    account = _account(*THREE).lowered({0: 65_000, 1: 65_000, 2: 65_000})
    told = claim(account, LATER, notices=[_notice()])
    assert (told.costs_cents, [doubt.code for doubt in told.doubts]) == (29_250, ["announced_too_high"])


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        (_notice([]), "unknown"),
        (_notice([99]), "unknown"),
        (_notice([1], sent=date(2012, 6, 1), due=SENT), "before_first"),
    ],
)
def test_what_the_law_or_the_letter_does_not_say_is_in_doubt_and_costs_nothing(
    letter: Notice, code: str
) -> None:
    told = _told([(date(2012, 5, 1), RENT, PRINCIPAL, 0)], letter)
    assert (told.costs[0].state, told.costs_cents) == (State.UNKNOWN, 0)
    assert code in [doubt.code for doubt in told.doubts]


def test_a_letter_without_costs_makes_none() -> None:
    assert _told(THREE, _notice(fee=0)).costs == ()


def _step(number: int, kind: Kind, on: date, subject: str = "sending:1") -> Step:
    facts = {
        "letter_id": 4,
        "letter_kind": "fourteen_day",
        "channel": "email",
        "reference": "B",
        "digest": "",
    }
    return Step(number, 7, kind, on, datetime(2026, 11, 2, tzinfo=UTC), "user:1", subject, facts)


def test_steps_about_one_message_are_one_notice() -> None:
    steps = [
        _step(4, Kind.LETTER_BOUNCED, date(2026, 11, 6), "sending:2"),
        _step(1, Kind.LETTER_SENT, SENT),
        _step(2, Kind.LETTER_SENT, SENT, "sending:2"),
        _step(3, Kind.LETTER_DELIVERED, date(2026, 11, 3)),
        _step(5, Kind.LETTER_SENT, LATER, "sending:3"),
    ]
    found = notices(steps, date(2026, 11, 4))
    assert [(one.subject, one.delivered_on, one.bounced_on) for one in found] == [
        ("sending:1", date(2026, 11, 3), None),
        ("sending:2", None, date(2026, 11, 6)),
    ]
    assert found[0].facts.letter_id == 4


# -- on any ledger ----------------------------------------------------------------------------------------------


def _in_euros(facts: list[Fact]) -> list[Fact]:
    """Amounts of a few cents become some tens to a thousand euros: around the bound of small instalments."""
    return [replace(fact, cents=fact.cents * 8_890) for fact in facts]


@st.composite
def letters(draw: st.DrawFn, most: int = 3) -> list[tuple[date, list[int], int]]:
    """Some letters: the day, the entries that it names, and what it adds to the fee of the law."""
    day = st.integers(FIRST, LAST).map(day_of)
    return draw(
        st.lists(
            st.tuples(
                day, st.lists(st.integers(1, 8), min_size=1, max_size=6), st.sampled_from([-500, 0, 0, 900])
            ),
            max_size=most,
        )
    )


def _notices(portfolio: Portfolio, found: list[tuple[date, list[int], int]], as_of: date) -> list[Notice]:
    """Each announces what the law allowed over what was open, or somewhat less or more."""
    then = OpenThen(portfolio, settle(portfolio, day_number(as_of)))
    made = []
    for sent, entries, more in found:
        numbers = [7_000 + entry for entry in entries]
        asked = [cents for row, _ in then.principals(numbers) if (cents := then.open_before(row, sent))]
        fee = max(0, collection_costs(asked, sent).fee_cents + more) if asked else 4_000
        made.append(_notice(numbers, fee=fee, vat=fee * 21 // 100, sent=sent))
    return made


def _of(facts: list[Fact]) -> Portfolio:
    return portfolio_of({7: _in_euros(facts)})


def _each(told: Sequence[NoticeCosts]) -> None:
    for one in told:
        assert 0 <= one.booked_cents <= one.total_cents
        assert one.fee_cents <= one.notice.facts.fee_cents
        assert one.vat_cents <= one.notice.facts.vat_cents
        assert sum(step.cents or 0 for step in one.parts) == one.due_cents
        assert one.state is State.DUE or (one.total_cents, one.owed) == (0, ())
        assert (one.state is State.UNKNOWN) <= bool(one.doubts)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(ledgers(), letters(), st.integers(FIRST, LAST + 60))
def test_costs_are_never_negative_never_above_what_was_announced_and_borne_once(
    facts: list[Fact], found: list[tuple[date, list[int], int]], as_of: int
) -> None:
    portfolio, day = _of(facts), day_of(as_of)
    charged = [Booked(f.entry, day_of(f.day), f.cents) for f in _in_euros(facts) if f.role == COSTS]
    told = claim(portfolio, day, notices=_notices(portfolio, found, day), booked=charged, all_costs=True)
    _each(told.costs)
    rows = [owed.row for one in told.costs for owed in one.owed]
    assert len(rows) == len(set(rows))
    booked = sum(f.cents for f in _in_euros(facts) if f.role == COSTS and f.day <= as_of)
    assert sum(one.booked_cents for one in told.costs) <= booked
    assert told.total_cents == told.open_cents + told.interest_cents + sum(
        one.due_cents for one in told.costs
    )
    assert all(one.due_on is None or one.due_on <= day for one in told.costs if one.state is State.DUE)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(ledgers(), st.integers(FIRST, LAST + 30), st.integers(0, 30))
def test_what_was_open_before_a_day_is_what_the_engine_said_the_day_before(
    facts: list[Fact], as_of: int, earlier: int
) -> None:
    portfolio = _of(facts)
    then, day = OpenThen(portfolio, settle(portfolio, as_of)), as_of - earlier
    before = {left.row: left.cents for left in settle(portfolio, day - 1).open_items}
    charges = [row for row in range(portfolio.rows) if portfolio.role[row] != CREDIT]
    assert {row: cents for row in charges if (cents := then.open_before(row, day_of(day)))} == before


@settings(max_examples=400, deadline=None, derandomize=True)
@given(ledgers(), letters(most=1), st.integers(1, 12), st.integers(1, 16))
def test_a_payment_within_the_term_never_raises_the_costs(
    facts: list[Fact], found: list[tuple[date, list[int], int]], tens: int, after: int
) -> None:
    day = day_of(LAST + 60)
    letter = _notices(_of(facts), found, day)
    if not letter:
        return
    paid_on = letter[0].sent_on + timedelta(days=after)
    more = Fact(20, day_number(paid_on), day_number(paid_on), -tens, CREDIT, 0, "z")
    without, paid = (claim(_of(ledger), day, notices=letter, booked=[]) for ledger in (facts, [*facts, more]))
    assert paid.costs_cents <= without.costs_cents


@settings(max_examples=200, deadline=None, derandomize=True)
@given(ledgers(), letters(), st.integers(0, 500_00))
def test_what_is_booked_and_what_comes_beside_it_are_together_the_same(
    facts: list[Fact], found: list[tuple[date, list[int], int]], cents: int
) -> None:
    portfolio, day = _of(facts), day_of(LAST + 60)
    letters_sent = _notices(portfolio, found, day)
    bare = claim(portfolio, day, notices=letters_sent, booked=[])
    charged = [Booked(1, day, cents)]
    some = claim(portfolio, day, notices=letters_sent, booked=charged, all_costs=True)
    assert some.costs_cents == max(0, bare.costs_cents - cents)
    assert [one.total_cents for one in some.costs] == [one.total_cents for one in bare.costs]


def test_the_same_letter_by_two_ways_costs_once() -> None:
    other = replace(_notice(), subject="sending:2")
    assert _costs(THREE, _notice(), other) == [(State.DUE, 31_500), (State.COVERED, 0)]
