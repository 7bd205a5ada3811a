"""What the pages do: filter, page, export, search, assign, switch the language."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from python_calamine import CalamineWorkbook

from doors import PASSWORD, Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope

HTMX = {"HX-Request": "true"}


def _rows(page: bytes) -> list[str]:
    return re.findall(r'data-row="([^"]+)"', page.decode())


@pytest.fixture
def desk(corporation: Corporation) -> Client:
    """A team lead's desk with three tenants behind and one that is not."""
    for number, surname in enumerate(("Afgunst", "Quispelhoek", "Wolzak"), 1):
        corporation.lease(number, surname=surname)
    corporation.lease(4, behind=False)
    corporation.evaluate()
    return corporation.signed_in(Role.TEAM_LEAD)


@pytest.mark.parametrize(
    ("asked", "rows"),
    [("", 3), ("?region=Noord", 3), ("?region=Zuid", 0), ("?phase=DEPARTED", 0), ("?phase=TWO_TO_THREE", 3),
     ("?q=Quispelhoek", 1)],
)  # fmt: skip
def test_the_worklist_is_narrowed_to_what_was_asked(asked: str, rows: int, desk: Client) -> None:
    assert len(_rows(desk.get(f"/werkvoorraad{asked}").content)) == rows


def test_a_filter_that_fits_nobody_says_so(desk: Client) -> None:
    assert "Niemand past bij dit filter." in desk.get("/werkvoorraad?region=Zuid").content.decode()


def test_an_empty_list_says_that_the_work_is_done(corporation: Corporation) -> None:
    page = corporation.signed_in(Role.CONSULTANT).get("/werkvoorraad").content.decode()
    assert "Niets meer te doen vandaag." in page


def test_a_second_page_holds_the_rest_and_only_once(corporation: Corporation) -> None:
    for number in range(1, 53):
        corporation.lease(number)
    corporation.evaluate()
    client = corporation.signed_in(Role.TEAM_LEAD)
    first, second = (_rows(client.get(f"/werkvoorraad?page={page}").content) for page in (1, 2))
    assert (len(first), len(second), len({*first, *second})) == (30, 22, 52)


def test_a_fragment_is_only_the_list(desk: Client) -> None:
    part = desk.get("/werkvoorraad?q=Quispelhoek", headers=HTMX).content.decode()
    assert (part.count("<html"), len(_rows(part.encode()))) == (0, 1)


def test_a_row_that_left_the_list_is_no_content(desk: Client, corporation: Corporation) -> None:
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("""SELECT t.id, coalesce(s.alert, false) FROM tenancies_tenancy t
                            LEFT JOIN cases_standing s ON s.tenancy_id = t.id""")
        codes = {alert: desk.get(f"/werkvoorraad/regel/{pk}").status_code for pk, alert in cursor.fetchall()}
    assert codes == {True: 200, False: 204}


def test_the_workbook_has_the_list_as_filtered_and_its_taking_is_recorded(
    desk: Client, corporation: Corporation
) -> None:
    answer = desk.get("/werkvoorraad/excel?q=Quispelhoek")
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    text = "\n".join(str(cell) for row in sheet for cell in row)
    assert ("Quispelhoek" in text, "Afgunst" in text, "1300.2" in text) == (True, False, True)
    assert answer.headers["Content-Disposition"].endswith(f'{corporation.today:%Y-%m-%d}.xlsx"')
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM history_event WHERE verb = 'worklist_exported'")
        assert cursor.fetchone()[0] == 1


@pytest.mark.parametrize("query", ["Quispelhoek", "kwispelhoek", "Proefstraat 2", "C{organisation}-2"])
def test_a_tenant_is_found_by_name_typing_error_address_and_contract(
    query: str, desk: Client, corporation: Corporation
) -> None:
    page = desk.get("/zoeken", {"q": query.format(organisation=corporation.organisation)}).content.decode()
    assert f"C{corporation.organisation}-2" in page


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(corporation: Corporation) -> None:
    corporation.person(Role.CONSULTANT)
    known = f"{Role.CONSULTANT}.{corporation.organisation}@proef.test"
    pages = []
    for name in (known, "niemand@proef.test"):
        answer = Client().post("/aanmelden", {"username": name, "password": "mis"})
        said = re.search(r'role="alert">(.*?)</form>', answer.content.decode(), re.S)
        assert said is not None
        pages.append((answer.status_code, said[1].split("<form")[0]))
    assert pages[0] == pages[1]


def test_signing_in_goes_on_to_the_page_that_was_asked(corporation: Corporation) -> None:
    corporation.person(Role.CONSULTANT)
    client = Client()
    asked = client.get("/zoeken?q=x").headers["Location"]
    form = {"username": f"{Role.CONSULTANT}.{corporation.organisation}@proef.test", "password": PASSWORD}
    assert client.post(asked, form | {"next": "/zoeken?q=x"}).headers["Location"] == "/zoeken?q=x"


def test_the_language_is_switched_and_kept_for_the_next_time(desk: Client, corporation: Corporation) -> None:
    desk.post("/taal", {"language": "en", "next": "/werkvoorraad"})
    english = desk.get("/werkvoorraad")
    name = f"{Role.TEAM_LEAD}.{corporation.organisation}@proef.test"
    later = Client()
    later.post("/aanmelden", {"username": name, "password": PASSWORD})
    assert ('<html lang="en">' in english.content.decode(), english.headers["Content-Language"]) == (
        True,
        "en",
    )
    assert '<html lang="en">' in later.get("/werkvoorraad").content.decode()


def test_a_queued_line_is_assigned_in_its_place(desk: Client, corporation: Corporation) -> None:
    corporation.read("camt/v02-day.xml")
    line = next(one for one in _rows(desk.get("/wachtrij").content)).removeprefix("line-")
    contract = f"C{corporation.organisation}-1"
    refused = desk.post(f"/inlezen/toewijzen/{line}", {"tenancy": "NERGENS"}, headers=HTMX)
    done = desk.post(f"/inlezen/toewijzen/{line}", {"tenancy": contract}, headers=HTMX)
    assert (refused.status_code, 'role="alert"' in refused.content.decode()) == (422, True)
    assert (done.status_code, f"{contract} " in done.content.decode()) == (200, True)
    assert f"line-{line}" not in _rows(desk.get("/wachtrij").content)


def test_every_line_of_a_file_is_accounted_for(desk: Client, corporation: Corporation) -> None:
    (file_id,) = corporation.read("camt/v02-day.xml")
    page = desk.get(f"/inlezen/{file_id}").content.decode()
    went = re.findall(r'<td class="went"><strong lang="nl">([^<]*)</strong>', page)
    assert (len(went), [state for state in went if not state]) == (14, [])
