"""Mails of a Maildir, one by one, and none of them lost. Python's own `mailbox` puts them in and looks them up."""

from __future__ import annotations

import mailbox
from pathlib import Path

import pytest

from tijdig.carriers.bounce_folder import done, read_folder

RAW = b"From: mailer-daemon@mx.example\n\nDat adres is er niet.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    mailbox.Maildir(tmp_path / "bounce", create=True)
    return tmp_path / "bounce"


def put(folder: Path, raw: bytes = RAW) -> str:
    return mailbox.Maildir(folder).add(raw)


def marks(folder: Path) -> dict[str, tuple[str, str]]:
    """Where each mail is, and its marks."""
    box = mailbox.Maildir(folder)
    return {name: (mail.get_subdir(), mail.get_flags()) for name, mail in box.iteritems()}


def test_a_new_mail_is_given_and_stays_until_it_is_done(folder: Path) -> None:
    name = put(folder)
    assert list(read_folder(folder)) == [(name, RAW)]
    assert list(read_folder(folder)) == [(name, RAW)]
    done(folder, name)
    assert list(read_folder(folder)) == []
    assert marks(folder) == {name: ("cur", "S")}
    assert (folder / "cur" / f"{name}:2,S").read_bytes() == RAW


def test_a_mail_that_another_program_moved_unseen_is_given(folder: Path) -> None:
    name = put(folder)
    (folder / "new" / name).rename(folder / "cur" / f"{name}:2,RF")
    assert [one for one, _ in read_folder(folder)] == [name]
    done(folder, name)
    assert marks(folder) == {name: ("cur", "FRS")}


def test_done_twice_is_done_once(folder: Path) -> None:
    name = put(folder)
    assert [done(folder, one) for one in (name, name, "weg")] == [True, True, True]
    assert marks(folder) == {name: ("cur", "S")}


def test_a_mail_that_cannot_be_moved_is_told_and_comes_again(folder: Path) -> None:
    """As with a folder of another user: here the place in `cur` is taken, which stops root too."""
    name = put(folder)
    (folder / "cur" / f"{name}:2,S" / "bezet").mkdir(parents=True)
    assert done(folder, name) is False
    assert list(read_folder(folder)) == [(name, RAW)]


def test_done_without_the_folder_is_told(folder: Path) -> None:
    name = put(folder)
    (folder / "cur").rmdir()
    assert done(folder, name) is False
    assert done(folder, "weg") is False
    assert (folder / "new" / name).read_bytes() == RAW


def test_only_the_mail_that_is_done_is_marked(folder: Path) -> None:
    (folder / "new" / "1").write_bytes(b"een")
    (folder / "new" / "10").write_bytes(b"tien")
    done(folder, "1")
    assert list(read_folder(folder)) == [("10", b"tien")]


def test_a_mail_that_came_while_reading_waits_for_the_next_time(folder: Path) -> None:
    name = put(folder)
    mails = read_folder(folder)
    assert next(mails)[0] == name
    later = put(folder)
    assert list(mails) == []
    done(folder, name)
    assert [one for one, _ in read_folder(folder)] == [later]


def test_a_mail_that_went_away_is_passed_over(folder: Path) -> None:
    first, second = sorted([put(folder), put(folder)])
    mails = read_folder(folder)
    assert next(mails)[0] == first
    (folder / "new" / second).unlink()
    assert list(mails) == []


def test_what_is_no_mail_is_passed_over(folder: Path) -> None:
    (folder / "new" / "map").mkdir()
    (folder / "new" / ".half").write_bytes(b"half")
    (folder / "tmp" / "bezig").write_bytes(b"bezig")
    name = put(folder, bytes(range(256)))
    assert [one for one, _ in read_folder(folder)] == [name]


def test_a_folder_that_is_no_maildir_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="geen map met mail"):
        next(read_folder(tmp_path))
