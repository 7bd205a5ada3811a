"""The only writer of the files that carry our answers to the portal: an answer goes once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.help.actions_traffic_effects import hold_files
from tijdig.help.models import TrafficExport, TrafficExportFile, TrafficExportItem
from tijdig.help.queries_traffic import conversations
from tijdig.help.queries_traffic_files import to_go
from tijdig.help.traffic import Sheet
from tijdig.help.traffic_csv import filled
from tijdig.help.traffic_layouts import sheets
from tijdig.help.traffic_out import lines_of
from tijdig.letters.queries_texts import letterhead


def export(*, organisation_id: int, actor: str, name: str, sheet: Sheet, on: date) -> int:
    """Make the file of answers that no file carried yet; returns its id. Raises `NotDone` where there are none."""
    with organisation_scope(organisation_id):
        hold_files(organisation_id)
        going = to_go().get(sheet, [])
        if not going or not name.strip():
            raise NotDone(("Er is niets om mee te sturen.",))
        talks = {one.id: one for one in conversations(sorted({talk for _, talk in going}))}
        layout, head = sheets()[sheet], letterhead()
        lines: list[Mapping[str, object]] = []
        for message_id, talk_id in going:
            answer = next(one for one in talks[talk_id].messages if one.id == message_id)
            contact = (
                (answer.name, head.contact_email, head.contact_number) if head else (answer.name, "", "")
            )
            lines += lines_of(talks[talk_id], answer, contact)
        content = filled(layout, lines)
        row = TrafficExport.objects.create(
            organisation_id=organisation_id,
            sheet=sheet.value,
            version=layout.version,
            messages=len(going),
            digest=hashlib.sha256(content).hexdigest(),
            made_on=on,
            actor=actor,
            name=name.strip(),
        )
        _carry(row, [pk for pk, _ in going], content)
        return int(row.pk)


def _carry(row: TrafficExport, message_ids: Sequence[int], content: bytes) -> None:
    TrafficExportFile.objects.create(organisation_id=row.organisation_id, export=row, content=content)
    TrafficExportItem.objects.bulk_create(
        TrafficExportItem(organisation_id=row.organisation_id, export=row, message_id=pk)
        for pk in message_ids
    )
