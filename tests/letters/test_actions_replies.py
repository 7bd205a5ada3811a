"""Answers come in from a folder of mail and by text message: each once, whatever happens in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from tests.carriers.imap_server import Mails, imap_server
from tests.letters import offices

from tijdig.access.actions import create_organisation
from tijdig.carriers.channel import Channel, Handed, Message, Outcome
from tijdig.carriers.chosen import Carriers
from tijdig.carriers.sms_reply import SmsReply
from tijdig.carriers.smtp import compose
from tijdig.contacts.models import Reply, ReplyText
from tijdig.contacts.queries_replies import Waiting, replies_of, unmatched, waiting
from tijdig.contacts.reply import Reply as Standing
from tijdig.contacts.reply_kinds import How, State
from tijdig.letters import actions_replies
from tijdig.letters.actions import write
from tijdig.letters.actions_mailbox import Mailbox
from tijdig.letters.actions_replies import Read, read_replies, take_sms
from tijdig.letters.actions_sending import send_next
from tijdig.letters.letter import Kind
from tijdig.letters.models import Sending
from tijdig.letters.queries_box import Tray, box
from tijdig.letters.wish import Wish

CAME = datetime(2026, 11, 2, 11, 1, tzinfo=UTC)  # as the server of the tests says
NOW = offices.NOON + timedelta(hours=1)
GOLDEN = Path(__file__).parents[1] / "golden" / "replies"
_SETTING = (
    "imap+plain://tijdig:ge%22heim%5C%C3%A9@localhost:{port}/?timeout_s=5&address=antwoord@debrug.example"
)


def mail(
    name: str, text: str = "Ik betaal vrijdag.", sender: str = "m1@voorbeeld.example", **headers: str
) -> bytes:
    more = "".join(f"{key.replace('_', '-')}: {value}\r\n" for key, value in headers.items())
    return f"From: {sender}\r\nMessage-ID: <{name}@voorbeeld.example>\r\n{more}\r\n{text}\r\n".encode()


@contextmanager
def folder(organisation: int, mails: Mails) -> Iterator[Mails]:
    """A server of this folder, set as that of the corporation."""
    with imap_server(mails), pytest.MonkeyPatch.context() as patch:
        known = {f"EMAIL_REPLIES_{organisation}": _SETTING.format(port=mails.port)}
        patch.setattr(settings, "TIJDIG_CARRIERS", settings.TIJDIG_CARRIERS | known)
        yield mails


def read(organisation: int, now: datetime = NOW) -> Read:
    found = read_replies(organisation_id=organisation, clock=lambda: now)
    assert found is not None
    return found


@pytest.fixture
def tenancy(organisation: int) -> int:
    offices.letterhead(organisation)
    return offices.tenant(organisation)


def only(tenancy: int) -> Standing:
    (found,) = replies_of(tenancy, offices.TODAY)
    return found


class Post:
    """A carrier that keeps what it was given."""

    name = "proef"

    def __init__(self) -> None:
        self.got: list[Message] = []

    def hand_over(self, message: Message) -> Handed:
        self.got.append(message)
        return Handed(Outcome.SENT, f"p{len(self.got)}")


def sent(organisation: int, tenancy: int, channel: Channel = Channel.EMAIL) -> Message:
    """A reminder that went; as the carrier got it."""
    wish = Wish(tenancy_id=tenancy, kind=Kind.FRIENDLY_REMINDER, on=offices.TODAY, channel=channel)
    write(organisation_id=organisation, actor="user:1", wish=wish, now=offices.NOON)
    post = Post()
    send_next(organisation_id=organisation, carriers=Carriers(email=post, sms=post), now=offices.NOON)  # type: ignore[arg-type]
    return post.got[0]


def test_an_answer_comes_in_whole_and_is_marked(organisation: int, tenancy: int) -> None:
    mails = Mails()
    uid = mails.put(mail("een"))
    with folder(organisation, mails):
        assert read(organisation) == Read(new=1)
        assert mails.flags(uid) == {r"\Seen"}
        assert read(organisation) == Read()
    found = only(tenancy)
    assert (found.text, found.received_at, found.how, found.state) == (
        "Ik betaal vrijdag.", CAME, How.ADDRESS, State.WAITS,
    )  # fmt: skip
    row = Reply.objects.get()
    assert (row.folder, row.validity, row.uid) == ("tijdig@localhost/INBOX", 77, uid)
    assert not any(name in mails.asked for name in ("CLOSE", "EXPUNGE", "UID COPY", "UID MOVE"))


@pytest.mark.parametrize("by", ["answers", "thread", "sent_to"])
def test_an_answer_to_what_we_sent_is_found_by_what_we_sent(organisation: int, tenancy: int, by: str) -> None:
    """The whole way: what a server got of us is what a mail program puts into its answer."""
    with folder(organisation, Mails()) as mails:
        out = sent(organisation, tenancy)
        head = compose(out, offices.NOON).decode().replace("\r\n ", " ").split("\r\n\r\n")[0]
        lines = dict(line.split(": ", 1) for line in head.split("\r\n"))
        assert lines["Reply-To"] == f"antwoord+{out.key}@debrug.example"
        header = {
            "answers": {"In_Reply_To": lines["Message-ID"]},
            "thread": {"References": f"<x@y> {lines['Message-ID']} <z@y>"},
            "sent_to": {"To": lines["Reply-To"]},
        }[by]
        mails.put(mail("een", sender="iemand@anders.example", **header))
        assert read(organisation) == Read(new=1)
    assert only(tenancy).how is (How.TOKEN if by == "sent_to" else How.MESSAGE)


def test_without_an_address_for_answers_mail_goes_out_as_it_did(organisation: int, tenancy: int) -> None:
    assert sent(organisation, tenancy).reply_to == "huur@debrug.example"


def test_a_text_message_bears_no_address_for_answers(organisation: int, tenancy: int) -> None:
    with folder(organisation, Mails()):
        assert sent(organisation, tenancy, Channel.SMS).reply_to == ""


def test_a_folder_without_a_number_is_of_the_only_corporation(
    organisation: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from tijdig.letters import actions_carriers

    with imap_server(Mails()) as mails:
        monkeypatch.setattr(settings, "TIJDIG_CARRIERS", {"EMAIL_REPLIES": _SETTING.format(port=mails.port)})
        monkeypatch.setattr(actions_carriers, "organisation_ids", lambda: [organisation])
        assert read(organisation) == Read()
        monkeypatch.setattr(actions_carriers, "organisation_ids", lambda: [organisation, organisation + 1])
        assert read_replies(organisation_id=organisation, clock=lambda: NOW) is None
        assert f"as TIJDIG_EMAIL_REPLIES_{organisation}" in caplog.text
        monkeypatch.setattr(settings, "TIJDIG_CARRIERS", {"EMAIL_REPLIES": "imaps://heimelijk"})
        monkeypatch.setattr(actions_carriers, "organisation_ids", lambda: [organisation])
        assert read_replies(organisation_id=organisation, clock=lambda: NOW) is None
        assert "heimelijk" not in caplog.text


@pytest.mark.parametrize("mails", [Mails(), Mails(validity=0)], ids=["numbered", "without numbers"])
def test_what_was_kept_before_and_not_marked_is_marked_and_not_kept_again(
    organisation: int, tenancy: int, mails: Mails
) -> None:
    mails.put(mail("een"))
    with folder(organisation, mails):
        read(organisation)
        mails.mails[0].flags.clear()  # somebody marked it as unread, or the mark was lost
        mails.asked.clear()
        assert read(organisation) == Read(known=1)
        assert mails.flags(mails.mails[0].uid) == {r"\Seen"}
        assert ("UID FETCH" in mails.asked) is (mails.validity == 0)
    assert Reply.objects.count() == 1


def test_a_folder_that_was_numbered_anew_doubles_nothing(organisation: int, tenancy: int) -> None:
    mails = Mails()
    for name in ("een", "twee", "drie"):
        mails.put(mail(name))
    with folder(organisation, mails):
        assert read(organisation) == Read(new=3)
        mails.validity = 78
        for number, one in enumerate(mails.mails):
            one.uid = 200 - number
            one.flags.clear()
        assert read(organisation) == Read(known=3)
        mails.put(mail("vier"))
        assert read(organisation) == Read(new=1)
    assert Reply.objects.count() == 4


def test_what_programs_send_is_told_apart(organisation: int, tenancy: int) -> None:
    mails = Mails()
    mails.put(mail("een", Auto_Submitted="auto-replied"))
    with folder(organisation, mails):
        read(organisation)
    assert (only(tenancy).state, only(tenancy).counts, waiting()) == (State.AUTOMATIC, False, Waiting(0, 0))


def test_what_is_odd_or_broken_stops_nobody(organisation: int, tenancy: int) -> None:
    mails = Mails()
    golden = sorted(GOLDEN.glob("*.eml"))
    for one in golden:
        mails.put(one.read_bytes())
    mails.put(mail("laatste"))
    with folder(organisation, mails):
        assert read(organisation) == Read(new=len(golden) + 1)
        assert read(organisation) == Read()
    assert [one.text for one in replies_of(tenancy, offices.TODAY)][-1] == "Ik betaal vrijdag."
    troubles = Reply.objects.exclude(trouble="").values_list("trouble", flat=True)
    assert set(troubles) == {"unreadable", "sealed", "no_text"}


def test_a_mail_at_which_we_stumble_is_kept_without_its_text(
    organisation: int, tenancy: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    look = actions_replies.signs_of_mail

    def stumble(reply: object) -> object:
        if "struikel" in reply.text:  # type: ignore[attr-defined]
            raise ValueError("struikel")
        return look(reply)  # type: ignore[arg-type]

    monkeypatch.setattr(actions_replies, "signs_of_mail", stumble)
    mails = Mails()
    bad, _ = mails.put(mail("slecht", "struikel")), mails.put(mail("goed"))
    with folder(organisation, mails):
        assert read(organisation) == Read(new=2, stumbled=1)
        assert mails.flags(bad) == {r"\Seen"}
    (found,) = unmatched()
    assert (found.trouble, found.text, only(tenancy).text) == ("not_kept", "", "Ik betaal vrijdag.")
    assert f"mail {bad} of organisation" in caplog.text


def test_a_mail_that_cannot_be_kept_at_all_comes_again_and_the_next_one_is_read(
    organisation: int, tenancy: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = actions_replies.take

    def refuse(**told: object) -> object:
        if told["received"].uid == 101:  # type: ignore[attr-defined]
            raise ValueError("vol")
        return keep(**told)  # type: ignore[arg-type]

    monkeypatch.setattr(actions_replies, "take", refuse)
    mails = Mails()
    mails.put(mail("slecht"))
    mails.put(mail("goed"))
    with folder(organisation, mails):
        assert read(organisation) == Read(new=1, stumbled=1)
        assert [one.flags for one in mails.mails] == [set(), {r"\Seen"}]
        monkeypatch.setattr(actions_replies, "take", keep)
        assert read(organisation) == Read(new=1)
    assert Reply.objects.count() == 2


@pytest.mark.parametrize("drop", ["UID SEARCH", "UID FETCH", "UID STORE"])
def test_a_line_that_breaks_loses_and_doubles_nothing(organisation: int, tenancy: int, drop: str) -> None:
    mails = Mails(drop=drop)
    for name in ("een", "twee"):
        mails.put(mail(name))
    with folder(organisation, mails):
        found = read(organisation)
        assert "niet bereikbaar of brak af" in found.trouble
        mails.drop = ""
        assert read(organisation).trouble == ""
        assert all(one.flags == {r"\Seen"} for one in mails.mails)
    assert sorted(ReplyText.objects.values_list("text", flat=True)) == ["Ik betaal vrijdag."] * 2


def test_many_are_read_in_turns_and_it_stops_when_it_is_asked_to(
    organisation: int, tenancy: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions_replies, "_MANY", 3)
    mails = Mails()
    for number in range(5):
        mails.put(mail(f"nr{number}"))
    with folder(organisation, mails):
        go = iter([True, False])
        found = read_replies(organisation_id=organisation, clock=lambda: NOW, go_on=lambda: next(go))
        assert found == Read(new=1, more=True)
        assert read(organisation) == Read(new=3, more=True)
        assert read(organisation) == Read(new=1)


def test_a_moment_in_the_future_is_now(organisation: int, tenancy: int) -> None:
    mails = Mails()
    mails.put(mail("een"))
    with folder(organisation, mails):
        read(organisation, now=offices.NOON)
    assert only(tenancy).received_at == offices.NOON


def test_a_report_in_the_folder_of_answers_is_told_to_its_message(organisation: int, tenancy: int) -> None:
    key = sent(organisation, tenancy).key
    report = f"""From: mailer-daemon@mx.example
