"""With nothing but the backup and its key, in a data folder that is new: what was sealed opens again."""

from __future__ import annotations

import io
import json
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from psycopg.conninfo import make_conninfo
from tests.backup.test_backup import Places, _ask, at_work, key, new_name, places, run
from tests.entrance import comers

from tijdig.access.actions_sessions import begin_session
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.access.sessions import How
from tijdig.backup.actions import about_of
from tijdig.backup.key import BackupError, read_key
from tijdig.backup.signing import Asked, Signing, check_keys, put_key
from tijdig.entrance import sealing
from tijdig.entrance.actions_seal import seal_acts
from tijdig.entrance.totp import step_that_fits
from tijdig.hooks import actions as hooks
from tijdig.imports.sealed import NotOurs, opened
from tijdig.project.secret import secret_key

__all__ = ["at_work", "key", "new_name", "places", "run"]
OTHER = "een-andere-sleutel-van-lang-geleden"


def _secrets(organisation: int) -> tuple[str, str]:
    """A second step, a webhook, and somebody who is signed in; answers what is sealed."""
    keeper = comers.colleague(organisation, Role.ADMINISTRATOR)
    code, _ = comers.with_second_step(keeper)
    _, hook = hooks.make(
        person=keeper, name="ERP", url="https://erp.example.test/x", kinds=["saldo.gewijzigd"], on=comers.ON
    )
    begin_session(person=keeper, how=How.CODE, agent="", at=datetime.now(UTC))
    return code, hook


def _opened(folder: Path, name: str, secret: str) -> bytes:
    with (folder / name).open("rb") as file:
        return opened(io.BytesIO(file.read()), secret).read()


def test_what_was_sealed_opens_in_a_new_folder(
    at_work: tuple[int, int],
    places: Places,
    run: Any,
    key: Path,
    new_name: str,
    tmp_path: Path,
    admin: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hooks, "checked", lambda url, _: url)
    code, hook = _secrets(at_work[0])
    before = Path(settings.DATA)
    name = next(one.relative_to(before).as_posix() for one in (before / "files").glob(f"{at_work[0]}/*"))
    content = _opened(before, name, settings.SECRET_KEY)
    assert run("backup", tmp_path / "kopie", "--key", key).exit_code == 0

    places.data = tmp_path / "nieuw"
    back = run("restore", tmp_path / "kopie", "--key", key, "--into", new_name)
    assert back.exit_code == 0, back.output
    assert "De ondertekensleutel is mee teruggezet" in back.output
    assert stat.S_IMODE((places.data / "secret.key").stat().st_mode) == 0o600
    found = secret_key(places.data)
    assert found == settings.SECRET_KEY
    assert _opened(places.data, name, found) == content
    with pytest.raises(NotOurs):
        _opened(places.data, name, OTHER)

    ((factor,),) = _ask(admin, new_name, "SELECT sealed FROM entrance_secondfactor")
    ((told,),) = _ask(admin, new_name, "SELECT secret FROM hooks_subscription")
    secret = sealing.opened(found, "totp", factor)
    later = comers.AT + timedelta(hours=1)
    assert secret == code
    assert step_that_fits(secret, comers.code(code, later), later, 0) is not None
    assert sealing.opened(found, hooks.USE, told) == hook
    assert not list(before.glob("secret.key.*"))


def test_who_was_signed_in_signs_in_again(
    at_work: tuple[int, int],
    places: Places,
    run: Any,
    key: Path,
    new_name: str,
    tmp_path: Path,
    admin: str,
) -> None:
    begin_session(person=comers.colleague(at_work[0]), how=How.PASSWORD, agent="", at=datetime.now(UTC))
    assert run("backup", tmp_path / "kopie", "--key", key).exit_code == 0
    back = run("restore", tmp_path / "kopie", "--key", key, "--into", new_name)
    assert "1 aanmeldingen zijn beëindigd" in back.output
    asked = "SELECT count(*), count(ended_at) FROM access_session"
    assert _ask(admin, new_name, asked) == [(1, 1)]
    assert _ask(admin, places.database, asked) == [(1, 0)]
    walls = "SELECT relforcerowsecurity FROM pg_class WHERE relname = 'access_session'"
    assert _ask(admin, new_name, walls) == [(True,)]


def test_a_folder_with_another_key_is_refused_or_its_key_goes_aside(
    at_work: tuple[int, int], places: Places, run: Any, key: Path, new_name: str, tmp_path: Path
) -> None:
    assert run("backup", tmp_path / "kopie", "--key", key).exit_code == 0
    places.data = tmp_path / "ander"
    put_key(places.data, OTHER)
    asked = ("restore", tmp_path / "kopie", "--key", key, "--into", new_name)
    refused = run(*asked)
    assert refused.exit_code == 1
    assert "staat een andere ondertekensleutel" in refused.output
    assert "--replace-signing-key" in refused.output
    assert [one.name for one in places.data.iterdir()] == ["secret.key"]
    assert run(*asked, "--replace-signing-key").exit_code == 0
    assert secret_key(places.data) == settings.SECRET_KEY
    (aside,) = places.data.glob("secret.key.*")
    assert aside.read_text(encoding="ascii") == OTHER
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600


