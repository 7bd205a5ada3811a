"""Behind which walls a program stands: of its corporation, or of its partner over all corporations it serves.

A program of a partner finds of a corporation what is in a file that is with the partner now, as its people do; the database
says so too.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import date

from tijdig.access.people import Client
from tijdig.access.queries import corporation
from tijdig.access.scope import acting, partner_scope
from tijdig.bailiff.kinds import May
from tijdig.bailiff.queries import agreements, in_force, open_files
from tijdig.bailiff.values import Agreement, File
from tijdig.vera.values import Owner, Refused


def behind(client: Client) -> AbstractContextManager[None]:
    """Everything that a program asks and writes stands in this; every scope in it has the program's walls."""
    if client.partner_id is None:
        return nullcontext()
    return acting(client.partner_id, client.user_id or 0)


def owners(client: Client) -> list[Owner]:
    """The corporations of which it may see anything."""
    served = [client.organisation_id]
    if client.partner_id is not None:
        with partner_scope():
            served = sorted({one.organisation_id for one in agreements()})
    return [Owner(one, corporation(one).name) for one in served]


def partner_files(client: Client) -> list[File]:
    """The files that are the partner's now."""
    with partner_scope():
        return open_files()


def agreed(client: Client, may: May, on: date) -> Agreement | None:
    """What holds with the program's partner, in the scope of a corporation; None for a corporation's own program.

    `Refused` where nothing holds, and where the agreement does not let a partner do this.
    """
    if client.partner_id is None:
        return None
    found = next((one for one in in_force(on) if one.partner_id == client.partner_id), None)
    if found is None or may not in found.terms.may:
        raise Refused(403, "niet_afgesproken", "Dit is niet afgesproken met deze corporatie.")
    return found
