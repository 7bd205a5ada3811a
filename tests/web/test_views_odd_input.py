"""What nobody's form sends, but somebody's browser might: each gets an answer that is not a broken page."""

from __future__ import annotations

import pytest

from doors import Corporation
from tijdig.access.roles import Role

NOWHERE = [
    "/huurder/999999",
    "/huurder/99999999999999999999",
    "/inlezen/999999",
    "/inlezen/99999999999999999999",
    "/inlezen/999999/regel",
    "/bestaat-niet",
]
POSTS = {
    "/inlezen/999999/opnieuw": 404,
    "/inlezen/99999999999999999999/opnieuw": 404,
    # Somebody else was first, or the row is gone: the next page says so.
    "/inlezen/afschrift/999999": 302,
    "/inlezen/toewijzen/999999": 302,
    "/inlezen/herstel/999999": 302,
}
ODD = [
    "/werkvoorraad?page=0", "/werkvoorraad?page=99999", "/werkvoorraad?page=x", "/werkvoorraad?consultant=abc",
    "/werkvoorraad?phase=NERGENS", "/werkvoorraad?region=%27;--", "/werkvoorraad?q=%25%5F%27", "/wachtrij?page=-1",
    "/wachtrij?page=99999", "/zoeken?q=", "/zoeken?q=%F0%9F%8F%A0", "/zoeken?q=%27%20OR%201=1", "/nachtronde?x=1",
]  # fmt: skip
NUL = ["/zoeken?q=a%00b", "/werkvoorraad?q=a%00b", "/werkvoorraad?region=a%00b"]


@pytest.mark.parametrize("address", NOWHERE)
def test_what_is_not_there_is_not_found(address: str, corporation: Corporation) -> None:
    answer = corporation.signed_in(Role.TEAM_LEAD).get(address)
    assert (answer.status_code, b"Deze bladzijde is er niet" in answer.content) == (404, True)


@pytest.mark.parametrize("address", POSTS)
def test_acting_on_what_is_not_there_breaks_nothing(address: str, corporation: Corporation) -> None:
    answer = corporation.signed_in(Role.TEAM_LEAD).post(address, {"reason": "x", "text": "x", "tenancy": "x"})
    assert answer.status_code == POSTS[address]


@pytest.mark.parametrize("address", ODD)
def test_odd_parameters_show_the_page(address: str, corporation: Corporation) -> None:
    corporation.lease(1)
    corporation.evaluate()
    assert corporation.signed_in(Role.TEAM_LEAD).get(address).status_code == 200


@pytest.mark.parametrize("address", NUL)
def test_a_nul_in_the_address_is_refused(address: str, corporation: Corporation) -> None:
    assert corporation.signed_in(Role.TEAM_LEAD).get(address).status_code == 400


def test_a_nul_in_a_form_is_refused(corporation: Corporation) -> None:
    client = corporation.signed_in(Role.TEAM_LEAD)
    forms = {"/aanmelden": "username", "/taal": "language", "/inlezen/afschrift/1": "reason"}
    codes = {address: client.post(address, {field: "a\0b"}).status_code for address, field in forms.items()}
    assert codes == dict.fromkeys(forms, 400)


@pytest.mark.parametrize("day", ["", "gisteren", "2026-13-45", "0000-00-00", "9999-12-31", "0001-01-01"])
def test_a_day_that_is_none_shows_the_page(day: str, corporation: Corporation) -> None:
    corporation.lease(1)
    corporation.evaluate()
    client = corporation.signed_in(Role.TEAM_LEAD)
    page = client.get("/werkvoorraad").content.decode()
    address = page.split("data-open>")[0].rsplit('href="', 1)[1].split('"')[0]
    codes = [client.get(address, {name: day}).status_code for name in ("as_of", "known_at")]
    assert codes == [200, 200]


@pytest.mark.parametrize(
    "elsewhere", ["https://elders.test/", "//elders.test/", "/\\elders.test/", "javascript:x"]
)
def test_a_form_sends_nobody_elsewhere(elsewhere: str, corporation: Corporation) -> None:
    client = corporation.signed_in(Role.TEAM_LEAD)
    answer = client.post("/inlezen/herstel/1", {"next": elsewhere, "reason": "x"})
    language = client.post("/taal", {"next": elsewhere, "language": "nl"})
    assert "elders" not in answer.headers.get("Location", "") + language.headers["Location"]
    assert "javascript" not in answer.headers.get("Location", "") + language.headers["Location"]


def test_a_night_that_must_still_come_is_refused(corporation: Corporation) -> None:
    client = corporation.signed_in(Role.TEAM_LEAD)
    page = client.post("/nachtronde", {"day": "2999-01-01"}, follow=True).content.decode()
    assert "Die dag moet nog komen" in page
    assert "Er is nog geen ronde geweest" in page
