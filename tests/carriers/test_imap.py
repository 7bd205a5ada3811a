"""A folder over IMAP: only what nobody saw, never a change but the mark, and an end to every conversation."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from tests.carriers.imap_server import PASSWORD, USER, Mails, imap_server
from tests.carriers.raw_server import drip, raw_server, silent

from tijdig.carriers import imap
from tijdig.carriers.imap import Fetched, Folder, FolderError, open_folder

MAIL = b"From: a@b.example\r\nSubject: x\r\n\r\nJa\r\n) {5}\r\n"
CAME = datetime(2026, 11, 2, 12, 1, tzinfo=timezone(timedelta(hours=1)))


def folder(port: int, **changed: object) -> Folder:
    plain: dict[str, object] = {"host": "localhost", "port": port, "user": USER, "password": PASSWORD, "security": "none",
                                "timeout_s": 5}  # fmt: skip
    return Folder(**plain | changed)  # type: ignore[arg-type]


def read(mails: Mails, **changed: object) -> list[Fetched]:
    """Read what was not seen, and mark it."""
    found = []
    with open_folder(folder(mails.port, **changed)) as opened:
        for uid in opened.unseen():
            fetched = opened.fetch(uid)
            assert fetched is not None
            found.append(fetched)
            opened.seen(uid)
    return found


@pytest.mark.parametrize("chatty", [False, True])
def test_only_what_nobody_saw_is_read_the_oldest_first_and_then_marked(chatty: bool) -> None:
    mails = Mails(chatty=chatty)
    first, _, second, _ = (
        mails.put(MAIL), mails.put(b"gezien", r"\Seen"), mails.put(b"tweede" * 1000), mails.put(b"weg", r"\Deleted"),
    )  # fmt: skip
    with imap_server(mails):
        assert read(mails) == [
            Fetched(first, MAIL, len(MAIL), True, CAME),
            Fetched(second, b"tweede" * 1000, 6000, True, CAME),
        ]
        assert read(mails) == []
    assert [sorted(one.flags) for one in mails.mails] == [[r"\Seen"], [r"\Seen"], [r"\Seen"], [r"\Deleted"]]
    assert "CLOSE" not in mails.asked and "EXPUNGE" not in mails.asked


def test_looking_marks_nothing() -> None:
    mails = Mails()
    uid = mails.put(MAIL)
    with imap_server(mails), open_folder(folder(mails.port)) as opened:
        assert opened.validity == 77
        assert opened.fetch(uid) is not None
        assert opened.fetch(999) is None
    assert mails.flags(uid) == set()


def test_of_a_very_large_mail_the_first_part_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "MOST_BYTES", 10_000)
    monkeypatch.setattr(imap, "PART_BYTES", 5_000)
    mails = Mails()
    mails.put(b"x" * 10_000)
    mails.put(b"y" * 10_001)
    with imap_server(mails):
        assert [(one.size_bytes, len(one.raw), one.whole) for one in read(mails)] == [
            (10_000, 10_000, True),
            (10_001, 5_000, False),
        ]


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("Antwoorden", "Antwoorden"),
        ("Huur & zorg", "Huur &- zorg"),
        ('Één/Brieven "x" \\', '&AMkA6Q-n/Brieven "x" \\'),
        ("Папка", "&BB8EMAQ,BDoEMA-"),
    ],
)
def test_a_folder_has_any_name(name: str, wire: str) -> None:
    mails = Mails(folder=wire)
    mails.put(MAIL)
    with imap_server(mails):
        assert len(read(mails, name=name)) == 1


def test_without_plain_it_signs_in_by_login() -> None:
    mails = Mails(plain=False)
    with imap_server(mails):
        assert read(mails, password="ascii") == []
        assert "LOGIN" in mails.asked
        with pytest.raises(FolderError, match="teken dat de mailserver niet kent"):
            read(mails, password="één")


def test_a_server_that_numbers_no_folder_is_read_too() -> None:
    mails = Mails(validity=0)
    with imap_server(mails), open_folder(folder(mails.port)) as opened:
        assert opened.validity == 0


@pytest.mark.parametrize(
    ("mails", "changed", "sentence"),
    [
        (Mails(), {"password": "fout"}, "weigert onze aanmelding. Kijk naam en wachtwoord na."),
        (Mails(plain=False), {"password": "fout"}, "weigert onze aanmelding"),
        (Mails(folder="Elders"), {}, "De map INBOX is er niet"),
        (Mails(only_read=True), {}, "alleen te lezen"),
        (Mails(refuse="UID SEARCH"), {}, "De mailserver weigert SEARCH. Antwoord: dat gaat nu niet"),
        (Mails(refuse="UID FETCH"), {}, "De mailserver weigert FETCH"),
        (Mails(refuse="UID STORE"), {}, "De mailserver weigert STORE"),
        (Mails(drop="CAPABILITY"), {}, "niet bereikbaar of brak af"),
        (Mails(drop="AUTHENTICATE"), {}, "niet bereikbaar of brak af"),
        (Mails(drop="SELECT"), {}, "niet bereikbaar of brak af"),
        (Mails(drop="UID SEARCH"), {}, "niet bereikbaar of brak af"),
        (Mails(drop="UID FETCH"), {}, "niet bereikbaar of brak af"),
        (Mails(drop="UID STORE"), {}, "niet bereikbaar of brak af"),
        (Mails(), {"security": "starttls"}, "geen versleuteling"),
    ],
    ids=lambda one: "",
)
def test_what_goes_wrong_is_a_sentence_without_the_password(
    mails: Mails, changed: dict[str, object], sentence: str
) -> None:
    mails.put(MAIL)
    with imap_server(mails), pytest.raises(FolderError) as refused:
        read(mails, **changed)
    assert sentence in str(refused.value)
    assert "fout" not in str(refused.value) and PASSWORD not in str(refused.value)


def test_a_refused_password_is_not_told_when_the_server_repeats_it() -> None:
    def play(line: socket.socket, over: threading.Event) -> None:
        line.sendall(b"* OK hier\r\n")
        for asked in line.makefile("rb"):
            tag, _, rest = asked.partition(b" ")
            if rest.startswith(b"CAPABILITY"):
                line.sendall(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK\r\n")
            else:
                line.sendall(tag + b" NO u zei heel-geheim\r\n")

    with raw_server(play) as port, pytest.raises(FolderError) as refused:
        read(Mails(port=port), password="heel-geheim")
    assert "heel-geheim" not in str(refused.value)


def test_nobody_there_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(FolderError, match="niet bereikbaar of brak af"):
        read(Mails(port=port))


def test_a_silent_server_ends_at_the_time_of_one_read() -> None:
    with raw_server(silent) as port, pytest.raises(FolderError, match="geen antwoord op tijd"):
        read(Mails(port=port), timeout_s=0.2)


def test_a_server_that_drips_ends_at_the_deadline() -> None:
    def play(line: socket.socket, over: threading.Event) -> None:
        drip(line, over, b"* OK nog even\r\n")

    with raw_server(play) as port, pytest.raises(FolderError):
        read(Mails(port=port), deadline_s=0.4)


@pytest.mark.parametrize("said", [b"* 1 FETCH (BODY[] {99000000}\r\n", b"* OK " + b"x" * 5000 + b"\r\n"])
def test_a_server_that_says_too_much_is_cut_off(said: bytes) -> None:
    def play(line: socket.socket, over: threading.Event) -> None:
        line.sendall(b"* OK hier\r\n")
        line.recv(1000)
        for _ in range(3000):
            line.sendall(said)

    with raw_server(play) as port, pytest.raises(FolderError, match="says too much"):
        read(Mails(port=port), deadline_s=20)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost that nobody signed but itself."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed, so there is no certificate to close a line with")
    pem = tmp_path_factory.mktemp("tls") / "own.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    subprocess.run(
        [*command.split(), "-addext", "subjectAltName=DNS:localhost", "-keyout", pem, "-out", pem],
        check=True,
        capture_output=True,
    )
    return pem


def _tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_line_is_closed_with_a_certificate_that_is_trusted(
    security: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = _tls(certificate)
    mails = Mails(tls=tls) if security == "starttls" else Mails(closed=tls)
    mails.put(MAIL)
    with imap_server(mails):
        with pytest.raises(FolderError, match="certificate"):
            read(mails, security=security)
        assert "AUTHENTICATE" not in mails.asked
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert [one.raw for one in read(mails, security=security)] == [MAIL]


def test_an_answer_goes_to_an_address_with_the_key_in_it() -> None:
    assert (
        folder(1, address="antwoord@debrug.example").reply_to("a" * 32)
        == f"antwoord+{'a' * 32}@debrug.example"
    )
    assert folder(1).reply_to("a" * 32) == ""
    assert "geheim" not in repr(folder(1)) and "geheim" not in folder(1).place
