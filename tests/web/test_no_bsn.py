"""Through no door does a citizen number reach a table: every form of every page, every written address, the API, every file.

The doors are generated: the addresses from the table of routes, their fields from the pages themselves. What is looked at
afterwards is every column of every table that can hold text, and the folder of files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import get_resolver
from lxml import html
from tests.web.test_routes import MATRIX, _address, places

from doors import OWN_ACCOUNT, PASSWORD, Corporation, Program, payment
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.base.bsn import MASK
from tijdig.carriers.imap import Fetched
from tijdig.carriers.sms_reply import SmsReply
from tijdig.imports.actions import process, receive
from tijdig.letters.actions_replies import take_reply, take_sms
from tijdig.web.left_out import KEPT

__all__ = ["places"]
BSN = "111222333"
SAID = f"let op: bsn {BSN}"
_ENDS_THE_SESSION = {"afmelden", "account/overal-af", "aanmelden"}
_SOURCE = Path(__file__).parents[2] / "src" / "tijdig"


def _columns() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.table_name, c.column_name FROM information_schema.columns c
                 JOIN information_schema.tables t USING (table_schema, table_name)
                WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
                  AND c.data_type IN ('text', 'character varying', 'jsonb', 'json', 'ARRAY', 'bytea')
                  AND has_column_privilege(quote_ident(c.table_name), c.column_name, 'SELECT')"""
        )
        return list(cursor.fetchall())


def _holding(organisation: int, what: str) -> dict[str, int]:
    """In which columns this text stands, and how often."""
    found = {}
    with organisation_scope(organisation), connection.cursor() as cursor:
        for table, column in _columns():
            cursor.execute(
                f"""SELECT count(*) FROM "{table}" WHERE position(%s in encode(convert_to("{column}"::text, 'UTF8'),
                    'escape')) > 0 OR position(%s in "{column}"::text) > 0""",
                [what, what.encode().hex()],
            )
            count = cursor.fetchone()[0]
            if count:
                found[f"{table}.{column}"] = count
    return found


def filled(form: Any, turn: int, said: str = SAID) -> dict[str, Any]:
    """What somebody sends who types this in every field that takes words; `turn` says which choice is made."""
    given: dict[str, Any] = {}
    for field in form.xpath(".//input | .//textarea | .//select | .//button"):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or field.get("disabled") is not None:
            continue
        if field.tag == "select":
            options = [one.get("value", one.text or "") for one in field.xpath(".//option")]
            given[name] = (options[1:] or options or [""])[turn % max(len(options) - 1, 1)]
        elif field.tag == "textarea" or kind in ("text", "search", "email", "tel", "url"):
            given[name] = said
        elif kind == "radio":
            given.setdefault(name, field.get("value", "on"))
            if turn:
                given[name] = field.get("value", "on")
        elif kind == "checkbox":
            given[name] = field.get("value", "on")
        elif kind == "date":
            given[name] = field.get("value") or f"{datetime.now(UTC):%Y-%m-%d}"
        elif kind == "number":
            given[name] = field.get("value") or "1"
        elif kind in ("hidden", "submit"):
            given.setdefault(name, field.get("value", ""))
    return given


def forms(client: Client, address: str) -> Iterator[tuple[str, Any]]:
    answer = client.get(address)
    if answer.status_code != 200 or "text/html" not in answer.headers.get("Content-Type", ""):
        return
    for form in html.fromstring(answer.content).xpath("//form"):
        if form.get("method", "").lower() == "post" or form.get("hx-post"):
            yield urljoin(address, form.get("action") or form.get("hx-post") or address), form


def _names() -> list[str]:
    """Every name of a field that the program knows, from its templates and its views."""
    found: set[str] = set()
    for path in [*(_SOURCE / "web").rglob("*.html"), *(_SOURCE / "web").rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'name="([a-z_-]+)"', text))
        found |= set(re.findall(r'(?:POST|typed|given|posted)\.get\("([a-z_-]+)"', text))
        found |= set(re.findall(r'(?:line|words|text)\(request, "([a-z_-]+)"', text))
    return sorted(found - KEPT)


