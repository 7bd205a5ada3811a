"""The only writer of packages: what goes to a partner with a file, made once, in the transaction of the hand-over."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time

from tijdig.bailiff.checklist import Item
from tijdig.bailiff.kinds import Start
from tijdig.bailiff.models import FilePackage
from tijdig.bailiff.package import document
from tijdig.bailiff.queries_package import package_of
from tijdig.bailiff.values import Agreement
from tijdig.letters.render import typeset


def keep_package(
    organisation_id: int,
    file_id: int,
    tenancy_id: int,
    on: date,
    *,
    agreed: Agreement,
    start: Start,
    by: tuple[str, ...],
    items: tuple[Item, ...],
) -> None:
    """Make the document of a file as it stands, and keep it to the byte with its digest."""
    pdf = package_pdf(organisation_id, tenancy_id, on, agreed=agreed, start=start, by=by, items=items)
    FilePackage.objects.create(
        organisation_id=organisation_id, file_id=file_id, pdf=pdf, digest=hashlib.sha256(pdf).hexdigest()
    )


def package_pdf(
    organisation_id: int,
    tenancy_id: int,
    on: date,
    *,
    agreed: Agreement,
    start: Start,
    by: tuple[str, ...],
    items: tuple[Item, ...],
) -> bytes:
    """The document of a file as it stands, as an accessible PDF."""
    made = package_of(
        organisation_id, tenancy_id, on, partner=agreed.partner, terms=agreed.terms, start=start, by=by, checked=items
    )  # fmt: skip
    return typeset("dossier", document(made), datetime.combine(on, time(), UTC))