Message-ID: <terug@mx.example>
Content-Type: multipart/report; report-type=delivery-status; boundary=r

--r
Content-Type: message/delivery-status

Original-Envelope-Id: {key}

Final-Recipient: rfc822;m1@voorbeeld.example
Action: failed
Status: 5.1.1
--r--
"""
    mails = Mails()
    mails.put(report.encode())
    with folder(organisation, mails):
        assert read(organisation) == Read(new=1)
    assert Sending.objects.get().state == "bounced"
    assert (len(box(Tray.WAITS)), waiting(), Reply.objects.get().automatic_why) == (
        1,
        Waiting(0, 0),
        "report",
    )


def test_a_text_message_is_an_answer_once(organisation: int, tenancy: int) -> None:
    said = SmsReply("m1", "06 12345678", "Ik betaal vrijdag", "", CAME)
    first = take_sms(organisation_id=organisation, reply=said, now=NOW)
    again = take_sms(organisation_id=organisation, reply=said, now=NOW)
    assert (first.new, again.new, first.id) == (True, False, again.id)
    found = only(tenancy)
    assert (found.channel, found.how, found.received_at, found.text) == (
        "sms",
        How.NUMBER,
        CAME,
        "Ik betaal vrijdag",
    )


@pytest.mark.parametrize("at", [None, NOW + timedelta(minutes=1), NOW - timedelta(days=8)])
def test_a_text_message_without_a_moment_that_can_be_came_now(
    organisation: int, tenancy: int, at: datetime | None
) -> None:
    take_sms(organisation_id=organisation, reply=SmsReply("m1", "0612345678", "Ja", "", at), now=NOW)
    assert only(tenancy).received_at == NOW


def test_what_went_to_the_mailbox_of_the_program_can_be_answered_too(organisation: int, tenancy: int) -> None:
    wish = Wish(tenancy_id=tenancy, kind=Kind.FRIENDLY_REMINDER, on=offices.TODAY)
    write(organisation_id=organisation, actor="user:1", wish=wish, now=offices.NOON)
    with folder(organisation, Mails()) as mails:
        send_next(
            organisation_id=organisation, carriers=Carriers(email=Mailbox(organisation)), now=offices.NOON
        )
        mails.put(
            mail("een", sender="x@y.example", In_Reply_To=f"<{Sending.objects.get().key.hex}@debrug.example>")
        )
        read(organisation)
    assert only(tenancy).how is How.MESSAGE


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["before it is kept", "before it is marked"])
def test_a_process_killed_in_the_middle_loses_and_doubles_nothing(
    fresh_database: str, tmp_path: Path, moment: str
) -> None:
    """Kill -9 at the second of three mails: right before it is written down, and right after."""
    from tijdig.access.scope import organisation_scope

    organisation = create_organisation(name="Proef", slug="proef")
    with organisation_scope(organisation):
        tenancy = offices.tenant(organisation)
    mails = Mails()
    for name in ("een", "twee", "drie"):
        mails.put(mail(name))
    place, wrapped = ("actions_replies", "take") if moment == "before it is kept" else ("Opened", "seen")
    program = f"""
        import os, signal, django
        django.setup()
        from datetime import UTC, datetime
        from tijdig.letters import actions_replies
        from tijdig.carriers.imap import Opened
        kept, count = {place}.{wrapped}, []
        def killed(*args, **more):
            count.append(1)
            if len(count) == 2:
                os.kill(os.getpid(), signal.SIGKILL)
            return kept(*args, **more)
        {place}.{wrapped} = killed
        actions_replies.read_replies(organisation_id={organisation}, clock=lambda: datetime(2026, 11, 2, 12, tzinfo=UTC))
    """
    script = tmp_path / "killed.py"
    script.write_text(textwrap.dedent(program))
    with folder(organisation, mails):
        env = os.environ | {
            "TIJDIG_APP_DSN": fresh_database,
            "PYTHONPATH": os.pathsep.join([".", "tests"]),
            f"TIJDIG_EMAIL_REPLIES_{organisation}": _SETTING.format(port=mails.port),
        }
        ended = subprocess.run(
            [sys.executable, str(script)], env=env, timeout=120, capture_output=True, text=True
        )
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        assert [bool(one.flags) for one in mails.mails] == [True, False, False]
        found = read(organisation)
    assert (found.new, found.known) == ((2, 0) if moment == "before it is kept" else (1, 1))
    with organisation_scope(organisation):
        assert len(replies_of(tenancy, offices.TODAY)) == 3
        assert waiting() == Waiting(0, 3)
