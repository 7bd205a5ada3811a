"""The only writer of answers: somebody says by name why a guarded term was missed, and what happens now."""

from __future__ import annotations

from datetime import date

from tijdig.access.scope import organisation_scope
from tijdig.cases.deadlines import DEADLINE_LABEL, Deadline, State
from tijdig.cases.models import Answer
from tijdig.cases.queries_deadlines import deadlines
from tijdig.history.actions import record

_LONGEST = 400


class NotAnswered(Exception):  # noqa: N818 - an answer to a person, not a fault in the code
    """What was asked cannot be answered; the text says what to do."""


def answer_for(
    *, organisation_id: int, actor: str, name: str, tenancy_id: int, deadline: Deadline, reason: str, on: date
) -> int:
    """Answer for a term that was missed; the first answer stands. Returns its id.

    Raises `NotAnswered` without a reason, and where the term was not missed: it was met, paid, or answered for already.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise NotAnswered("Schrijf waarom het niet lukte en wat er nu gebeurt.")
    if len(reason) > _LONGEST:
        raise NotAnswered(f"De tekst is te lang. Schrijf ten hoogste {_LONGEST} tekens.")
    with organisation_scope(organisation_id):
        missed = [
            one for one in deadlines(on, [tenancy_id], states=[State.MISSED]) if one.deadline is deadline
        ]
        if not missed:
            raise NotAnswered(f"Het {DEADLINE_LABEL[deadline]} is niet gemist, of er is al op geantwoord.")
        row, made = Answer.objects.get_or_create(
            organisation_id=organisation_id,
            tenancy_id=tenancy_id,
            deadline=deadline.value,
            since_on=missed[0].since_on,
            defaults={"answered_on": on, "actor": actor, "name": name},
        )
        if made:
            record(
                organisation_id=organisation_id,
                actor=actor,
                verb="deadline_answered",
                subject=f"tenancy:{tenancy_id}",
                effective_on=on,
                facts={"deadline": deadline.value, "since_on": missed[0].since_on.isoformat()},
                text=reason,
            )
    return int(row.pk)
