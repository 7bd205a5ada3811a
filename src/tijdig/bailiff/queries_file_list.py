"""The list of a partner's files: narrowed to what somebody looks for, a page of it, with what stands above it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from tijdig.bailiff.partner_work import TASK_LABEL, Task
from tijdig.bailiff.queries_partner import Listed, listed
from tijdig.bailiff.track import Done
from tijdig.bailiff.wanted import ATTENTION, PER_PAGE, Wanted, does_ask, has


@dataclass(frozen=True, slots=True)
class FileList:
    """A page of what fits. `all_files` and what may be chosen are those of the whole list."""

    files: tuple[Listed, ...]
    total: int
    overdue_cents: int
    page: int
    pages: int
    all_files: int
    corporations: tuple[tuple[int, str], ...]
    asks: tuple[tuple[str, str, int], ...]  # the word, what it is called, and how many files ask it
    days: tuple[tuple[Done, Listed], ...]  # before the court, of all files, the first day first


def file_list(on: date, wanted: Wanted) -> FileList:
    """Inside `acting`. A page that is not there is the last."""
    found = listed(on)
    here = [one for one in found if wanted.organisation_id in (0, one.file.organisation_id)]
    here = [
        one
        for one in here
        if has(wanted.words, one.card.name, one.card.address, one.card.contract_number, one.reference)
    ]
    fits = [one for one in here if does_ask(wanted.asks, one.todo.task)]
    pages = max(-(-len(fits) // PER_PAGE), 1)
    page = min(wanted.page, pages)
    return FileList(
        files=tuple(fits[(page - 1) * PER_PAGE : page * PER_PAGE]),
        total=len(fits),
        overdue_cents=sum(one.stands.overdue_cents for one in fits),
        page=page,
        pages=pages,
        all_files=len(found),
        corporations=tuple(sorted({(one.file.organisation_id, one.corporation) for one in found})),
        asks=_asks(Counter(one.todo.task for one in found)),
        days=tuple(
            sorted(
                ((day, one) for one in found for day in one.days),
                key=lambda each: (each[0].at_on or on, each[1].file.id),
            )
        ),
    )


def _asks(counted: Counter[Task]) -> tuple[tuple[str, str, int], ...]:
    """All that asks something first, then each task that is there."""
    attention = sum(n for task, n in counted.items() if task is not Task.GOES)
    each = [(task.name.lower(), TASK_LABEL[task], counted[task]) for task in Task if counted[task]]
    return ((ATTENTION, "Alles wat aandacht vraagt", attention), *each)
