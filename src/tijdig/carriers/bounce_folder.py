"""The folder in which reports come in, as a Maildir that a mail server or a fetching program fills.

Decides which mail is still to be read: all in `new`, and all in `cur` without the mark "seen" (a program that stopped
halfway leaves it there). Whoever has dealt with a mail says `done`: one rename to `cur` with the mark, so that a mail is
never in two places and never in none. A mail that was not marked comes again. Nothing is thrown away. Python's own
`mailbox` writes a mail anew to mark it, and cannot say which are seen without parsing all of them; so it is not used.

A mail that cannot be read, or that went away meanwhile, is passed over. Of a very large one only the first part is
given: a report stands at the beginning. Errors: `read_folder` raises `FileNotFoundError` where the folder is no Maildir;
`done` raises nothing, and says False where the mail could not be moved (rights, a full disk): it comes again.
Left out: fetching over IMAP, other marks than "seen", cleaning up.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_MOST_BYTES = 10_000_000
_SEEN = "S"


def read_folder(path: Path | str) -> Iterator[tuple[str, bytes]]:
    """The mails that are still to be read, by name, each with the name that `done` wants."""
    for file in sorted(_unread(Path(path)), key=_name):
        try:
            with file.open("rb") as mail:
                content = mail.read(_MOST_BYTES)
        except OSError:
            continue
        yield _name(file), content


def done(path: Path | str, name: str) -> bool:
    """This mail was dealt with. Twice is once; a mail that is gone is no error. False where it could not be marked."""
    folder = Path(path)
    new = folder / "new" / name
    try:
        files = [new] if new.exists() else [one for one in _unread(folder) if _name(one) == name]
        return all(_mark(folder, file) for file in files)
    except OSError:
        return False


def _mark(folder: Path, file: Path) -> bool:
    marks = "".join(sorted({*_marks(file), _SEEN}))
    try:
        file.rename(folder / "cur" / f"{_name(file)}:2,{marks}")
    except FileNotFoundError:
        return (folder / "cur").is_dir()  # else it is the folder that is gone, not the mail
    except OSError:
        return False
    return True


def _unread(folder: Path) -> list[Path]:
    if not all((folder / part).is_dir() for part in ("new", "cur", "tmp")):
        raise FileNotFoundError(f"{folder} is geen map met mail (Maildir): new, cur of tmp ontbreekt.")
    files = (file for part in ("new", "cur") for file in (folder / part).iterdir())
    return [
        file
        for file in files
        if _SEEN not in _marks(file) and not file.name.startswith(".") and file.is_file()
    ]


def _name(file: Path) -> str:
    """What a mail is called wherever it is: `1793611805.M1.mx` of `1793611805.M1.mx:2,RS`."""
    return file.name.partition(":")[0]


def _marks(file: Path) -> str:
    return file.name.partition(":2,")[2] if file.parent.name == "cur" else ""
