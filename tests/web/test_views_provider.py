"""Signing in at a provider that runs beside the tests: one that others made, and one that lies when it is told to."""

from __future__ import annotations

import base64
import hmac
import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from django.test import Client, override_settings
from django.utils import timezone
from tests.entrance.comers import ON, at_partner, colleague, with_second_step
from tests.entrance.provider import CLIENT_ID, SECRET, Provider, Told, provider

from doors import PASSWORD, Corporation
from tijdig.access.actions import create_organisation, create_user
from tijdig.access.people import Person
from tijdig.access.sign_in import person_of
from tijdig.entrance.actions_people import invite, switch_off
from tijdig.entrance.actions_provider import ProviderDraft, set_provider
from tijdig.entrance.queries_people import members
from tijdig.entrance.queries_provider import provider_of
from tijdig.entrance.values import NotDone

DOMAIN = "proef.test"


@pytest.fixture(autouse=True)
def on_this_machine() -> Iterator[None]:
    with override_settings(TIJDIG_OPEN_LINE=True):
        yield


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def there(told: Told) -> Iterator[Provider]:
    with provider(told) as running:
        yield running


@pytest.fixture
def keeper(corporation: Corporation) -> Person:
    return colleague(corporation.organisation, "administrator", "beheer")


@pytest.fixture
def anna(corporation: Corporation, told: Told) -> Person:
    told.email = f"anna.{corporation.organisation}@{DOMAIN}"
    return colleague(corporation.organisation)


def _set(keeper: Person, issuer: str, **changed: Any) -> str:
    draft = {
        "name": "Proef",
        "issuer": issuer,
        "client_id": CLIENT_ID,
        "secret": SECRET,
        "domain": DOMAIN,
        "vouches": False,
        "required": False,
        "is_on": True,
    } | changed
    set_provider(person=keeper, draft=ProviderDraft(**draft), on=ON)
    found = provider_of(keeper)
    assert found is not None
    return f"/inloggen/{found.slug}"


def _away(client: Client, place: str) -> str:
    """To the provider and back: the address that it sends the browser to, as seen by us."""
    answer = client.get(place)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    back = urlsplit(httpx.get(answer["Location"]).headers["Location"])
    return f"{back.path}?{back.query}"


def _signs_in(client: Client, place: str) -> Any:
    return client.get(_away(client, place))


def _is_in(client: Client) -> bool:
    return client.get("/account").status_code == 200


def test_a_colleague_signs_in_at_the_provider(keeper: Person, anna: Person, there: Provider) -> None:
    client = Client()
    answer = _signs_in(client, f"{_set(keeper, there.issuer)}?next=/zoeken")
    assert (answer.status_code, answer["Location"]) == (302, "/zoeken")
    assert client.session["user"] == anna.id
    assert "met de aanmelding van uw organisatie" in client.get("/account").content.decode()


def test_somebody_of_a_partner_signs_in_at_the_partners_provider(
    corporation: Corporation, there: Provider, told: Told
) -> None:
    lead = at_partner(f"p-{corporation.organisation}")
    told.email = f"piet.p-{corporation.organisation}@{DOMAIN}"
    client = Client()
    assert _signs_in(client, _set(lead, there.issuer))["Location"] == "/dossiers"
    assert client.session["user"] == lead.id


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_provider_that_others_made_signs_in_too(keeper: Person, anna: Person, told: Told) -> None:
    from oidc_provider_mock import User, run_server_in_thread

    user = User(sub="s-1", claims={"email": told.email, "email_verified": True, "name": "Anna"})
    with run_server_in_thread(user_claims=[user]) as server:
        client = Client()
        gone = client.get(_set(keeper, f"http://localhost:{server.server_port}"))
        sent = httpx.post(gone["Location"], data={"sub": "s-1"})
        back = urlsplit(sent.headers["Location"])
        assert client.get(f"{back.path}?{back.query}").status_code == 302
    assert client.session["user"] == anna.id


