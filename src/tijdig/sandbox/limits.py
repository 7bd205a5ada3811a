"""What reading a file may cost, and why it was stopped when it cost more.

Memory is counted above what the reading process needs anyway, processor time over the whole file, silence as the time in
which nothing comes while somebody waits for it, output as the bytes that come back. All follow the size of the file, so that
a small file cannot cost much. Example: a file of 100 MB may take 220 s of processor time and give 4.2 GB. Left out: what
a reader itself refuses (`imports.zip_check`, the XML parser's own limits).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_MEGABYTE = 1024 * 1024


class Reason(StrEnum):
    """Why reading was stopped; each has a Dutch sentence."""

    MEMORY = "reader_memory"
    TIME = "reader_time"
    OUTPUT = "reader_output"
    DIED = "reader_died"


SENTENCES = {
    Reason.MEMORY: (
        "Het lezen van dit bestand kost te veel geheugen en is gestopt. Er is niets ingelezen. Is het een Excel-bestand? "
        "Bewaar het dan als CSV, of kopieer alleen de gevulde rijen naar een nieuw blad. Anders: splits het per maand."
    ),
    Reason.TIME: (
        "Het lezen van dit bestand duurt te lang en is gestopt. Er is niets ingelezen. Haal het bestand opnieuw op, of "
        "splits het per maand, en lees het opnieuw in."
    ),
    Reason.OUTPUT: (
        "Uit dit bestand komt veel meer dan er bij zijn grootte hoort; het lezen is gestopt. Er is niets ingelezen. Kijk of "
        "dit het goede bestand is en haal het opnieuw op."
    ),
    Reason.DIED: (
        "Het lezen van dit bestand liep vast en is gestopt. Er is niets ingelezen. Het bestand is waarschijnlijk "
        "beschadigd: haal het opnieuw op, of bewaar het opnieuw uit het programma waar het vandaan komt."
    ),
}


class Stopped(Exception):  # noqa: N818 - it names a decision about the file, not a fault in the code
    """Reading was stopped; `sentence` says why and what to do (Dutch). Nothing that came before counts."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason

    @property
    def sentence(self) -> str:
        return SENTENCES[self.reason]


class ReaderFault(Exception):  # noqa: N818 - a fault in a reader, told by its process
    """A reader met something that it does not know: a fault in the code, with its kind and message."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes and whole seconds."""

    memory_bytes: int = 1024 * _MEGABYTE
    cpu_seconds: int = 20
    silence_seconds: int = 60
    output_bytes: int = 256 * _MEGABYTE


def of_size(size: int) -> Limits:
    """The limits for a file of that many bytes."""
    megabytes = size // _MEGABYTE
    return Limits(
        memory_bytes=1024 * _MEGABYTE + size,  # readers remember the keys that they saw
        cpu_seconds=20 + 2 * megabytes,
        silence_seconds=60 + megabytes // 2,
        output_bytes=256 * _MEGABYTE + 40 * size,
    )
