"""What is sealed can be opened by the same installation for the same use, and by nobody else."""

from __future__ import annotations

import pytest

from tijdig.entrance.sealing import SealBroken, keyed_digest, opened, seal


def test_what_was_sealed_is_opened_and_shows_nothing_meanwhile() -> None:
    sealed = seal("key", "totp", "GEHEIM")
    assert "GEHEIM" not in sealed
    assert opened("key", "totp", sealed) == "GEHEIM"
    assert seal("key", "totp", "GEHEIM") != sealed


@pytest.mark.parametrize(("key", "use"), [("other", "totp"), ("key", "provider")])
def test_another_key_or_another_use_opens_nothing(key: str, use: str) -> None:
    with pytest.raises(SealBroken):
        opened(key, use, seal("key", "totp", "GEHEIM"))


@pytest.mark.parametrize("sealed", ["", "x", "gAAAAA", "é"])
def test_what_was_never_sealed_opens_nothing(sealed: str) -> None:
    with pytest.raises(SealBroken):
        opened("key", "totp", sealed)


def test_a_digest_depends_on_the_key_and_the_use() -> None:
    made = {keyed_digest(key, use, "ABCD") for key in ("a", "b") for use in ("x", "y")}
    assert len(made) == 4
    assert keyed_digest("a", "x", "ABCD") == keyed_digest("a", "x", "ABCD")
