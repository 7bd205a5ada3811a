"""The shared middle of the VERA readers: rows in, one stream of values out.

For each row: its minimum, its codes, its values. A row that cannot be read becomes one `Problem` with its
text; what is only worth saying (an unknown code, a provisional entry) is counted and said once at the end of
the file, with the first place and the count. A `fatal` problem ends the stream. A key that comes twice: the
first row counts, the second is refused with its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from typing import TypeAlias

from tijdig.base.problems import Problem
from tijdig.imports.vera_bookings import BookingMapper, SignsTold, needs_signs, tell_signs
from tijdig.imports.vera_codes import code_lists, ended_before, known_codes
from tijdig.imports.vera_fields import CODE_LISTS, MAY_BE_EMPTY, MINIMUM, plain_name
from tijdig.imports.vera_map import MAPPERS
from tijdig.imports.vera_row import FieldError, Row
from tijdig.imports.vera_values import Signs, VeraValue
from tijdig.tenancies.drafts import PersonDraft

LOOK_AHEAD = 5000  # entries held while the habit of signs is told

Item: TypeAlias = Row | Problem | list[VeraValue]  # to read, to pass on, or read already (`vera_plain`)

COUNTED = frozenset(
    {
        "unknown_code",
        "ended_code",
        "not_a_tenancy",
        "more_homes",
        "role_without_tenancy",
        "postcode_unusual",
        "vat_excluded",
        "provisional_ignored",
        "zero_ignored",
        "reversal_without_target",
        "arrangement_booking",
        "booking_detail_missing",
    }
)
_KEYED = frozenset(
    {"overeenkomsten", "relaties", "eenheden", "clusters", "prijscomponenten", "boekingen", "debiteuren"}
)
_NEEDS = {
    entity: tuple((need.split("|"), plain_name(need)) for need in needs if (entity, need) not in MAY_BE_EMPTY)
    for entity, needs in MINIMUM.items()
}


@dataclass(slots=True)
class Tally:
    first: Problem
    count: int = 1


@dataclass(slots=True)
class Reading:
    """The state of reading one file; `signs` is `None` until a person or the entries told it."""

    signs: Signs | None = None
    tallies: dict[tuple[str, ...], Tally] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=dict)
    people: dict[str, PersonDraft] = field(default_factory=dict)
    bookings: BookingMapper = field(default_factory=lambda: BookingMapper(Signs.BY_KIND))

    def count(self, notice: Problem) -> None:
        key = (notice.code, *notice.params.values())
        if key in self.tallies:
            self.tallies[key].count += 1
        else:
            self.tallies[key] = Tally(notice)

    def remember(self, row: Row) -> None:
        """The key of a row that was read; a refused row does not bar a good one with the same key."""
        key = row.fields.get("id")
        if key and row.entity in _KEYED and not (row.nested and row.entity == "relaties"):
            self.seen.setdefault(row.entity, set()).add(key)

    def counted(self) -> Iterator[Problem]:
        for tally in self.tallies.values():
            yield replace(tally.first, params={**tally.first.params, "count": str(tally.count)})


def values(rows: Iterable[Item], reading: Reading) -> Iterator[VeraValue]:
    """Every value of a file, in its order, and what was counted at the end."""
    if reading.signs is not None:
        reading.bookings.signs = reading.signs
    for item in _with_signs(iter(rows), reading):
        if isinstance(item, list):
            yield from item
        elif isinstance(item, Row):
            yield from _row_values(item, reading)
        else:
            yield item
            if item.fatal:
                return
    yield from reading.counted()


def _with_signs(rows: Iterator[Item], reading: Reading) -> Iterator[Item]:
    """The same rows; before the first that hangs on the signs, the habit is told from those ahead."""
    for item in rows:
        if (
            reading.signs is None
            and isinstance(item, Row)
            and item.entity == "boekingen"
            and needs_signs(item)
        ):
            ahead = [item, *islice(rows, LOOK_AHEAD)]
            told = tell_signs(row for row in ahead if isinstance(row, Row) and row.entity == "boekingen")
            yield from _settle(told, item, reading)
            yield from ahead
        else:
            yield item


def _settle(told: SignsTold, row: Row, reading: Reading) -> Iterator[Problem]:
    params = {"positive": str(told.positive), "negative": str(told.negative)}
    if told.signs is None:
        yield Problem("signs_unclear", row.place, params=params, fatal=True)
        return
    reading.signs = reading.bookings.signs = told.signs
    if not told.sure:
        yield Problem("signs_assumed", row.place, params={**params, "signs": told.signs.value})


def _row_values(row: Row, reading: Reading) -> Iterator[VeraValue]:
    try:
        _check_minimum(row)
        for value in _mapped(row, reading):
            if isinstance(value, Problem) and value.code in COUNTED:
                reading.count(value)
            else:
                yield value
        _count_codes(row, reading)
        reading.remember(row)
    except FieldError as error:
        yield row.problem(error.code, **error.params)


def _check_minimum(row: Row) -> None:
    if row.nested:
        return  # a bare key is no error inside another entity; the mapper says what it needs
    fields = row.fields
    for names, plain in _NEEDS[row.entity]:
        for name in names:
            if name in fields:
                break
        else:
            raise FieldError("field_missing", field=plain)


def _mapped(row: Row, reading: Reading) -> Iterator[VeraValue]:
    if row.entity == "relaties" and row.nested:
        return _nested_person(row, reading)
    key = row.fields.get("id", "")
    if key in reading.seen.get(row.entity, ()):
        raise FieldError("duplicate_key", entity=row.entity, key=key)
    return reading.bookings(row) if row.entity == "boekingen" else MAPPERS[row.entity](row)


def _nested_person(row: Row, reading: Reading) -> Iterator[VeraValue]:
    """A person inside tenancies comes once; an administrator may stand in a hundred of them."""
    for value in MAPPERS["relaties"](row):
        if isinstance(value, PersonDraft):
            known = reading.people.setdefault(value.key, value)
            if known is value:
                yield value
            elif known != value:
                raise FieldError("person_differs", key=value.key)


def _count_codes(row: Row, reading: Reading) -> None:
    """Unknown codes are kept and told; an ended code is told when the row begins after its end."""
    for name, list_name in CODE_LISTS[row.entity].items():
        code = row.fields.get(name)
        if not code:
            continue
        if code not in known_codes(list_name):
            reading.count(row.notice("unknown_code", list=list_name, code=code))
        elif code in ended_codes(list_name):
            begin_on = row.day("begindatum")
            if begin_on is not None and ended_before(list_name, code, begin_on):
                reading.count(row.notice("ended_code", list=list_name, code=code))


@cache
def ended_codes(list_name: str) -> frozenset[str]:
    table = code_lists()[list_name]
    return frozenset(code for code, rows in table.items() if all(row.end_on for row in rows))
