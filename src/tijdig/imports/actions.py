"""The only writers of imports: take a file in, read it, and what people decide about what was not sure.

A file is one transaction: all of it, or nothing but the reason. The row of a file is its own job: killed half-way it
is taken up again, and what was posted before posts once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from tijdig.access.scope import again, organisation_scope
from tijdig.base.bsn import MASK, clean
from tijdig.base.problems import Problem
from tijdig.history.actions import record
from tijdig.imports import storage
from tijdig.imports.actions_bank import BankFile
from tijdig.imports.actions_erp import NOTICES, ErpFile
from tijdig.imports.actions_progress import Progress
from tijdig.imports.actions_queue import adopt_statements, rematch
from tijdig.imports.models import Quarantine, Saved, SourceFile
from tijdig.imports.outside import Kept, Looked, bank_events, erp_values, lines, look
from tijdig.imports.own_words import in_own_words, lines_named
from tijdig.imports.refusal import NotPossible
from tijdig.imports.tally import Refused, Tally
from tijdig.ledger.actions import notify
from tijdig.ledger.actions_accounts import bank_account
from tijdig.sandbox.limits import ReaderFault
from tijdig.tenancies.queries_keys import contracts_like_bsn

__all__ = ["process", "process_next", "receive", "register_account", "rerun", "take_back_stale"]

_LOCK = 7462  # one import at a time per organisation: two screens, one file, one posting


def receive(
    *,
    organisation_id: int,
    name: str,
    chunks: Iterable[bytes],
    actor: str,
    on: date,
    mapping: dict[str, Any] | None = None,
) -> int:
    """Keep a file and put it in line; returns its id. Raises `storage.TooLarge`."""
    kept = storage.keep(Path(settings.DATA), organisation_id, chunks, settings.SECRET_KEY)
    with organisation_scope(organisation_id):
        row = SourceFile.objects.create(
            organisation_id=organisation_id,
            name=clean(Path(name).name[:255]),
            digest=kept.digest,
            size=kept.size,
            received_by=actor,
            mapping=mapping,
        )
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="file_received",
            subject=f"file:{row.pk}",
            effective_on=on,
            facts={"digest": kept.digest, "size": kept.size},
        )
        notify("tijdig_file", f"{organisation_id}:{row.pk}")
        return int(row.pk)


def register_account(*, organisation_id: int, iban: str, name: str, actor: str, on: date) -> int:
    """Say that this bank account is ours; statements that waited for that are read on at once."""
    with organisation_scope(organisation_id):
        account_id = bank_account(organisation_id=organisation_id, iban=iban, name=name)
        adopt_statements(organisation_id=organisation_id, account_id=account_id, actor=actor, on=on)
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="bank_account_registered",
            subject=f"bank_account:{account_id}",
            effective_on=on,
        )
        return account_id


def take_back_stale(*, organisation_id: int) -> int:
    """Files that a killed process left half-way go back in line. Call it when a worker starts."""
    with organisation_scope(organisation_id):
        return SourceFile.objects.filter(state="reading").update(state="received")


def process_next(*, organisation_id: int, on: date) -> int | None:
    """Take the oldest file in line, if any; returns its id."""
    with organisation_scope(organisation_id):
        row = (
            SourceFile.objects.select_for_update(skip_locked=True)
            .filter(state="received")
            .order_by("id")
            .first()
        )
        if row is None:
            return None
        row.state, row.started_at = "reading", datetime.now(UTC)
        row.save(update_fields=["state", "started_at"])
        notify("tijdig_file", f"{organisation_id}:{row.pk}")
    process(organisation_id=organisation_id, file_id=row.pk, on=on)
    return int(row.pk)


def rerun(
    *, organisation_id: int, file_id: int, actor: str, on: date, mapping: dict[str, Any] | None = None
) -> None:
    """Read a file again: what was posted stays and posts once, what is known by now is used.

    `NotPossible` where its term of keeping was over.
    """
    with organisation_scope(organisation_id):
        row = SourceFile.objects.select_for_update().get(pk=file_id)
        if row.state in ("received", "reading"):
            return
        if not row.kept_in:
            raise NotPossible("file_went")
        row.state, row.code = "received", ""
        row.mapping = mapping or row.mapping
        row.save(update_fields=["state", "code", "mapping"])
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="file_rerun",
            subject=f"file:{file_id}",
            effective_on=on,
        )
        notify("tijdig_file", f"{organisation_id}:{file_id}")


def process(*, organisation_id: int, file_id: int, on: date) -> None:
    """Read one file in one transaction. A refusal rolls everything back and keeps the reason and the text."""
    with Progress(organisation_id, file_id) as progress:
        try:
            _process(organisation_id, file_id, on, progress)
        except Refused as refused:
            with organisation_scope(organisation_id):
                _refuse(organisation_id, file_id, refused.problem)
        except Exception as error:
            with organisation_scope(organisation_id):
                told = str(error) if isinstance(error, ReaderFault) else f"{type(error).__name__}: {error}"
                _finish(file_id, "failed", "failed", {"error": clean(told)[:300]}, {})
                notify("tijdig_file", f"{organisation_id}:{file_id}")
            raise


@again
def _process(organisation_id: int, file_id: int, on: date, progress: Callable[[int], None]) -> None:
    with organisation_scope(organisation_id):
        _process_inside(organisation_id, file_id, on, progress)


def _process_inside(organisation_id: int, file_id: int, on: date, progress: Callable[[int], None]) -> None:
    begun = datetime.now(UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, organisation_id])
    row = SourceFile.objects.select_for_update().get(pk=file_id)
    earlier = (
        SourceFile.objects.filter(digest=row.digest, state="done").exclude(pk=file_id).order_by("id").first()
    )
    if earlier is not None:
        params = {
            "name": earlier.name,
            "day": earlier.received_at.date().isoformat(),
            "file": str(earlier.pk),
        }
        _finish(file_id, "duplicate", "file_duplicate", params, {})
        notify("tijdig_file", f"{organisation_id}:{file_id}")
        return
    _forget_problems(file_id)
    path = storage.place(Path(settings.DATA), organisation_id, row.digest)
    file = Kept(path, row.name, settings.SECRET_KEY)
    looked = look(file)
    if looked.problem is not None:
        raise Refused(looked.problem)
    kind = looked.kind
    assert kind is not None
    SourceFile.objects.filter(pk=file_id).update(
        format=f"{kind.code}/{kind.entity}".rstrip("/"), started_at=row.started_at or begun
    )
    tally = _read(organisation_id, row, file, looked, on, progress)
    _keep_problems(organisation_id, file_id, tally)
    freed = rematch(
        organisation_id=organisation_id, actor=row.received_by, on=on, file_id=file_id, after=kind.code
    )
    counts = _counts(tally) | {"freed": freed}
    _finish(file_id, "done", "file_done", {}, counts)
    record(
        organisation_id=organisation_id,
        actor=row.received_by,
        verb="file_read",
        subject=f"file:{file_id}",
        effective_on=on,
        facts=counts,
    )
    notify("tijdig_file", f"{organisation_id}:{file_id}")


def _read(
    organisation_id: int,
    row: SourceFile,
    file: Kept,
    looked: Looked,
    on: date,
    progress: Callable[[int], None],
) -> Tally:
    kind, keys = looked.kind, contracts_like_bsn()
    assert kind is not None
    if kind.family == "bank":
        return BankFile(
            organisation_id=organisation_id,
            file_id=row.pk,
            actor=row.received_by,
            on=on,
            events=lambda: bank_events(file, kind, keys),
            progress=progress,
        ).run()
    erp = ErpFile(
        organisation_id=organisation_id, file_id=row.pk, actor=row.received_by, on=on, progress=progress
    )
    said = _answers(organisation_id, row, looked.source)
    tally = erp.run(erp_values(file, kind, said, keys))
    if kind.code in ("vera_csv", "table"):
        tally.problems = in_own_words(tally.problems, lines(file, lines_named(tally.problems)))
    return tally


def _answers(organisation_id: int, row: SourceFile, key: str) -> dict[str, Any]:
    """What was said about this file, else about its source; what is said now is kept for the source."""
    if row.mapping:
        Saved.objects.update_or_create(
            organisation_id=organisation_id,
            source=key,
            defaults={"answers": row.mapping, "said_by": row.received_by},
        )
        return dict(row.mapping)
    kept = Saved.objects.filter(source=key).first()
    return dict(kept.answers) if kept else {}


def _counts(tally: Tally) -> dict[str, Any]:
    rejected = [problem for problem in tally.problems if problem.code not in NOTICES]
    return {
        **tally.counts,
        "statements": tally.statements,
        "entries": tally.entries,
        "quarantined": len(rejected),
        "notices": len(tally.problems) - len(rejected),
        "credit_cents": tally.credit_cents,
        "debit_cents": tally.debit_cents,
        "balanced": tally.balanced,
    }


def _keep_problems(organisation_id: int, file_id: int, tally: Tally) -> None:
    Quarantine.objects.bulk_create(
        [
            Quarantine(
                organisation_id=organisation_id,
                file_id=file_id,
                place=problem.place[:120],
                code=problem.code[:40],
                params=dict(problem.params),
                text=problem.text[:20_000].replace("\x00", "\ufffd"),
                state="notice" if problem.code in NOTICES else "open",
            )
            for problem in tally.problems
        ],
        batch_size=1000,
    )


def _forget_problems(file_id: int) -> None:
    """What an earlier reading found and nobody handled: this reading tells it again where it still is so."""
    Quarantine.objects.filter(file_id=file_id, state__in=("open", "notice")).delete()


def _refuse(organisation_id: int, file_id: int, problem: Problem) -> None:
    _forget_problems(file_id)
    params = {**problem.params, "place": problem.place}
    found = problem.text.count(MASK)
    _finish(file_id, "refused", problem.code, params, {"left_out": found} if found else {})
    tally = Tally(problems=[problem])
    _keep_problems(organisation_id, file_id, tally)
    notify("tijdig_file", f"{organisation_id}:{file_id}")


def _finish(file_id: int, state: str, code: str, params: dict[str, Any], counts: dict[str, Any]) -> None:
    SourceFile.objects.filter(pk=file_id).update(
        state=state, code=code[:40], params=params, counts=counts, finished_at=datetime.now(UTC)
    )