def test_the_first_time_counts_the_address_and_then_who_it_is(
    keeper: Person, anna: Person, there: Provider, told: Told
) -> None:
    place = _set(keeper, there.issuer)
    assert _signs_in(Client(), place).status_code == 302
    told.email, told.verified = "anders@elders.test", False
    client = Client()
    assert _signs_in(client, place).status_code == 302
    assert client.session["user"] == anna.id


def test_an_address_that_was_given_to_somebody_else_opens_nothing(
    keeper: Person, anna: Person, there: Provider, told: Told
) -> None:
    place = _set(keeper, there.issuer)
    assert _signs_in(Client(), place).status_code == 302
    told.subject = "onderwerp-2"
    client = Client()
    assert _signs_in(client, place).status_code == 403
    assert not _is_in(client)


@pytest.mark.parametrize(
    "lie",
    [
        {"claims": {"nonce": "van-een-ander"}},
        {"claims": {"nonce": None}},
        {"claims": {"exp": int(time.time()) - 3600}},
        {"claims": {"exp": None}},
        {"claims": {"iat": int(time.time()) + 3600}},
        {"claims": {"iss": "https://ander.test"}},
        {"claims": {"aud": "een-ander"}},
        {"claims": {"aud": [CLIENT_ID, "een-ander"]}},
        {"claims": {"azp": "een-ander"}},
        {"claims": {"sub": ""}},
        {"claims": {"sub": None}},
        {"claims": {"sub": "met\0nul"}},
        {"claims": {"name": "met\0nul"}},
        {"other_key": True},
        {"verified": False},
        {"claims": {"email_verified": "true"}},
        {"email": f"niemand@{DOMAIN}"},
        {"email": "anna@elders.test"},
        {"email": ""},
        {"named": "https://ander.test"},
    ],
    ids=lambda one: re.sub(r"\d{9,}", "a moment", str(one)),
)
def test_what_is_not_right_signs_nobody_in(
    keeper: Person, anna: Person, there: Provider, told: Told, lie: dict[str, Any]
) -> None:
    place, client = _set(keeper, there.issuer), Client()
    if "named" in lie:
        told.named = lie["named"]
        assert client.get(place).status_code == 403
    else:
        for name, value in lie.items():
            setattr(told, name, value)
        assert _signs_in(client, place).status_code == 403
    assert not _is_in(client)
    assert len(members(keeper)) == 2


def test_a_token_that_nobody_signed_or_that_our_secret_signed_is_refused() -> None:
    from joserfc import jwt
    from joserfc.jwk import KeySet
    from tests.entrance.provider import KEY

    from tijdig.entrance.oidc import NotTrusted, verified

    claims = {"iss": "i", "aud": "c", "sub": "s", "exp": time.time() + 60, "iat": time.time(), "nonce": "n"}
    public = KeySet.import_key_set({"keys": [KEY.as_dict(private=False)]})
    asked = {"issuer": "i", "client_id": "c", "nonce": "n", "at": timezone.now()}
    good = jwt.encode({"alg": "RS256", "kid": "een"}, claims, KEY)
    assert verified(good, public, **asked).subject == "s"  # type: ignore[arg-type]
    header, body, _ = good.split(".")
    first = f"eyJhbGciOiJIUzI1NiIsImtpZCI6ImVlbiJ9.{body}"
    digest = hmac.new(KEY.as_pem(private=False), first.encode(), "sha256").digest()
    by_secret = f"{first}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"
    unsigned = f"eyJhbGciOiJub25lIiwia2lkIjoiZWVuIn0.{body}."
    for token in (by_secret, unsigned, f"{header}.{body}.", "", "x.y.z"):
        with pytest.raises(NotTrusted):
            verified(token, public, **asked)  # type: ignore[arg-type]


