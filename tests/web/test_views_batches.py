"""A batch for the print house at the page: made, downloaded, handed over without what was overtaken, or taken back."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.letters import offices

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.carriers.channel import Channel
from tijdig.letters import actions_print, models
from tijdig.letters.actions import write
from tijdig.letters.actions_print import make_part
from tijdig.letters.letter import Kind
from tijdig.letters.wish import Wish

SURE = {"sure": "on"}


@pytest.fixture
def office(corporation: Corporation) -> Corporation:
    offices.letterhead(corporation.organisation)
    return corporation


@pytest.fixture
def desk(office: Corporation) -> Client:
    return office.signed_in(Role.CONSULTANT)


def _written(office: Corporation, many: int) -> None:
    for number in range(1, many + 1):
        tenancy = offices.tenant(office.organisation, number)
        wish = Wish(tenancy_id=tenancy, kind=Kind.FRIENDLY_REMINDER, on=offices.TODAY, channel=Channel.PRINT)
        write(organisation_id=office.organisation, actor="user:1", by="S", wish=wish, now=offices.NOON)


def _batch(office: Corporation, desk: Client, many: int, *, ready: bool = True) -> str:
    """The address of a batch of so many letters."""
    _written(office, many)
    answer = desk.post("/brieven/batch")
    assert answer.status_code == 302
    address = str(answer.headers["Location"])
    while ready and make_part(organisation_id=office.organisation, batch_id=_number(address)):
        pass
    return address


def _number(address: str) -> int:
    return int(address.rpartition("/")[2])


def text_of(answer: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def _ticked(answer: Any) -> dict[str, bool]:
    boxes = re.findall(r'name="without" value="(\d+)"( checked)?', answer.content.decode())
    return {place: bool(checked) for place, checked in boxes}


def test_what_waits_for_paper_becomes_a_batch(office: Corporation, desk: Client) -> None:
    _written(office, 2)
    said = text_of(desk.get("/brieven"))
    assert ("2 brieven wachten op papier." in said, "Maak een printbatch" in said) == (True, True)
    address = str(desk.post("/brieven/batch").headers["Location"])
    page = text_of(desk.get(address))
    assert ("0 van 2 brieven" in page, "U kunt weggaan, dit gaat door." in page) == (True, True)
    assert "Er wacht niets op papier." in text_of(desk.get("/brieven"))


def test_nothing_to_print_is_said(office: Corporation, desk: Client) -> None:
    answer = desk.post("/brieven/batch", follow=True)
    assert "Er is niets om te printen." in text_of(answer)
    assert models.Batch.objects.count() == 0


def test_the_parts_appear_as_they_are_made(
    office: Corporation, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions_print, "PART_LETTERS", 2)
    address = _batch(office, desk, 3, ready=False)
    said = []
    for _ in range(2):
        make_part(organisation_id=office.organisation, batch_id=_number(address))
        answer = desk.get(address, headers={"HX-Request": "true"})
        said.append(("hx-trigger" in answer.content.decode(), "Meegeven" in text_of(answer), text_of(answer)))
    assert [one[:2] for one in said] == [(True, False), (False, True)]
    assert ("2 van 3 brieven · nog ongeveer" in said[0][2], "Samen 3 3 3" in said[1][2]) == (True, True)
    digest = models.BatchPart.objects.get(number=2).digest
    assert f"Deel 2, PDF brief 3 tot en met 3 1 1 1 {digest[:12]}" in said[1][2]


def test_a_part_is_downloaded_as_it_was_made(office: Corporation, desk: Client) -> None:
    address = _batch(office, desk, 1)
    part = models.BatchPart.objects.get()
    answer = desk.get(f"/brieven/batch/deel/{part.pk}")
    assert bytes(answer.content) == bytes(models.BatchPaper.objects.get().pdf)
    assert answer.headers["Content-Type"] == "application/pdf"
    name = f'attachment; filename="batch-{_number(address)}-deel-1.pdf"'
    assert answer.headers["Content-Disposition"] == name


def test_handing_over_says_who_when_and_which_receipt(office: Corporation, desk: Client) -> None:
    address = _batch(office, desk, 2)
    day = office.today
    answer = desk.post(f"{address}/meegeven", {"on": f"{day}", "receipt": "  PN  7 ", **SURE})
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    said = text_of(desk.get(address))
    assert (f"({day:%d-%m-%Y}), vastgelegd door Proef Consultant." in said, "PN 7" in said) == (True, True)
    assert "Trek de batch in" not in said
    assert set(models.Sending.objects.values_list("state", "sent_on")) == {("sent", day)}
    assert (
        re.findall(r"sending-(\d+)\"", desk.get(f"/brieven?batch={_number(address)}").content.decode()) != []
    )


def test_the_list_of_a_batch_stands_in_the_order_of_the_pile(office: Corporation, desk: Client) -> None:
    address = _batch(office, desk, 3)
    page = desk.get(f"/brieven?batch={_number(address)}").content.decode()
    shown = re.findall(r'<li id="sending-(\d+)"', page)
    assert shown == [str(pk) for pk in models.Sending.objects.order_by("place").values_list("pk", flat=True)]


def test_what_was_overtaken_is_ticked_and_stays_behind(office: Corporation, desk: Client) -> None:
    address = _batch(office, desk, 3)
    offices.learned_later(office.organisation, 2, 5_000)
    answer = desk.get(address)
    assert _ticked(answer) == {"2": True}
    assert "Haal deze brief uit de stapel" in text_of(answer)
    desk.post(f"{address}/meegeven", {"on": f"{office.today}", "without": "2", **SURE})
    states = list(models.Sending.objects.order_by("id").values_list("state", flat=True))
    assert states == ["sent", "held", "sent"]
    assert "1 brief is uit de stapel gehaald en telt niet als verstuurd." in text_of(desk.get(address))


def test_what_a_colleague_let_go_is_not_taken_out_again(office: Corporation, desk: Client) -> None:
    _written(office, 1)
    offices.learned_later(office.organisation, 1, 5_000)
    sending = models.Sending.objects.get()
    models.Sending.objects.update(overruled="paid_since 5000")
    address = _batch(office, desk, 0)
    assert _ticked(desk.get(address)) == {}
    offices.learned_later(office.organisation, 1, 1_000)
    assert _ticked(desk.get(address)) == {"1": True}
    sending.refresh_from_db()
    assert sending.state == "printing"


@pytest.mark.parametrize("day", ["", "morgen", "2999-01-01"])
def test_a_day_that_cannot_be_is_refused_and_what_was_typed_stays(
    day: str, office: Corporation, desk: Client
) -> None:
    address = _batch(office, desk, 1)
    offices.learned_later(office.organisation, 1, 5_000)
    answer = desk.post(f"{address}/meegeven", {"on": day, "receipt": "PN-7"})
    assert (answer.status_code, _ticked(answer)) == (422, {"1": False})
    assert "Vul de dag in waarop de drukker of de post de batch kreeg" in text_of(answer)
    assert 'name="receipt" value="PN-7"' in answer.content.decode()
    assert models.Sending.objects.get().state == "printing"


def test_a_day_before_the_batch_is_refused(office: Corporation, desk: Client) -> None:
    address = _batch(office, desk, 1)
    answer = desk.post(f"{address}/meegeven", {"on": f"{office.today - timedelta(days=1)}", **SURE})
    assert (answer.status_code, "De batch is gemaakt na deze dag." in text_of(answer)) == (422, True)


def test_handing_over_before_all_is_made_or_twice_is_refused(office: Corporation, desk: Client) -> None:
    address = _batch(office, desk, 1, ready=False)
    form = {"on": f"{office.today}", **SURE}
    assert "Nog niet alle delen zijn gemaakt." in text_of(desk.post(f"{address}/meegeven", form))
    make_part(organisation_id=office.organisation, batch_id=_number(address))
    assert desk.post(f"{address}/meegeven", form).status_code == 302
    again = desk.post(f"{address}/meegeven", form)
    assert (again.status_code, "Deze batch is al meegegeven." in text_of(again)) == (422, True)


def test_a_batch_is_taken_back_and_its_letters_wait_again(office: Corporation, desk: Client) -> None:
    address = _batch(office, desk, 2)
    answer = desk.post(f"{address}/intrekken", follow=True)
    said = text_of(answer)
    assert "De batch is ingetrokken. Zijn brieven wachten weer op papier." in said
    assert ("Deel 1, bestand verwijderd" in said, "Meegeven" in said) == (True, False)
    assert set(models.Sending.objects.values_list("state", "batch_id")) == {("queued", None)}


def test_a_batch_that_was_handed_over_is_not_taken_back(office: Corporation, desk: Client) -> None:
    address = _batch(office, desk, 1)
    desk.post(f"{address}/meegeven", {"on": f"{office.today}", **SURE})
    assert "Deze batch is al meegegeven." in text_of(desk.post(f"{address}/intrekken", follow=True))
    assert models.Sending.objects.get().state == "sent"


def test_handing_over_says_how_many_terms_begin_and_asks_to_be_sure(
    office: Corporation, desk: Client
) -> None:
    offices.letterhead(office.organisation)
    for number in (8, 9):
        wish = Wish(
            tenancy_id=offices.tenant(office.organisation, number), kind=Kind.FOURTEEN_DAY, on=offices.TODAY
        )
        write(organisation_id=office.organisation, actor="user:1", by="S", wish=wish, now=offices.NOON)
    address = _batch(office, desk, 1)
    said = text_of(desk.get(address))
    assert "In deze batch zitten 3 brieven. 2 ervan zijn veertiendagenbrieven." in said
    assert "Voor 2 veertiendagenbrieven begint hiermee de termijn." in said
    assert 'id="sure" name="sure" required' in desk.get(address).content.decode()
    refused = desk.post(f"{address}/meegeven", {"on": f"{office.today}"})
    page = refused.content.decode()
    assert (refused.status_code, "Vink aan dat u de brieven" in text_of(refused)) == (422, True)
    assert 'id="errors" tabindex="-1" autofocus' in page
    assert set(models.Sending.objects.values_list("state", flat=True)) == {"printing"}
    assert desk.post(f"{address}/meegeven", {"on": f"{office.today}", **SURE}).status_code == 302
    assert set(models.Sending.objects.values_list("state", flat=True)) == {"sent"}


def test_a_batch_without_terms_says_so_and_a_later_day_is_refused(office: Corporation, desk: Client) -> None:
    address = _batch(office, desk, 1)
    said = text_of(desk.get(address))
    assert "In deze batch zit 1 brief. Geen van deze brieven begint een wettelijke termijn." in said
    assert "begint hiermee de termijn" not in said
    tomorrow = office.today + timedelta(days=1)
    answer = desk.post(f"{address}/meegeven", {"on": f"{tomorrow}", **SURE})
    assert (answer.status_code, "vandaag of eerder" in text_of(answer)) == (422, True)
    assert models.Sending.objects.get().state == "printing"


@pytest.mark.parametrize("place", ["x", "-1", "0", "99999999999999999999", "7"])
def test_a_place_that_is_not_in_the_pile_takes_nothing_out(
    place: str, office: Corporation, desk: Client
) -> None:
    address = _batch(office, desk, 1)
    answer = desk.post(f"{address}/meegeven", {"on": f"{office.today}", "without": place, **SURE})
    assert (answer.status_code, models.Sending.objects.get().state) == (302, "sent")


@pytest.mark.parametrize("role", [Role.MANAGER, Role.CUSTOMER_SERVICE, Role.CARETAKER, Role.ADMINISTRATOR])
def test_who_may_not_print_is_refused(role: Role, office: Corporation, desk: Client) -> None:
    address = _batch(office, desk, 1)
    part = models.BatchPart.objects.get().pk
    client = office.signed_in(role)
    answers = [
        client.get(address),
        client.get(f"/brieven/batch/deel/{part}"),
        client.post("/brieven/batch"),
        client.post(f"{address}/meegeven", {"on": f"{office.today}"}),
        client.post(f"{address}/intrekken"),
    ]
    assert [one.status_code for one in answers] == [403] * 5


def test_a_manager_sees_the_batches_without_a_way_in(office: Corporation, desk: Client) -> None:
    address = _batch(office, desk, 1)
    page = office.signed_in(Role.MANAGER).get("/brieven").content.decode()
    assert (f"Batch {_number(address)}" in page, address in page) == (True, False)
