"""Whether a workbook (a zip file) may be unpacked: how much is in it by its own table of contents, and how tightly.

Decides before anything is unpacked. Refused are more than 2,000 parts, more than 1 GiB unpacked, and parts that become more
than 300 times as large once they are large (a bomb; the XML of a full sheet becomes 10 to 40 times as large). Source: our
own measurements. Example: 10 MB of zeros in 10 kB is refused. A table of contents may lie: then the limits of the process
stop it. Left out: what is in the parts.
"""

from __future__ import annotations

from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

MOST_PARTS = 2_000
MOST_BYTES = 1024**3
_MOST_TIMES = 300
_SMALL = 1024 * 1024


def explodes(file: BinaryIO) -> bool:
    """Would unpacking this cost more than a workbook may? A file that is no zip does not."""
    try:
        with ZipFile(file) as archive:
            parts = archive.infolist()
    except (BadZipFile, OSError, ValueError, RuntimeError):
        return False
    return (
        len(parts) > MOST_PARTS
        or sum(one.file_size for one in parts) > MOST_BYTES
        or any(
            one.file_size > _SMALL and one.file_size > _MOST_TIMES * max(one.compress_size, 1)
            for one in parts
        )
    )