def test_another_state_signs_nobody_in(keeper: Person, anna: Person, there: Provider) -> None:
    place, client = _set(keeper, there.issuer), Client()
    back = urlsplit(_away(client, place))
    query = {name: values[0] for name, values in parse_qs(back.query).items()}
    assert client.get(f"{back.path}?{urlencode(query | {'state': 'anders'})}").status_code == 403
    assert client.get(f"{back.path}?{urlencode(query)}").status_code == 403, "what was kept is used once"
    assert not _is_in(client)


def test_what_began_in_another_browser_signs_nobody_in(keeper: Person, anna: Person, there: Provider) -> None:
    theirs, mine = Client(), Client()
    place = _set(keeper, there.issuer)
    back = _away(theirs, place)
    assert mine.get(back).status_code == 403
    assert not _is_in(mine)


def test_a_code_signs_in_once(keeper: Person, anna: Person, there: Provider) -> None:
    client = Client()
    back = _away(client, _set(keeper, there.issuer))
    kept = dict(client.session["provider"])
    assert client.get(back).status_code == 302
    again = Client()
    session = again.session
    session["provider"] = kept
    session.save()
    again.cookies["sessionid"] = session.session_key
    assert again.get(back).status_code == 403


def test_a_person_of_another_corporation_with_that_address_is_somebody_else(
    keeper: Person, there: Provider, told: Told
) -> None:
    other = create_organisation(name="Andere", slug=f"a-{keeper.id}")
    told.email = f"dubbel@{DOMAIN}"
    create_user(organisation_id=other, email=told.email, name="Dubbel", role="manager", password="x")
    client = Client()
    assert _signs_in(client, _set(keeper, there.issuer)).status_code == 403
    assert not _is_in(client)


def test_who_was_invited_gets_the_account_and_nobody_else_does(
    keeper: Person, there: Provider, told: Told
) -> None:
    told.email, place, client = f"nieuw@{DOMAIN}", _set(keeper, there.issuer), Client()
    assert _signs_in(client, place).status_code == 403
    invite(person=keeper, email=told.email, role="manager", region="", at=timezone.now(), on=ON)
    assert _signs_in(client, place)["Location"] == "/werkvoorraad"
    made = person_of(client.session["user"])
    assert made is not None
    assert (made.name, made.role) == ("Anna van de Aanbieder", "manager")
    assert Client().post("/aanmelden", {"username": told.email, "password": ""}).status_code == 400


def test_who_was_switched_off_does_not_come_in(keeper: Person, anna: Person, there: Provider) -> None:
    place = _set(keeper, there.issuer)
    assert _signs_in(Client(), place).status_code == 302
    switch_off(person=keeper, user_id=anna.id, at=timezone.now(), on=ON)
    assert _signs_in(Client(), place).status_code == 403


def test_where_the_provider_is_down_a_password_still_signs_in(
    keeper: Person, anna: Person, there: Provider, told: Told
) -> None:
    place, client = _set(keeper, there.issuer), Client()
    told.down = True
    answer = client.get(place)
    assert answer.status_code == 503
    assert "Meld u aan met uw wachtwoord" in answer.content.decode()
    gone = Client().get(_set(keeper, "http://127.0.0.1:1"))
    assert gone.status_code == 503
    assert client.post("/aanmelden", {"username": told.email, "password": PASSWORD}).status_code == 302
    assert _is_in(client)


def test_where_the_provider_is_the_rule_a_password_is_not_enough(
    keeper: Person, anna: Person, there: Provider, told: Told
) -> None:
    place, client = _set(keeper, there.issuer, required=True), Client()
    answer = client.post("/aanmelden", {"username": told.email, "password": PASSWORD})
    assert answer.status_code == 400
    assert place in answer.content.decode()
    assert not _is_in(client)
    told.down = True
    assert "vraag het uw beheerder" in client.get(place).content.decode()
    told.down = False
    assert _signs_in(client, place).status_code == 302
    assert _is_in(client)


