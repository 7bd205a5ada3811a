"""Taking back, by name and in one go, every file that stands with a partner with whom nothing is agreed any more."""

from __future__ import annotations

from datetime import date

from tijdig.access.scope import organisation_scope
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.kinds import End, Side
from tijdig.bailiff.queries import open_files
from tijdig.bailiff.queries_ending import endings
from tijdig.base.not_done import NotDone


def take_all_back(*, organisation_id: int, actor: str, name: str, on: date) -> int:
    """Each file ends by itself, with its own line of history; gives how many. Where somebody was first with one, that one
    stands. Raises `NotDone` where there is none."""
    with organisation_scope(organisation_id):
        found = endings(open_files(), on).none
    if not found or not name.strip():
        raise NotDone(("Er staan geen dossiers meer zonder afspraken.",))
    done = 0
    for one in found:
        try:
            end_file(
                organisation_id=organisation_id, actor=actor, name=name, file_id=one.id, side=Side.CORPORATION,
                end=End.TAKEN_BACK, on=on,
            )  # fmt: skip
        except NotDone:
            continue
        done += 1
    return done
