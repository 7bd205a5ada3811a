"""`tijdig letters`: write to many, print, send, and read what came back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.letters import offices
from typer.testing import CliRunner, Result

from tijdig.access.roles import Role

if TYPE_CHECKING:
    from doors import Corporation


@pytest.fixture
def corporation(organisation: int) -> Iterator[Corporation]:
    """The commands, with a corporation of two tenants who are behind and have no e-mail address."""
    import doors
    from tijdig.cli import main as cli

    before = cli._wiring
    cli.wire(
        cli.Wiring(
            boot=lambda *_, **__: None,
            data_folder=Path,
            wipe=lambda: None,
            admin_dsn=str,
            start_worker=lambda: lambda: None,
        )
    )
    made = doors.corporation(organisation)
    offices.letterhead(organisation)
    made.lease(1)
    made.lease(2)
    made.evaluate()
    yield made
    cli._wiring = before


def command(*arguments: str) -> Result:
    from tijdig.cli.main import app

    return CliRunner().invoke(app, ["letters", *arguments], env={"COLUMNS": "200"})


def test_a_reminder_to_everybody_goes_into_one_batch_once(corporation: Corporation, tmp_path: Path) -> None:
    first = command("write", "friendly_reminder")
    assert first.exit_code == 0, first.output
    assert "2 brieven geschreven." in first.output
    again = command("write", "friendly_reminder")
    assert "0 brieven geschreven." in again.output
    assert "2x geen brief: Deze brief ging kort geleden al naar deze huurder." in again.output
    made = command("batch", "--out", str(tmp_path))
    assert "2 brieven, 2 bladzijden, 1 delen." in made.output
    (part,) = tmp_path.iterdir()
    assert part.read_bytes().startswith(b"%PDF-")
    assert "Er wacht niets op papier." in command("batch").output


def test_a_letter_with_legal_effect_needs_a_person_who_may(corporation: Corporation) -> None:
    refused = command("write", "fourteen_day")
    assert refused.exit_code != 0
    assert "beslist een mens" in refused.output
    corporation.person(Role.MANAGER)
    wrong = command("write", "fourteen_day", "--by", f"manager.{corporation.organisation}@proef.test")
    assert wrong.exit_code != 0
    corporation.person(Role.CONSULTANT)
    done = command("write", "fourteen_day", "--by", f"consultant.{corporation.organisation}@proef.test")
    assert "2 brieven geschreven." in done.output


def test_mail_that_is_not_about_us_is_said_to_be_so(corporation: Corporation, tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_bytes(b"From: x@voorbeeld.example\r\nSubject: hallo\r\n\r\nhallo\r\n")
    assert "gaat niet over een brief van ons" in command("back", str(mail)).output


def test_sending_does_what_can_be_done(corporation: Corporation) -> None:
    assert command("send").exit_code == 0


def test_answers_are_read_once_and_a_folder_that_cannot_be_read_is_said(
    corporation: Corporation, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings
    from tests.carriers.imap_server import Mails, imap_server

    assert "er is geen postbus ingesteld" in command("replies").output
    mails = Mails()
    mails.put(b"From: x@voorbeeld.example\r\nMessage-ID: <1@x>\r\n\r\nHallo\r\n")
    with imap_server(mails):
        address = f"imap+plain://tijdig:ge%22heim%5C%C3%A9@localhost:{mails.port}/?timeout_s=5"
        known = {f"EMAIL_REPLIES_{corporation.organisation}": address}
        monkeypatch.setattr(settings, "TIJDIG_CARRIERS", settings.TIJDIG_CARRIERS | known)
        first, again = command("replies"), command("replies")
    gone = command("replies")
    assert (first.exit_code, again.exit_code, gone.exit_code) == (0, 0, 1)
    assert "1 nieuw, 0 al bekend." in first.output and "0 nieuw, 0 al bekend." in again.output
    assert "De mailserver is niet bereikbaar" in gone.output
