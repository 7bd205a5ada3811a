"""What could not be read: a person repairs its text in a copy of the file, or sets it aside with a reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.conf import settings

from tijdig.access.scope import organisation_scope
from tijdig.history.actions import record
from tijdig.imports import storage
from tijdig.imports.models import Quarantine, SourceFile
from tijdig.imports.refusal import NotPossible
from tijdig.imports.sealed import opened
from tijdig.ledger.actions import notify


def repair(*, organisation_id: int, quarantine_id: int, text: str, actor: str, on: date) -> int:
    """Put the repaired text in the place of the bad one, in a copy of the file, and put that copy in line.

    What the first file posted posts once, so only what was bad is new. Returns the id of the new file.
    """
    with organisation_scope(organisation_id):
        row = Quarantine.objects.select_for_update().select_related("file").filter(pk=quarantine_id).first()
        if row is None or row.state != "open":
            raise NotPossible("quarantine_not_open")
        if not row.file.kept_in:
            raise NotPossible("file_went")
        old = storage.place(Path(settings.DATA), organisation_id, row.file.digest)
        before, after = _bytes_of(old, row.text, text)
        kept = storage.keep(
            Path(settings.DATA), organisation_id, _replaced(old, before, after), settings.SECRET_KEY
        )
        copy = SourceFile.objects.create(
            organisation_id=organisation_id,
            name=f"hersteld-{row.file.name}"[:255],
            digest=kept.digest,
            size=kept.size,
            received_by=actor,
            mapping=row.file.mapping,
        )
        row.state, row.repaired_text, row.handled_by = "repaired", text, actor
        row.save(update_fields=["state", "repaired_text", "handled_by"])
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="line_repaired",
            subject=f"quarantine:{quarantine_id}",
            effective_on=on,
            facts={"file": copy.pk},
        )
        notify("tijdig_file", f"{organisation_id}:{copy.pk}")
        return int(copy.pk)


def _bytes_of(path: Path, text: str, repaired: str) -> tuple[bytes, bytes]:
    """The bad text as it stands in the file, in the file's own encoding, and what comes in its place."""
    content = _content(path) if path.stat().st_size < 256 * 1024**2 else b""
    for encoding in ("utf-8", "cp1252", "utf-16"):
        try:
            before = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        if before and content.count(before) == 1:
            return before, repaired.encode(encoding)
    raise NotPossible("text_not_found")


def _replaced(path: Path, before: bytes, after: bytes) -> list[bytes]:
    return [_content(path).replace(before, after, 1)]


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        return opened(file, settings.SECRET_KEY).read()


def set_aside(*, organisation_id: int, quarantine_id: int, actor: str, reason: str, on: date) -> None:
    """A person says that a bad line needs nothing. It stays, with the reason."""
    if not reason.strip():
        raise NotPossible("reason_needed")
    with organisation_scope(organisation_id):
        row = Quarantine.objects.select_for_update().filter(pk=quarantine_id, state="open").first()
        if row is None:
            raise NotPossible("quarantine_not_open")
        row.state, row.handled_by, row.handled_reason = "set_aside", actor, reason.strip()
        row.save(update_fields=["state", "handled_by", "handled_reason"])
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="line_set_aside",
            subject=f"quarantine:{quarantine_id}",
            effective_on=on,
            text=reason.strip(),
        )
