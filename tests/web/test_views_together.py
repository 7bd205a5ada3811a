"""Five people in the same list: who is busy is seen, a stale save is refused with both versions, undo for a minute."""

from __future__ import annotations

import re
from datetime import timedelta
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from doors import PASSWORD, Corporation
from tijdig.access.actions import create_user
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.arrangements.queries import arrangements_of
from tijdig.cases.queries import outbox_after
from tijdig.contacts.queries import contacts_of
from tijdig.history.queries import of_subject
from tijdig.objections.queries import objections_of
from tijdig.rulings.queries import rulings_of
from tijdig.tenancies.queries_flags import flags_of
from tijdig.web import views_objection, views_ruling, views_talk

Typing = dict[str, Any]


def colleague(corporation: Corporation, name: str, role: Role = Role.CONSULTANT) -> Client:
    """Somebody of this name, signed in."""
    email = f"{name.split()[0].lower()}.{corporation.organisation}@proef.test"
    create_user(
        organisation_id=corporation.organisation, email=email, name=name, role=role, password=PASSWORD
    )
    client = Client()
    assert client.post("/aanmelden", {"username": email, "password": PASSWORD}).status_code == 302
    return client


class Desk:
    """Two people and one tenant in arrears."""

    def __init__(self, corporation: Corporation) -> None:
        corporation.lease(1)
        corporation.evaluate()
        self.corporation = corporation
        self.sanne, self.bram = (
            colleague(corporation, "Sanne Kuiper"),
            colleague(corporation, "Bram Bos", Role.TEAM_LEAD),
        )
        with organisation_scope(corporation.organisation), connection.cursor() as cursor:
            cursor.execute("SELECT id FROM tenancies_tenancy ORDER BY id LIMIT 1")
            self.tenancy = int(cursor.fetchone()[0])
        self.file = f"/huurder/{self.tenancy}"

    def form(self, client: Client, page: str) -> Typing:
        """The hidden fields and what is chosen before anybody types."""
        shown = client.get(f"{self.file}/{page}").content.decode()
        typed = re.findall(r'<input [^>]*name="(\w+)"[^>]* value="([^"]*)"', shown)
        boxes = re.findall(
            r'<input type="(?:radio|checkbox)" name="(\w+)" id="[^"]+" value="([^"]+)"([^>]*)', shown
        )
        ticked = {(name, value) for name, value, more in boxes if "checked" in more}
        unticked = {(name, value) for name, value, _ in boxes} - ticked
        skip = {"csrfmiddlewaretoken", "wat", "terug"}
        kept = [(n, v) for n, v in typed if n not in skip and (n, v) not in unticked]
        return {name: [v for n, v in kept if n == name] for name, _ in kept}

    def contact(self, client: Client, note: str, **more: Any) -> Typing:
        chosen = {"bereikt": "none", "uitkomst": "not_home", "notitie": note}
        return self.form(client, "contact") | chosen | more

    def ruling(self, client: Client) -> Typing:
        until = self.corporation.today + timedelta(days=7)
        return self.form(client, "afwijken") | {
            "soort": "pause",
            "tot": f"{until}",
            "reden": "Wacht op geld.",
        }

    def arrangement(self, client: Client) -> Typing:
        return self.form(client, "regeling") | {"bedrag": "650", "ritme": "monthly"}

    def send(self, client: Client, page: str, typed: Typing) -> tuple[int, str]:
        answer = client.post(f"{self.file}/{page}", typed)
        shown = client.get(answer.headers["Location"]) if answer.status_code == 302 else answer
        return answer.status_code, shown.content.decode().replace("\u00a0", " ")

    def notes(self) -> list[str]:
        with organisation_scope(self.corporation.organisation):
            found = contacts_of([self.tenancy], as_of=self.corporation.today, withdrawn=False)
            return [one.note for one in found]

    def undo(self, client: Client, page: str) -> str:
        found = re.search(r'name="wat" value="([\d-]+)"', page)
        assert found, "nothing offers undo"
        answer = client.post("/ongedaan", {"wat": found[1]})
        return str(client.get(answer.headers["Location"]).content.decode().replace("\u00a0", " "))


@pytest.fixture
def desk(corporation: Corporation) -> Desk:
    return Desk(corporation)


# -- who is busy -----------------------------------------------------------------------------------------------