def test_who_keeps_people_comes_in_with_a_second_step_whatever_the_rule(
    keeper: Person, there: Provider, told: Told
) -> None:
    _set(keeper, there.issuer, required=True)
    client = Client()
    form = {"username": f"beheer.{keeper.organisation_id}@{DOMAIN}", "password": PASSWORD}
    assert client.post("/aanmelden", form)["Location"] == "/aanmelden/instellen"
    _, codes = with_second_step(keeper, timezone.now())
    assert client.post("/aanmelden", form)["Location"] == "/aanmelden/code"
    assert client.post("/aanmelden/code", {"code": codes[0]}).status_code == 302
    assert _is_in(client)


def test_an_address_that_is_not_verified_counts_where_the_provider_is_our_own(
    keeper: Person, anna: Person, there: Provider, told: Told
) -> None:
    told.claims = {"email_verified": None}
    client = Client()
    assert _signs_in(client, _set(keeper, there.issuer)).status_code == 403
    assert _signs_in(client, _set(keeper, there.issuer, vouches=True)).status_code == 302


def test_an_address_of_work_finds_the_provider(keeper: Person, there: Provider) -> None:
    place = _set(keeper, there.issuer)
    assert f'href="{place}"' in Client().get("/inloggen", {"email": f"Wie.Dan@{DOMAIN}"}).content.decode()
    assert "niet ingesteld" in Client().get("/inloggen", {"email": "wie@elders.test"}).content.decode()
    _set(keeper, there.issuer, is_on=False)
    assert "niet ingesteld" in Client().get("/inloggen", {"email": f"wie@{DOMAIN}"}).content.decode()
    assert Client().get(place).status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"issuer": "http://elders.test"}, "https"),
        ({"issuer": "https://elders.test?x=1"}, "https"),
        ({"issuer": "ftp://127.0.0.1"}, "https"),
        ({"domain": "elders.test"}, "eigen e-mailadres"),
        ({"domain": "geen domein"}, "domein"),
        ({"secret": ""}, "geheim"),
        ({"name": ""}, "naam"),
        ({"client_id": ""}, "kenmerk"),
    ],
)
def test_what_cannot_be_a_provider_is_refused(keeper: Person, changed: dict[str, Any], said: str) -> None:
    with pytest.raises(NotDone, match=said):
        _set(keeper, changed.pop("issuer", "https://aanbieder.test"), **changed)


def test_an_open_line_is_refused_where_the_installation_does_not_allow_it(keeper: Person) -> None:
    with override_settings(TIJDIG_OPEN_LINE=False), pytest.raises(NotDone, match="https"):
        _set(keeper, "http://127.0.0.1:8080")


def test_the_secret_is_sealed_and_stays_when_none_is_typed(
    keeper: Person, anna: Person, there: Provider
) -> None:
    place = _set(keeper, there.issuer)
    found = provider_of(keeper)
    assert found is not None and SECRET not in str(found)
    _set(keeper, there.issuer, secret="", name="Anders")
    assert _signs_in(Client(), place).status_code == 302


def test_it_is_set_on_its_page(corporation: Corporation, there: Provider) -> None:
    from tijdig.access.roles import Role

    client = corporation.signed_in(Role.ADMINISTRATOR)
    form = {
        "naam": "Proef",
        "aanbieder": there.issuer,
        "kenmerk": CLIENT_ID,
        "geheim": SECRET,
        "domein": "@Proef.test",
        "aan": "ja",
        "uw-wachtwoord": PASSWORD,
    }
    assert client.post("/mensen/aanbieder", form | {"uw-wachtwoord": "iets"}).status_code == 400
    assert client.post("/mensen/aanbieder", form | {"geheim": ""}).status_code == 400
    assert client.post("/mensen/aanbieder", form).status_code == 302
    page = client.get("/mensen/aanbieder").content.decode()
    assert "/terug" in page and SECRET not in page
