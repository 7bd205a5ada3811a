"""What a reader gave, without numbers that look like a bsn, and how many were left out of it. Pure.

Every value of every reader passes here, by kind: its words are cleaned (`base.bsn`), its keys are left alone, because a
contract, a collection or a mandate is found by them. What a payer may type himself counts as words: the remittance, a
structured reference whose check digit is wrong, and the end-to-end number of a transfer. A contract number of our own
that looks like a bsn stays (`keys`). Example: a movement with `"bsn 111222333"` comes out with `"bsn [bsn weg]"`; that
is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any

from tijdig.base.bsn import MASK, without_bsn
from tijdig.base.problems import Problem
from tijdig.imports.drafts import Movement, Nature
from tijdig.imports.references import is_valid
from tijdig.imports.vera_privacy import Dropped

KEYS = frozenset(
    {
        "account", "bank_code", "bank_reference", "batch_id", "code", "complex_key", "contract_key",
        "contract_number", "counter_account", "counter_reference", "creditor_account", "currency", "debtor_account",
        "email", "end_to_end_id", "format", "home_key", "iban", "key", "kind", "language", "mandate_id", "message_id",
        "original_message_id", "payment_reference", "person_key", "phone", "place", "postcode", "preference", "reason_code",
        "reference", "role", "sequence", "source", "statement_id", "status", "structured_reference",
        "target_reference", "tenancy_key", "value", "watch",
    }
)  # fmt: skip
"""Fields that name something: what is posted, collected or loaded is found by them, and people are reached by them (a phone
number without its zero has nine digits). All other text is words."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The last value of a file: how many numbers that look like a bsn were left out of it."""

    count: int


def kept(
    values: Iterable[Any], keys: Set[str] = frozenset(), dropped: Dropped | None = None
) -> Iterator[Any]:
    """The same values without such numbers; a `LeftOut` at the end, where there were any."""
    count = 0
    is_key = keys.__contains__
    for value in values:
        cleaned, more = _cleaned(value, is_key)
        count += more
        yield cleaned
    count += dropped.count if dropped else 0
    if count:
        yield LeftOut(count)


@lru_cache(maxsize=64)
def _words(kind: type) -> tuple[str, ...]:
    """The fields of a kind of value that hold words."""
    if not is_dataclass(kind):
        return ()
    return tuple(one.name for one in fields(kind) if one.type in ("str", str) and one.name not in KEYS)


def _cleaned(value: Any, is_key: Callable[[str], bool]) -> tuple[Any, int]:
    if isinstance(value, Problem):
        return _problem(value, is_key)
    changed, count = {}, 0
    for name in _words(value.__class__) + _typed(value):
        text = getattr(value, name)
        if not text:
            continue
        words, found = without_bsn(text, is_key)
        if found:
            changed[name] = words
        count += words.count(MASK)
    return (replace(value, **changed) if changed else value), count


def _typed(value: Any) -> tuple[str, ...]:
    """The keys of a movement that a payer may have typed himself."""
    if not isinstance(value, Movement):
        return ()
    reference = value.structured_reference
    loose = ("structured_reference",) if reference and not is_valid(reference) else ()
    return ("end_to_end_id", *loose) if value.nature is Nature.PAYMENT else loose


def _problem(value: Problem, is_key: Callable[[str], bool]) -> tuple[Problem, int]:
    text, found = without_bsn(value.text, is_key)
    params = {name: without_bsn(word, is_key)[0] for name, word in value.params.items()}
    if found or params != value.params:
        value = replace(value, text=text, params=params)
    # a message repeats what stands in its line: count the line, and the message where there is no line
    return value, text.count(MASK) or sum(word.count(MASK) for word in params.values())
