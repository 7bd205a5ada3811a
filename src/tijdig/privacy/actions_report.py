"""The only writer of access reports: gathers what is known of a person, makes the ZIP, and writes down that it was made."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from tijdig.access.queries import corporation
from tijdig.access.scope import organisation_scope
from tijdig.history.actions import record
from tijdig.letters.render import typeset
from tijdig.privacy.queries_person import report_of
from tijdig.privacy.queries_whom import tenancies_of, tenants_of
from tijdig.privacy.report import document, for_machines


class NotTheirs(Exception):  # noqa: N818 - an answer to a person, not a fault in the code
    """This person is no tenant or co-tenant of the tenancy."""


@dataclass(frozen=True, slots=True)
class Made:
    """A ZIP with `inzage.pdf`, `gegevens.json` and the papers, and what to call it."""

    name: str
    content: bytes


def make_report(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    tenancy_id: int,
    person_id: int,
    verbs: Mapping[str, str],
    on: date,
) -> Made:
    """Everything that is known of this person, over all their tenancies, as it stands now; never kept.

    `name` is of whoever makes it, `verbs` are the words of what history tells. Raises `NotTheirs`.
    """
    with organisation_scope(organisation_id):
        if person_id not in {one.id for one in tenants_of(tenancy_id)}:
            raise NotTheirs
        report = report_of(
            person_id, corporation=corporation(organisation_id).name, made_by=name, verbs=verbs, on=on
        )
        pdf = typeset("access_report", document(report), datetime.combine(on, time(), UTC))
        told = json.dumps(for_machines(report), ensure_ascii=False, indent=1).encode()
        content = _zip([("inzage.pdf", pdf), ("gegevens.json", told), *report.papers], on)
        for one in tenancies_of(person_id):
            record(
                organisation_id=organisation_id,
                actor=actor,
                verb="access_report_made",
                subject=f"tenancy:{one}",
                effective_on=on,
                facts={"person": person_id, "digest": hashlib.sha256(content).hexdigest(), "bytes": len(content)},
            )  # fmt: skip
    return Made(f"{report.file_name}.zip", content)


def _zip(parts: list[tuple[str, bytes]], on: date) -> bytes:
    """The same parts on the same day are the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts:
            packed.writestr(zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0)), content)
    return out.getvalue()