def addresses(known: dict[str, int]) -> list[str]:
    return [_address(route, known) for route in MATRIX if route not in _ENDS_THE_SESSION]


@pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.CONSULTANT, Role.CUSTOMER_SERVICE, Role.ADMINISTRATOR])
def test_no_form_of_any_page_lets_one_in(
    corporation: Corporation, places: dict[str, int], role: Role
) -> None:
    client = corporation.signed_in(role)
    sent = 0
    for address in addresses(places):
        for turn in (0, 1):
            for target, form in forms(client, address):
                if target.strip("/") in _ENDS_THE_SESSION:
                    continue
                if target.startswith("/account"):
                    continue  # a wrong password too often shuts the door to all that asks for it
                own = {"wachtwoord": PASSWORD, "uw-wachtwoord": PASSWORD}
                client.post(target, filled(form, turn) | own)
                sent += 1
    assert sent > 20
    assert _holding(corporation.organisation, BSN) == {}
    assert _holding(corporation.organisation, MASK) != {}  # it did come in, and was written down without


def test_no_address_that_is_written_to_lets_one_in(corporation: Corporation, places: dict[str, int]) -> None:
    names = _names()
    assert len(names) > 100
    for role in (Role.TEAM_LEAD, Role.CUSTOMER_SERVICE, Role.ADMINISTRATOR):
        client = corporation.signed_in(role)
        for address in addresses(places):
            client.post(address, dict.fromkeys(names, SAID))
    assert _holding(corporation.organisation, BSN) == {}


