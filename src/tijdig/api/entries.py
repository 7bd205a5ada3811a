"""Posting ledger entries in batches, once."""

from __future__ import annotations

import hashlib
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Header, Router, Status
from pydantic import StringConstraints

from tijdig.access.api_scopes import ApiScope
from tijdig.access.people import Client
from tijdig.access.scope import again, organisation_scope
from tijdig.api.shapes import EntriesIn, EntriesOut, EntryIn, ErrorOut, Refused
from tijdig.api.token import Token
from tijdig.imports.wording import sentence
from tijdig.ledger.actions import post
from tijdig.ledger.actions_answers import keep_answer, kept_answer
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind

router = Router(tags=["ledger"])
IdempotencyKey = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")]


def _draft(entry: EntryIn, client: Client) -> EntryDraft:
    return EntryDraft(
        contract_number=entry.contract_number,
        kind=Kind[entry.kind.upper()],
        amount_cents=entry.amount_cents,
        effective_on=entry.effective_on,
        booked_on=entry.booked_on or entry.effective_on,
        source=f"api:{client.id}",
        reference=entry.reference,
        due_on=entry.due_on,
        target_reference=entry.target_reference,
        description=entry.description,
        place=entry.reference,
    )


@router.post(
    "/entries",
    response={200: EntriesOut, frozenset({400, 401, 403, 409, 422}): ErrorOut},
    auth=Token(ApiScope.POST_ENTRIES),
)
def post_entries(
    request: HttpRequest,
    body: EntriesIn,
    idempotency_key: Annotated[IdempotencyKey, Header(alias="Idempotency-Key")],
) -> Status[EntriesOut | ErrorOut]:
    """Post up to 5,000 entries. The same Idempotency-Key with the same body gives the same answer and posts nothing.

    An entry that cannot be posted is refused by name; the others are posted. The same key with another body is 409.
    """
    return _post(request.auth, body, idempotency_key)  # type: ignore[attr-defined]


@again
def _post(client: Client, body: EntriesIn, idempotency_key: str) -> Status[EntriesOut | ErrorOut]:
    digest = hashlib.sha256(body.model_dump_json().encode()).hexdigest()
    key = f"api:{client.id}:{idempotency_key}"
    with organisation_scope(client.organisation_id):
        before = kept_answer(organisation_id=client.organisation_id, key=key)
        if before is not None:
            if before[0] != digest:
                message = "Deze Idempotency-Key is al gebruikt voor andere boekingen. Gebruik een nieuwe."
                return Status(409, ErrorOut(code="key_reused", message=message))
            return Status(200, EntriesOut(**before[1] | {"repeated": True}))
        posted = post(
            organisation_id=client.organisation_id,
            drafts=[_draft(entry, client) for entry in body.entries],
            actor=f"client:{client.id}",
            on=timezone.localdate(),
            subject=f"client:{client.id}",
        )
        answer = EntriesOut(
            posted=posted.count,
            duplicates=posted.duplicates,
            refused=[
                Refused(
                    reference=problem.place, code=problem.code, message=sentence(problem.code, problem.params)
                )
                for problem in posted.problems
            ],
        )
        keep_answer(
            organisation_id=client.organisation_id,
            key=key,
            digest=digest,
            answer=answer.model_dump(mode="json"),
        )
        return Status(200, answer)
