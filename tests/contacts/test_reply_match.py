"""Whose answer it is: the first sure sign, and never a guess between two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.contacts.reply_kinds import HOW_LABEL, How, Why
from tijdig.contacts.reply_match import SENDER, SURE, Match, Sign, match

M, S, T, R, A, N = How.MESSAGE, How.SMS, How.TOKEN, How.REFERENCE, How.ADDRESS, How.NUMBER
B, P, X = How.BARE, How.REPRESENTATIVE, How.NAME


@pytest.mark.parametrize(
    ("signs", "tenancy", "how", "why", "suggested"),
    [
        ([], None, None, Why.NOBODY, []),
        ([(M, 1)], 1, M, None, []),
        ([(A, 2), (R, 2), (T, 3), (M, 1)], 1, M, None, []),  # the order in which they are believed, not found
        ([(S, 1), (N, 2)], 1, S, None, []),
        ([(T, 3), (R, 2)], 3, T, None, []),
        ([(R, 2), (R, 2)], 2, R, None, []),  # named twice is one
        ([(A, 2), (A, 2)], 2, A, None, []),  # two tenants of one home with one address
        ([(A, 1), (A, 2)], None, None, Why.SEVERAL, [(A, 1), (A, 2)]),
        ([(A, 3), (M, 1), (M, 2)], None, None, Why.SEVERAL, [(M, 1), (M, 2)]),  # what comes later does not decide
        ([(R, 1), (R, 2), (A, 1)], None, None, Why.SEVERAL, [(R, 1), (R, 2)]),
        ([(R, 1), (A, 2)], None, None, Why.CONTRADICTS, [(R, 1), (A, 2)]),
        ([(R, 1), (A, 1), (A, 2)], 1, R, None, []),  # the sender has two, and names one of them
        ([(M, 1), (A, 2)], 1, M, None, []),  # a key cannot be guessed: somebody answers for the tenant
        ([(T, 1), (A, 2)], 1, T, None, []),
        ([(B, 1)], None, None, Why.NOBODY, [(B, 1)]),
        ([(P, 1), (P, 2), (P, 3)], None, None, Why.NOBODY, [(P, 1), (P, 2)]),
        ([(X, 3), (P, 2), (B, 1)], None, None, Why.NOBODY, [(B, 1), (P, 2)]),
        ([(X, 1), (B, 1)], None, None, Why.NOBODY, [(B, 1)]),
    ],
)  # fmt: skip
def test_the_first_sure_sign_decides(
    signs: list[tuple[How, int]],
    tenancy: int | None,
    how: How | None,
    why: Why | None,
    suggested: list[tuple[How, int]],
) -> None:
    found = match([Sign(*sign) for sign in signs])
    assert (found.tenancy_id, found.sign.how if found.sign else None, found.why) == (tenancy, how, why)
    assert [(one.how, one.tenancy_id) for one in found.suggestions] == suggested


_SIGNS = st.lists(st.builds(Sign, st.sampled_from([*SURE, B, P, X]), st.integers(1, 3)), max_size=6)


@given(_SIGNS)
def test_a_tenancy_is_found_by_a_sure_sign_only_and_by_no_other_of_its_kind(signs: list[Sign]) -> None:
    found = match(signs)
    assert (found.sign is None) == (found.why is not None)
    if found.sign:
        same = {one.tenancy_id for one in signs if one.how is found.sign.how}
        assert found.sign.how in SURE and same == {found.sign.tenancy_id}
        assert found.sign in signs and found.suggestions == ()


@given(_SIGNS, st.randoms())
def test_the_order_in_which_signs_were_found_does_not_matter(signs: list[Sign], chance: object) -> None:
    mixed = list(signs)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert (match(mixed).tenancy_id, match(mixed).why) == (match(signs).tenancy_id, match(signs).why)


@given(_SIGNS, st.builds(Sign, st.sampled_from(SENDER), st.integers(1, 3)))
def test_another_sign_of_a_weaker_kind_never_makes_it_somebody_elses(signs: list[Sign], more: Sign) -> None:
    before, after = match(signs), match([*signs, more])
    if before.sign and SURE.index(before.sign.how) < SURE.index(more.how):
        assert after.tenancy_id in (before.tenancy_id, None)


def test_every_sign_has_words() -> None:
    assert set(HOW_LABEL) == set(How)
    assert match([]) == Match(None, Why.NOBODY)