def test_what_is_left_out_is_told_once_and_the_rest_is_kept(corporation: Corporation) -> None:
    contract = corporation.lease(1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenancies_tenancy WHERE contract_number = %s", [contract])
        (pk,) = cursor.fetchone()
    client = corporation.signed_in(Role.CONSULTANT)
    first = client.post(f"/huurder/{pk}/zorg", {"woorden": SAID}, follow=True).content.decode()
    second = client.get(f"/huurder/{pk}/zorg").content.decode()
    told = "U typte een getal dat op een burgerservicenummer lijkt."
    assert (told in first, told in second) == (True, False)
    assert "let op: bsn [bsn weg]" in first


def test_a_password_is_left_as_it_is(corporation: Corporation) -> None:
    client = corporation.signed_in(Role.ADMINISTRATOR)
    answer = client.post("/mensen/uitnodigen", {"wachtwoord": BSN, "naam": BSN})
    assert {name: answer.wsgi_request.POST[name] for name in ("wachtwoord", "naam")} == {
        "wachtwoord": BSN,
        "naam": MASK,
    }


def test_the_api_lets_none_in_and_says_how_many_were_left_out(corporation: Corporation) -> None:
    contract = corporation.lease(1)
    program = Program(corporation.token())
    posted = program.post("sleutel", payment(contract, "b-1", description=SAID))
    body: dict[str, Any] = {
        "key": "O-9",
        "begin_on": "2020-01-01",
        "tenants": [{"key": "R-9", "surname": f"Vries {BSN}"}],
        "home": {"key": "E-9", "street": SAID, "house_number": "1", "postcode": "3511AB", "city": "Utrecht"},
    }
    put = program.put("C-9", body)
    assert (posted.status_code, put.status_code) == (200, 200)
    assert (posted.headers["Tijdig-Left-Out"], put.headers["Tijdig-Left-Out"]) == ("1", "2")
    assert "Tijdig-Left-Out" not in program.post("nog een", payment(contract, "b-2")).headers
    assert _holding(corporation.organisation, BSN) == {}


MAIL = (
    "From: M. de Vries {n} <m@voorbeeld.test>\r\nTo: antwoord@proef.test\r\nSubject: over {n}\r\n"
    "Message-ID: <1@voorbeeld.test>\r\nDate: Mon, 2 Nov 2026 10:00:00 +0100\r\n"
    'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nmijn bsn is {n}\r\n\r\n'
    "> citaat {n}\r\n--x\r\nContent-Type: application/pdf\r\n"
    'Content-Disposition: attachment; filename="bewijs-{n}.pdf"\r\n\r\nabc\r\n--x--\r\n'
)


def test_no_answer_of_a_tenant_lets_one_in(corporation: Corporation) -> None:
    now = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
    raw = MAIL.format(n=BSN).encode()
    take_reply(
        organisation_id=corporation.organisation,
        fetched=Fetched(uid=1, raw=raw, size_bytes=len(raw), whole=True, at=now),
        place=None,
        now=now,
    )
    take_sms(
        organisation_id=corporation.organisation,
        reply=SmsReply(id="1", sender="31612345678", text=SAID, about="", at=now),
        now=now,
    )
    assert _holding(corporation.organisation, BSN) == {}
    assert len(_holding(corporation.organisation, MASK)) > 1


CAMT = (Path(__file__).parents[1] / "golden" / "camt").glob("*.xml")
FILES = {
    "relaties.csv": f"id;soort;naam;bsn;toelichting\nR1;NAT;Vries {BSN};{BSN};{SAID}\n",
    "relaties.json": f'[{{"id":"R1","soort":{{"code":"NAT"}},"naam":"Vries {BSN}","bsn":"{BSN}","toelichting":"{SAID}"}}]',
    "eenheden.csv": f"id;straat;huisnummer;postcode;plaats\nE1;{SAID};1;3511AB;Utrecht {BSN}\nE2;{SAID};;;\n",
    "boekingen.csv": (
        "id;overeenkomst.code;soort.code;detailSoort.code;bedrag;boekdatum;vervaldatum;omschrijving\n"
        f"B1;C-1;VOR;PRO;10,00;13-11-2026;13-11-2026;{SAID}\nB2;onbekend;VOR;PRO;tien;13-11-2026;13-11-2026;{SAID}\n"
    ),
    "tabel.csv": f"contractnummer;datum;bedrag;omschrijving\nC-1;13-11-2026;10,00;{SAID}\nC-1;{BSN};10,00;{SAID}\n",
    f"onbekend-{BSN}.txt": f"zomaar een tekst met {BSN}\n",
    "afschrift.sta": (
        f":20:PROEF\r\n:25:{OWN_ACCOUNT}\r\n:28C:1/1\r\n:60F:C261102EUR0,00\r\n"
        f":61:2611031103C10,00NTRFNONREF//1\r\n:86:/NAME/Vries {BSN}/REMI/{SAID}/\r\n:62F:C261103EUR10,00\r\n"
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_no_file_lets_one_in(corporation: Corporation, name: str) -> None:
    _read(corporation, name, FILES[name].encode())
    assert _holding(corporation.organisation, BSN) == {}


@pytest.mark.parametrize("path", sorted(CAMT), ids=lambda path: path.stem)
def test_no_bank_file_lets_one_in(corporation: Corporation, path: Path) -> None:
    """Each example file with the number behind every remittance and every name."""
    content = re.sub(rb"</(?:\w+:)?(Ustrd|Nm)>", lambda hit: b" " + BSN.encode() + hit[0], path.read_bytes())
    _read(corporation, path.name, content)
    assert _holding(corporation.organisation, BSN) == {}


def test_the_page_of_a_file_says_how_many_were_left_out(corporation: Corporation) -> None:
    file_id = _read(corporation, "afschrift.sta", FILES["afschrift.sta"].encode())
    page = corporation.signed_in(Role.ADMINISTRATOR).get(f"/inlezen/{file_id}").content.decode()
    assert "2 getallen leken op een burgerservicenummer en zijn weggelaten." in page
    assert BSN not in page


def _read(corporation: Corporation, name: str, content: bytes) -> int:
    corporation.read()
    file_id = receive(
        organisation_id=corporation.organisation,
        name=name,
        chunks=[content],
        actor="test",
        on=corporation.today,
    )
    process(organisation_id=corporation.organisation, file_id=file_id, on=corporation.today)
    folder = Path(settings.DATA) / "files" / str(corporation.organisation)
    kept = list(folder.iterdir())
    assert kept and not [one for one in kept if BSN.encode() in one.read_bytes() or BSN in one.name]
    return file_id


def test_every_written_address_is_walked() -> None:
    from tests.web.test_routes import walk

    assert set(walk(get_resolver())) - set(MATRIX) == set()