def test_opening_the_form_shows_on_the_list_of_a_colleague_in_words(desk: Desk) -> None:
    before = desk.bram.get("/werkvoorraad").content.decode()
    desk.sanne.get(f"{desk.file}/contact")
    at = f"{timezone.localtime():%H:%M}"[:3]
    after = desk.bram.get("/werkvoorraad").content.decode()
    row = desk.bram.get(f"/werkvoorraad/regel/{desk.tenancy}").content.decode()
    assert "bij Sanne Kuiper" not in before
    for page in (after, row):
        assert re.search(rf"pickup other.*>SK</span> <span>bij Sanne Kuiper sinds {at}\d\d</span>", page)
    with organisation_scope(desk.corporation.organisation):
        assert (0, "pickup", desk.tenancy) in [(0, kind, one) for _, kind, one in outbox_after(0)]


def test_a_form_that_a_colleague_has_says_so_blocks_nothing_and_is_taken_over_in_one_press(
    desk: Desk,
) -> None:
    desk.sanne.get(f"{desk.file}/regeling")
    page = desk.bram.get(f"{desk.file}/afwijken").content.decode()
    assert re.search(r"Sanne Kuiper is hier sinds \d\d:\d\d mee bezig\.", page)
    assert 'name="soort"' in page
    answer = desk.bram.post(f"{desk.file}/bezig", {"wat": "over", "terug": f"{desk.file}/afwijken"})
    assert answer.headers["Location"] == f"{desk.file}/afwijken"
    said = desk.bram.get(f"{desk.file}/afwijken").content.decode()
    assert "U bent hier sinds" in said
    assert "Overgenomen van Sanne Kuiper." in said
    assert "Bram Bos is hier sinds" in desk.sanne.get(desk.file).content.decode()
    assert "Ongedaan gemaakt: Overgenomen van" in desk.undo(desk.bram, said)
    assert "U bent hier sinds" in desk.sanne.get(desk.file).content.decode()


def test_the_key_of_a_row_picks_up_and_puts_down_without_a_new_page(desk: Desk) -> None:
    part = {"HX-Request": "true"}
    taken = desk.sanne.post(f"{desk.file}/bezig", {"wat": "pak"}, headers=part).content.decode()
    assert "u, sinds" in taken and 'data-key="b"' in taken and "<html" not in taken
    theirs = desk.bram.get(f"{desk.file}/bezig").content.decode()
    assert "bij Sanne Kuiper sinds" in theirs and 'data-key="b"' not in theirs
    loose = desk.sanne.post(f"{desk.file}/bezig", {"wat": "los"}, headers=part).content.decode()
    assert "sinds" not in loose
    with organisation_scope(desk.corporation.organisation):
        verbs = [one.verb for one in of_subject(f"tenancy:{desk.tenancy}")]
    assert verbs[:2] == ["tenancy_put_down", "tenancy_picked_up"]


def test_saving_puts_it_down(desk: Desk) -> None:
    typed = desk.contact(desk.sanne, "klaar")
    desk.send(desk.sanne, "contact", typed)
    assert "sinds" not in desk.bram.get(f"{desk.file}/bezig").content.decode()


def test_whoever_may_only_look_is_not_busy(desk: Desk) -> None:
    manager = colleague(desk.corporation, "Mia Manager", Role.MANAGER)
    for page in ("regeling", "afwijken"):
        assert manager.get(f"{desk.file}/{page}").status_code == 200
    assert "sinds" not in desk.bram.get(f"{desk.file}/bezig").content.decode()


@pytest.mark.parametrize("back", ["//elders.test/x", "https://elders.test", "javascript:alert(1)", ""])
def test_the_way_back_is_never_elsewhere(desk: Desk, back: str) -> None:
    answer = desk.sanne.post(f"{desk.file}/bezig", {"wat": "pak", "terug": back})
    assert answer.headers["Location"] == desk.file


# -- a stale save ----------------------------------------------------------------------------------------------


