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
    cli.wire(cli.Wiring(boot=lambda *_, **__: None, data_folder=Path, wipe=lambda: None, admin_dsn=str))
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
