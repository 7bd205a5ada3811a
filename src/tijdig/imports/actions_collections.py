"""Our own collection files, and what the bank refused of them: what tells later what a batch was made of."""

from __future__ import annotations

from django.db import connection

from tijdig.base.arrays import literals
from tijdig.base.problems import Problem
from tijdig.imports.drafts import Collection, Refusal
from tijdig.imports.tally import Tally

_PART = 2_500


class OwnCollections:
    """Keeps the collections of one file; `flush` after the last."""

    def __init__(self, *, organisation_id: int, file_id: int, tally: Tally) -> None:
        self._organisation_id = organisation_id
        self._file_id = file_id
        self._tally = tally
        self._waiting: list[Collection] = []

    def add(self, collection: Collection) -> None:
        """Take one up; many go to the database together."""
        self._waiting.append(collection)
        self._tally.counts["read"] += 1
        self._tally.credit_cents += collection.amount_cents
        if len(self._waiting) >= _PART:
            self.flush()

    def flush(self) -> None:
        found, self._waiting = self._waiting, []
        if not found:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                """INSERT INTO imports_owncollection (organisation_id, file_id, message_id, batch_id, end_to_end_id,
                          mandate_id, collect_on, amount_cents, debtor_account, debtor_name, remittance, refused_code)
                   SELECT %s, %s, *, '' FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::date[],
                          %s::bigint[], %s::text[], %s::text[], %s::text[])
                   ON CONFLICT (organisation_id, batch_id, end_to_end_id) DO NOTHING""",
                [
                    self._organisation_id,
                    self._file_id,
                    *literals(
                        "text text text text date bigint text text text",
                        [
                            [c.message_id[:60] for c in found],
                            [c.batch_id[:60] for c in found],
                            [c.end_to_end_id[:40] for c in found],
                            [c.mandate_id[:40] for c in found],
                            [c.collect_on for c in found],
                            [c.amount_cents for c in found],
                            [c.debtor_account[:40] for c in found],
                            [c.debtor_name[:140] for c in found],
                            [c.remittance for c in found],
                        ],
                    ),
                ],
            )
            self._tally.counts["known"] += cursor.rowcount
            self._tally.counts["duplicate"] += len(found) - cursor.rowcount

    def refuse(self, refusal: Refusal) -> None:
        """Mark what the bank refused; what we do not know is a problem."""
        self._tally.counts["read"] += 1
        where, value = "end_to_end_id = %s", refusal.end_to_end_id
        if not refusal.end_to_end_id:
            where, value = (
                ("batch_id = %s", refusal.batch_id)
                if refusal.batch_id
                else ("message_id = %s", refusal.original_message_id)
            )
        within = refusal.end_to_end_id and refusal.batch_id  # an id may return in another batch
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE imports_owncollection SET refused_code = %s WHERE {where}"
                + (" AND batch_id = %s" if within else ""),
                [refusal.reason_code or "?", value, *([refusal.batch_id] if within else [])],
            )
            if cursor.rowcount:
                self._tally.counts["known"] += 1
                return
        self._tally.problems.append(
            Problem(
                "refusal_unknown",
                refusal.place,
                f"{refusal.original_message_id} {refusal.batch_id} {refusal.end_to_end_id} {refusal.reason_code}",
                {"reference": value},
            )
        )