def test_a_stale_save_shows_both_versions_and_keeps_what_was_typed(desk: Desk) -> None:
    typed = desk.contact(desk.sanne, "Sanne schreef <dit>.")
    desk.send(desk.bram, "contact", desk.contact(desk.bram, "Bram sprak af: maandag."))
    code, page = desk.send(desk.sanne, "contact", typed)
    assert (code, desk.notes()) == (409, ["Bram sprak af: maandag."])
    theirs, mine = page.split("Wat u wilt vastleggen")
    assert "Een collega legde hier intussen iets vast" in theirs
    assert "Gebeld, niet bereikt" in theirs and "Bram sprak af: maandag." in theirs and "Bram Bos" in theirs
    assert "Gebeld, niet bereikt" in mine and "Sanne schreef &lt;dit&gt;." in mine
    assert "Laat maar" in mine
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', mine))
    again["notitie"] = "Sanne schreef <dit>."
    code, page = desk.send(desk.sanne, "contact", again)
    assert (code, "Vastgelegd: Gebeld, niet bereikt" in page) == (302, True)
    assert desk.notes() == ["Bram sprak af: maandag.", "Sanne schreef <dit>."]


def test_a_decision_is_refused_after_a_colleague_s_contact(desk: Desk) -> None:
    typed = desk.ruling(desk.sanne)
    desk.send(desk.bram, "contact", desk.contact(desk.bram, "Betaalt morgen."))
    code, page = desk.send(desk.sanne, "afwijken", typed)
    assert (code, "Betaalt morgen." in page, "Pauze: geen stappen" in page) == (409, True, True)
    with organisation_scope(desk.corporation.organisation):
        assert rulings_of(desk.tenancy, desk.corporation.today) == []


def test_of_two_arrangements_the_second_is_shown_the_first_and_may_replace_it(desk: Desk) -> None:
    typed = desk.arrangement(desk.sanne)
    assert desk.send(desk.bram, "regeling", desk.arrangement(desk.bram))[0] == 302
    code, page = desk.send(desk.sanne, "regeling", typed)
    assert (code, "Bram Bos" in page, "Afgesproken: € 650,00" in page) == (409, True, True)
    given = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.split("Wat u wilt")[1])
    again = {name: [v for n, v in given if n == name] for name, _ in given}
    assert again["vervang"] == ["1"]
    code, page = desk.send(desk.sanne, "regeling", again)
    assert code == 302
    assert (
        "Ongedaan maken" not in page.split("<main")[1].split("<h1")[0]
    )  # what it replaced would not come back


def test_two_windows_of_one_person_are_told_so(desk: Desk) -> None:
    first, second = desk.contact(desk.sanne, "een"), desk.contact(desk.sanne, "twee")
    desk.send(desk.sanne, "contact", first)
    code, page = desk.send(desk.sanne, "contact", second)
    assert (code, "U legde hier zelf al iets vast" in page) == (409, True)


def test_the_same_form_twice_is_one_contact(desk: Desk) -> None:
    typed = desk.contact(desk.sanne, "eens")
    assert [desk.send(desk.sanne, "contact", typed)[0] for _ in range(2)] == [302, 302]
    assert desk.notes() == ["eens"]


@pytest.mark.parametrize(
    ("page", "where", "reads", "chosen"),
    [
        ("gesprek", views_talk, "briefing", {"bereikt": "none", "uitkomst": "not_home", "notitie": "laat"}),
        ("afwijken", views_ruling, "tenancy_file", {"soort": "pause", "reden": "Wacht op geld."}),
        ("bezwaar", views_objection, "tenancy_file", {"waarover": "treatment", "post": []}),
    ],
)
def test_what_a_colleague_writes_while_the_page_is_read_was_not_seen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, page: str, where: ModuleType, reads: str, chosen: Typing
) -> None:
    theirs = desk.contact(desk.bram, "Bram sprak af: maandag.")
    real = getattr(where, reads)

    def read_then_written(*args: Any, **named: Any) -> object:
        found = real(*args, **named)
        if not desk.notes():
            assert desk.bram.post(f"{desk.file}/contact", theirs).status_code == 302
        return found

    with monkeypatch.context() as patched:
        patched.setattr(where, reads, read_then_written)
        until = {"tot": f"{desk.corporation.today + timedelta(days=7)}"} if page == "afwijken" else {}
        typed = desk.form(desk.sanne, page) | chosen | until
    assert desk.notes() == ["Bram sprak af: maandag."]
    code, shown = desk.send(desk.sanne, page, typed)
    theirs_shown, mine = shown.split("Wat u wilt vastleggen")
    assert (code, "Bram sprak af: maandag." in theirs_shown, "Laat maar" in mine) == (409, True, True)
    assert desk.notes() == ["Bram sprak af: maandag."]


