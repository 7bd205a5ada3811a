import numpy as np
import pytest

from tijdig.lab.draws import Draws


def test_below_same_stream_gives_the_same_numbers() -> None:
    assert Draws(7, 1).below(1_000, 8).tolist() == [770, 111, 189, 159, 431, 501, 992, 306]


def test_below_other_path_gives_other_numbers() -> None:
    assert Draws(7, 1).below(1_000_000, 4).tolist() != Draws(7, 2).below(1_000_000, 4).tolist()


def test_below_stays_within_bounds() -> None:
    drawn = Draws(3).below(6, 20_000)
    assert sorted(set(drawn.tolist())) == [0, 1, 2, 3, 4, 5]


def test_between_includes_both_ends() -> None:
    assert sorted(set(Draws(3).between(20, 22, 1_000).tolist())) == [20, 21, 22]


def test_deal_gives_exact_shares() -> None:
    assert np.bincount(Draws(5).deal((350, 650), 1_000)).tolist() == [350, 650]


def test_deal_of_fewer_than_weights_deals_all() -> None:
    assert len(Draws(5).deal((1, 1, 1), 2)) == 2


def test_order_is_a_permutation() -> None:
    assert sorted(Draws(9).order(50).tolist()) == list(range(50))


def test_seed_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="zero or more"):
        Draws(-1)
