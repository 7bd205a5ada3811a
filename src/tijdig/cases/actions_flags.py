"""Setting and ending a circumstance of a tenancy, and having the tenancy evaluated anew: what the doors call."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from tijdig.access.scope import organisation_scope
from tijdig.ledger.actions_marks import mark_dirty
from tijdig.rulings.actions import end, rule
from tijdig.rulings.kinds import DECISIONS, Kind
from tijdig.rulings.queries import in_force
from tijdig.rulings.values import Draft
from tijdig.tenancies import actions_flags
from tijdig.tenancies.flag_draft import EndDraft, FlagDraft
from tijdig.tenancies.flags import AFTER_DAYS, PROCEDURES
from tijdig.tenancies.queries_flags import flags_of

_ENDED = (
    "De schuldregeling is geëindigd. Zoek uit hoe (schone lei, afgerond of gestopt) en boek af wat is kwijtgescholden; "
    "pas daarna mag de oude schuld weer worden gevraagd."
)
_ANEW = "De schuldregeling is geëindigd; iemand beslist opnieuw."


def raise_flag(*, organisation_id: int, actor: str, draft: FlagDraft, asked_as: UUID, on: date) -> int:
    """Set it, as `tenancies.actions_flags.raise_flag`; the mark is made in the same transaction."""
    with organisation_scope(organisation_id):
        made = actions_flags.raise_flag(
            organisation_id=organisation_id, actor=actor, draft=draft, asked_as=asked_as, on=on
        )
        if made.new:
            mark_dirty(organisation_id=organisation_id, tenancy_ids=[draft.tenancy_id], on=on)
        return made.flag_id


def lower_flag(*, organisation_id: int, actor: str, draft: EndDraft, on: date) -> int:
    """End it, as `tenancies.actions_flags.lower_flag`; the mark is made in the same transaction. Returns the tenancy."""
    with organisation_scope(organisation_id):
        tenancy_id = actions_flags.lower_flag(
            organisation_id=organisation_id, actor=actor, draft=draft, on=on
        )
        mark_dirty(organisation_id=organisation_id, tenancy_ids=[tenancy_id], on=on)
        return tenancy_id


def end_flag(
    *, organisation_id: int, actor: str, name: str, draft: EndDraft, now: datetime, on: date
) -> None:
    """The same by a person with a name, or for a message that he brought in.

    When the last debt procedure of a tenancy ends, nothing is asked for some days (`flags.AFTER_DAYS`): what was forgiven
    may not be asked again (article 358 Fw), and somebody finds that out and books it. What was decided before the procedure
    began was about another debt and ends too. Mending a mistake pauses and ends nothing.
    """
    with organisation_scope(organisation_id):
        tenancy_id = lower_flag(organisation_id=organisation_id, actor=actor, draft=draft, on=on)
        _rest_after(organisation_id, actor, name, tenancy_id, draft.flag_id, now, on)


def _rest_after(
    organisation_id: int, actor: str, name: str, tenancy_id: int, flag_id: int, now: datetime, on: date
) -> None:
    known = [one for one in flags_of(tenancy_id, on) if one.kind in PROCEDURES]
    ended = next((one for one in known if one.id == flag_id), None)
    mistaken = ended is not None and ended.end is not None and ended.end.end_on <= ended.begin_on
    if ended is None or mistaken or any(one.holds(on) for one in known):
        return
    for one in in_force(on, [tenancy_id]):
        of_a_helper = one.about.startswith(("referral:", "conversation:"))  # ends with the help itself
        if one.kind in DECISIONS and one.from_on < ended.begin_on and not of_a_helper:
            end(organisation_id=organisation_id, actor=actor, ruling_id=one.id, reason=_ANEW, now=now, on=on)
    rule(
        organisation_id=organisation_id,
        actor=actor,
        name=name,
        tenancy_id=tenancy_id,
        draft=Draft(kind=Kind.PAUSE, until_on=on + timedelta(days=AFTER_DAYS), reason=_ENDED),
        codes=(),
        asked_as=uuid5(NAMESPACE_URL, f"flag:{flag_id}:ended"),
        now=now,
        on=on,
    )