@pytest.mark.parametrize("mark", ["", "nee", "1-", "9" * 500])
def test_a_mark_that_no_form_made_stops_nobody(desk: Desk, mark: str) -> None:
    typed = desk.contact(desk.sanne, "zonder merk", bekend=mark)
    assert desk.send(desk.sanne, "contact", typed)[0] == 302


def _later(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """From now on it is so much later."""
    late = timezone.now() + timedelta(seconds=seconds)
    monkeypatch.setattr(timezone, "now", lambda: late)


# -- undo ------------------------------------------------------------------------------------------------------


def test_a_contact_is_undone_within_its_minute(desk: Desk) -> None:
    _, page = desk.send(desk.sanne, "contact", desk.contact(desk.sanne, "vergist"))
    assert re.search(r'data-undo-seconds="(5\d|60)".*data-page-key="z"', page)
    assert "Ongedaan gemaakt: Vastgelegd: Gebeld, niet bereikt" in desk.undo(desk.sanne, page)
    assert desk.notes() == []


def test_every_kind_of_act_that_offers_it_is_undone_by_the_way_of_its_room(desk: Desk) -> None:
    flag = {"wat": "debt_procedure", "sinds": f"{desk.corporation.today}", "formulier": uuid4().hex}
    asked = {
        "afwijken": desk.ruling,
        "regeling": desk.arrangement,
        "bezwaar": lambda client: desk.form(client, "bezwaar") | {"waarover": "treatment", "post": []},
        "bijzonderheden": lambda client: desk.form(client, "bijzonderheden") | flag | _first(desk, client),
    }
    for page, typed in asked.items():
        code, shown = desk.send(desk.sanne, page, typed(desk.sanne))
        assert code == 302, page
        assert "Ongedaan gemaakt" in desk.undo(desk.sanne, shown), page
    with organisation_scope(desk.corporation.organisation):
        today = desk.corporation.today
        (ruling,) = rulings_of(desk.tenancy, today)
        (arrangement,) = arrangements_of([desk.tenancy])
        (objection,) = objections_of(desk.tenancy, today)
        (flagged,) = flags_of(desk.tenancy, today)
    assert ruling.ended_reason == "vergissing"
    assert arrangement.state.value == "cancelled"
    assert objection.answer is not None and objection.answer.outcome.value == "withdrawn"
    assert flagged.end is not None and flagged.end.end_on == flagged.begin_on


def _first(desk: Desk, client: Client) -> Typing:
    shown = client.get(f"{desk.file}/bijzonderheden").content.decode()
    found = {name: re.search(rf'name="{name}" id="[^"]+" value="([^"]+)"', shown) for name in ("wat", "bron")}
    return {name: one[1] for name, one in found.items() if one}


def test_after_the_minute_the_no_says_what_can_be_done_instead(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = desk.send(desk.sanne, "contact", desk.contact(desk.sanne, "blijft"))
    _later(monkeypatch, 90)
    said = desk.undo(desk.sanne, page)
    assert "De minuut is voorbij. Trek het contact in bij de tijdlijn" in said
    assert desk.notes() == ["blijft"]


def test_what_was_built_upon_and_what_is_not_offered_is_not_undone(desk: Desk) -> None:
    _, page = desk.send(desk.sanne, "contact", desk.contact(desk.sanne, "eerst"))
    desk.send(desk.bram, "afwijken", desk.ruling(desk.bram))
    assert "al iets anders vastgelegd" in desk.undo(desk.sanne, page)
    answer = desk.bram.post("/ongedaan", {"wat": "1"})
    assert (
        "niet meer met één toets" in desk.bram.get(answer.headers["Location"], follow=True).content.decode()
    )
    assert desk.notes() == ["eerst"]


def test_the_offer_goes_along_for_a_minute_and_is_gone_then(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.send(desk.sanne, "contact", desk.contact(desk.sanne, "mee"))
    assert "Ongedaan maken" in desk.sanne.get("/werkvoorraad").content.decode().split("<dialog")[0]
    assert "Ongedaan maken" not in desk.bram.get("/werkvoorraad").content.decode().split("<dialog")[0]
    _later(monkeypatch, 61)
    assert "Ongedaan maken" not in desk.sanne.get("/werkvoorraad").content.decode().split("<dialog")[0]