def test_a_key_of_the_environment_is_told_by_its_fingerprint_and_asked_again(
    at_work: tuple[int, int],
    places: Places,
    run: Any,
    key: Path,
    new_name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TIJDIG_SECRET_KEY", OTHER)
    made = run("backup", tmp_path / "kopie", "--key", key)
    assert "De ondertekensleutel komt uit TIJDIG_SECRET_KEY en zit er niet in" in made.output
    about = about_of(tmp_path / "kopie", read_key(key))
    assert about["signing"] == {"own": False, "fingerprint": Signing(OTHER, own=False).fingerprint}
    assert OTHER not in json.dumps(about)

    places.data = tmp_path / "nieuw"
    asked = ("restore", tmp_path / "kopie", "--key", key, "--into", new_name)
    monkeypatch.delenv("TIJDIG_SECRET_KEY")
    refused = run(*asked)
    assert refused.exit_code == 1
    assert "kwam uit TIJDIG_SECRET_KEY en zit er niet in" in refused.output
    monkeypatch.setenv("TIJDIG_SECRET_KEY", OTHER)
    back = run(*asked)
    assert back.exit_code == 0, back.output
    assert not (places.data / "secret.key").exists()


OWN, GIVEN = Signing("a", own=True), Signing("a", own=False)
FOLDER, ENVIRONMENT = Signing("b", own=True), Signing("b", own=False)


@pytest.mark.parametrize(
    ("made_with", "here", "asked", "puts"),
    [
        (OWN, None, Asked(), True),
        (OWN, OWN, Asked(), False),
        (OWN, GIVEN, Asked(), False),
        (OWN, FOLDER, Asked(), None),
        (OWN, FOLDER, Asked(without=True), None),
        (OWN, FOLDER, Asked(replace=True), True),
        (OWN, ENVIRONMENT, Asked(), None),
        (OWN, ENVIRONMENT, Asked(replace=True), None),
        (OWN, ENVIRONMENT, Asked(without=True), False),
        (GIVEN, None, Asked(), None),
        (GIVEN, None, Asked(without=True), False),
        (GIVEN, OWN, Asked(), False),
        (GIVEN, FOLDER, Asked(replace=True), None),
        (None, FOLDER, Asked(), False),
    ],
)
def test_which_key_holds_after_it(
    made_with: Signing | None, here: Signing | None, asked: Asked, puts: bool | None
) -> None:
    told = made_with.told() if made_with else None
    if puts is None:
        with pytest.raises(BackupError):
            check_keys(told, here, asked)
    else:
        assert check_keys(told, here, asked) is puts


def test_no_key_is_made_where_a_backup_may_bring_one(tmp_path: Path) -> None:
    """As `tijdig restore` begins, in a program of its own."""
    import subprocess
    import sys

    program = "from tijdig.project import backup_places; print(len(backup_places.known_migrations()) > 50)"
    environment = {one: value for one, value in os.environ.items() if one != "TIJDIG_SECRET_KEY"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment | {"TIJDIG_DATA": str(tmp_path / "nieuw")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "True"
    assert not (tmp_path / "nieuw" / "secret.key").exists()


def test_the_last_links_stand_in_a_backup_and_an_end_that_was_cut_off_is_seen(
    at_work: tuple[int, int], places: Places, run: Any, key: Path, tmp_path: Path, admin: str
) -> None:
    person = comers.at_partner("proef")
    comers.with_second_step(person)
    assert person.partner_id is not None
    assert seal_acts(partner_id=person.partner_id) > 0
    assert run("backup", tmp_path / "kopie", "--key", key).exit_code == 0
    chains = about_of(tmp_path / "kopie", read_key(key))["chains"]
    assert [(one.get("organisation") or one["partner"], one["links"]) for one in chains] == [
        ("stichting-1", 1),
        ("stichting-2", 1),
        ("proef", 1),
    ]
    asked = ("verify-history", "--backup", tmp_path / "kopie", "--key", key)
    whole = run(*asked)
    assert whole.exit_code == 0, whole.output
    with organisation_scope(at_work[0]):
        pass
    connections["default"].close()
    with psycopg.connect(make_conninfo(admin, dbname=places.database), autocommit=True) as superuser:
        superuser.execute("SET session_replication_role = replica")
        for table in ("history_seal", "history_eventtext", "history_event"):
            superuser.execute(f"DELETE FROM {table} WHERE organisation_id = %s", [at_work[0]])
        superuser.execute("DELETE FROM entrance_partnerseal; DELETE FROM entrance_partneract")
    assert run("verify-history").exit_code == 0  # nothing inside tells
    told = run(*asked)
    assert told.exit_code == 1
    assert told.output.count("Schakel 1 van de eerdere controle is er niet meer") == 2
    assert run("verify-history", "--backup", tmp_path / "kopie").exit_code == 2
