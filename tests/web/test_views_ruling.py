"""Deciding about one tenant: what applies now, what is wrong beside its field, what holds on the tenant's page, its end."""

from __future__ import annotations

import dataclasses
import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doors import Corporation
from tijdig.access.queries import colleagues
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.policy.document import default_policy
from tijdig.rulings.kinds import DECISIONS, EXPLAINED, LABEL, Kind
from tijdig.rulings.queries import rulings_of
from tijdig.rulings.values import Ruling
from tijdig.web import views_ruling
from tijdig.web.ruling_lines import lines, steps_to_choose

Typing = dict[str, str]


def _tenancy(corporation: Corporation) -> int:
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenancies_tenancy ORDER BY id LIMIT 1")
        return int(cursor.fetchone()[0])


def _address(corporation: Corporation) -> str:
    return f"/huurder/{_tenancy(corporation)}/afwijken"


def _page(client: Client, corporation: Corporation) -> str:
    answer = client.get(_address(corporation))
    assert answer.status_code == 200
    return answer.content.decode()


def _file(client: Client, corporation: Corporation, **asked: str) -> str:
    return client.get(f"/huurder/{_tenancy(corporation)}", asked).content.decode()


def _steps(corporation: Corporation, now: str = "") -> dict[str, str]:
    with organisation_scope(corporation.organisation):
        return steps_to_choose(now)


def _typed(corporation: Corporation, **more: str) -> Typing:
    first, second = list(_steps(corporation))[:2]
    return {
        "formulier": uuid4().hex,
        "soort": "other",
        "stap": first,
        "andere": second,
        "tot": f"{corporation.today + timedelta(days=28)}",
        "reden": "Neemt de telefoon nooit op.",
    } | more


def _send(client: Client, corporation: Corporation, **more: str) -> tuple[int, str]:
    """The form with something else typed; the code, and the page that it leads to."""
    answer = client.post(_address(corporation), _typed(corporation, **more))
    shown = client.get(answer.headers["Location"]) if answer.status_code == 302 else answer
    return answer.status_code, shown.content.decode()


def _kept(corporation: Corporation) -> list[Ruling]:
    with organisation_scope(corporation.organisation):
        return rulings_of(_tenancy(corporation), corporation.today)


@pytest.fixture
def behind(corporation: Corporation) -> Corporation:
    corporation.lease(1)
    return corporation


@pytest.fixture
def client(behind: Corporation) -> Client:
    return behind.signed_in(Role.CONSULTANT)


def test_the_page_says_what_applies_now_and_why(client: Client, behind: Corporation) -> None:
    page, file = _page(client, behind), _file(client, behind)
    now = page.split('id="now-title"')[1].split("</section>")[0]
    label = re.search(r'<h2 id="step-title">.*?<span lang="nl">(.*?)</span>', file, re.S)
    why = re.search(r'<dd lang="nl">(.*?)</dd>', file)
    assert label and why
    assert (label[1] in now, why[1] in now) == (True, True)


def test_where_the_way_of_working_asks_a_decision_that_comes_first(
    client: Client, behind: Corporation, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "<h1>Wijk af</h1>" in _page(client, behind)
    read = views_ruling.tenancy_file

    def at_the_decision(pk: int, *, as_of: date) -> object:
        file = read(pk, as_of=as_of)
        assert file is not None
        return dataclasses.replace(file, step_code="decide")

    monkeypatch.setattr(views_ruling, "tenancy_file", at_the_decision)
    page = _page(client, behind)
    assert "<h1>Besluit</h1>" in page
    found = re.findall(r'name="soort" id="soort-(\w+)"', page)
    decisions = [kind.value for kind in DECISIONS]
    assert (found[: len(decisions)], sorted(found)) == (decisions, sorted(kind.value for kind in Kind))


def test_every_kind_is_explained_and_a_pause_says_what_it_does_not_hide(
    client: Client, behind: Corporation
) -> None:
    page = _page(client, behind)
    assert re.findall(r'name="soort" id="soort-(\w+)"', page) == [kind.value for kind in Kind]
    for kind in Kind:
        hint = re.search(rf'id="soort-{kind}-hint" lang="nl">(.*?)</p>', page)
        assert hint and hint[1] == EXPLAINED[kind]
        assert f'aria-describedby="soort-{kind}-hint"' in page
        assert LABEL[kind][1:] in page
    assert "Een gebroken regeling blijft u wel zien." in page
    assert page.count(" checked") == 1, (
        "only the keys of the menu; what is decided is never chosen beforehand"
    )


def test_the_step_that_applies_is_chosen_and_only_steps_that_ask_something_are_offered(
    client: Client, behind: Corporation
) -> None:
    page = _page(client, behind).split('id="stap"')[1].split("</select>")[0]
    asked = {step.code for step in default_policy().steps if step.alert}
    offered = re.findall(r'<option value="(\w+)"', page)
    assert offered != []
    assert set(offered) <= asked
    names = re.findall(r'<option value="\w+"[^>]*>(.*?)</option>', page)
    assert len(names) == len(set(names)), "one name, one choice"
    chosen = re.findall(r'<option value="(\w*)"[^>]* selected', page)
    assert len(chosen) == 1
    assert {step.code: step.label for step in default_policy().steps}[chosen[0]] in _file(client, behind)


def test_of_steps_with_one_name_the_one_that_applies_is_offered(behind: Corporation) -> None:
    asked = [step for step in default_policy().steps if step.alert]
    for step in asked:
        offered = _steps(behind, step.code)
        assert offered[step.code] == step.label
        assert sorted(offered.values()) == sorted({one.label for one in asked})
    assert _steps(behind, "nothing_open") == _steps(behind, "no such step") == _steps(behind)


def test_it_is_decided_by_name_and_stands_on_the_page_of_the_tenant(
    client: Client, behind: Corporation
) -> None:
    until_on = behind.today + timedelta(days=28)
    code, page = _send(client, behind, reden=" Eerste regel.\r\nTweede <regel>. ")
    (kept,) = _kept(behind)
    first, second = list(_steps(behind))[:2]
    assert (code, kept.kind, kept.instead_of, kept.do) == (302, Kind.OTHER, first, second)
    assert (kept.from_on, kept.until_on, kept.name) == (behind.today, until_on, "Proef Consultant")
    consultant = next(one for one in colleagues(behind.organisation) if one.role == Role.CONSULTANT)
    assert kept.actor == f"user:{consultant.id}"
    assert kept.reason == "Eerste regel.\nTweede <regel>."
    assert re.search(rf"Vastgelegd: In plaats van .*, tot en met {until_on:%d-%m-%Y}\.", page)
    section = page.split('id="rulings"')[1].split("</section>")[0]
    assert "In plaats van" in section
    assert "Tweede &lt;regel&gt;." in section
    assert "Proef Consultant" in section
    assert '<a href="#rulings">Afwijkingen</a>' in page


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_can_be_decided_whatever_the_browser_sends_along(
    kind: Kind, client: Client, behind: Corporation
) -> None:
    code, page = _send(client, behind, soort=kind.value)
    assert (code, "Vastgelegd:" in page) == (302, True)
    assert [one.kind for one in _kept(behind)] == [kind]


def test_the_same_form_twice_is_one_ruling_and_the_message_is_that_of_the_first(
    client: Client, behind: Corporation
) -> None:
    form = uuid4().hex
    _send(client, behind, formulier=form, soort="pause")
    _, page = _send(client, behind, formulier=form, soort="help")
    assert [one.kind for one in _kept(behind)] == [Kind.PAUSE]
    assert "Vastgelegd: Pauze: geen stappen" in page


def test_the_form_keeps_its_id_when_something_is_wrong(client: Client, behind: Corporation) -> None:
    one, other = (re.search(r'name="formulier" value="(\w+)"', _page(client, behind)) for _ in range(2))
    assert one and other and one[1] != other[1]
    _, page = _send(client, behind, formulier=one[1], reden="")
    assert f'name="formulier" value="{one[1]}"' in page


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"soort": ""}, "soort", "Kies wat u besluit."),
        ({"soort": "rest", "tot": "2999-01-01"}, "soort", "Kies wat u besluit."),
        ({"stap": ""}, "stap", "Kies om welke stap het gaat."),
        ({"stap": "dance"}, "stap", "staat niet in de werkwijze"),
        ({"stap": "nothing_open"}, "stap", "staat niet in de werkwijze"),
        ({"andere": ""}, "andere", "Kies welke stap er in de plaats komt."),
        ({"andere": "dance"}, "andere", "staat niet in de werkwijze"),
        ({"soort": "later", "stap": ""}, "stap", "Kies om welke stap het gaat."),
        ({"tot": ""}, "tot", "Vul de laatste dag in"),
        ({"tot": "morgen"}, "tot", "is geen dag"),
        ({"tot": "2020-01-01"}, "tot", "is al geweest"),
        ({"tot": "2999-01-01"}, "tot", "ten hoogste 92 dagen"),
        ({"soort": "go_on", "tot": "2999-01-01"}, "tot", "ten hoogste 183 dagen"),
        ({"reden": "  "}, "reden", "Schrijf waarom u dit besluit."),
        ({"reden": "x" * 401}, "reden", "te lang"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_on_top_and_nothing_is_kept(
    typed: Typing, field: str, sentence: str, client: Client, behind: Corporation
) -> None:
    code, page = _send(client, behind, **typed)
    assert code == 400
    beside = re.search(rf'id="{field}-error" lang="nl"><strong>(.*?)</strong>', page)
    assert beside and sentence in beside[1], page
    assert page.count('-error" lang') == 1, "only what is wrong is said"
    assert f'<a href="#{field}" lang="nl">{beside[1]}</a>' in page
    assert f'id="{field}"' in page
    assert 'role="alert" tabindex="-1" autofocus' in page
    assert page.count("autofocus") == 1
    assert _kept(behind) == []


def test_the_same_step_in_its_own_place_is_refused(client: Client, behind: Corporation) -> None:
    same = next(iter(_steps(behind)))
    code, page = _send(client, behind, stap=same, andere=same)
    assert (code, "Dit is dezelfde stap." in page) == (400, True)


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_form(
    client: Client, behind: Corporation
) -> None:
    _, page = _send(client, behind, stap="", andere="", tot="2020-01-01", reden="")
    top = page.split('id="errors"')[1].split("</ul>")[0]
    assert re.findall(r'href="#(\w+)"', top) == ["stap", "andere", "tot", "reden"]


def test_what_was_typed_stays(client: Client, behind: Corporation) -> None:
    first, second = list(_steps(behind))[:2]
    _, page = _send(client, behind, tot="gauw", reden="Belt <morgen>.")
    assert re.search(r'id="soort-other" [^>]* checked', page)
    assert f'<option value="{first}" lang="nl" selected>' in page.split('id="stap"')[1].split("</select>")[0]
    assert f'<option value="{second}" lang="nl" selected>' in page.split('id="andere"')[1]
    assert "Belt &lt;morgen&gt;." in page
    assert 'value="gauw"' in page


def _end(client: Client, corporation: Corporation, number: int, reason: str) -> tuple[int, str]:
    answer = client.post(f"{_address(corporation)}/{number}/beeindig", {"reden": reason}, follow=True)
    return answer.status_code, answer.content.decode()


def test_it_is_ended_with_a_reason_and_stays_in_the_list(client: Client, behind: Corporation) -> None:
    _send(client, behind, soort="pause")
    (kept,) = _kept(behind)
    assert "Waarom beëindigt u dit?" in _page(client, behind)
    code, page = _end(behind.signed_in(Role.TEAM_LEAD), behind, kept.id, "Belt nu zelf.")
    assert (code, "Beëindigd: Pauze: geen stappen" in page) == (200, True)
    told = page.split('id="rulings-title"')[1]
    assert "eerder beëindigd" in told
    assert f"Beëindigd op {behind.today:%d-%m-%Y} door Proef Team_Lead. Belt nu zelf." in " ".join(
        told.replace("</p>", "").split()
    )
    assert "Waarom beëindigt u dit?" not in told
    assert 'id="rulings"' not in _file(client, behind)
    code, page = _end(client, behind, kept.id, "Nog eens.")
    assert (code, "al beëindigd. U hoeft niets te doen." in page) == (200, True)


def test_without_a_reason_it_is_not_ended_and_that_stands_beside_the_field(
    client: Client, behind: Corporation
) -> None:
    _send(client, behind, soort="pause")
    (kept,) = _kept(behind)
    code, page = _end(client, behind, kept.id, " ")
    field = f"beeindig-{kept.id}"
    assert code == 400
    assert f'<a href="#{field}" lang="nl">Schrijf waarom u dit beëindigt.</a>' in page
    assert f'id="{field}-error" lang="nl"><strong>Schrijf waarom u dit beëindigt.</strong>' in page
    assert f'aria-describedby="{field}-error"' in page
    assert "<details open>" in page, "the field is in sight"
    assert page.count("autofocus") == 1
    assert page.count('-error" lang') == 1, "the form above asks nothing yet"
    assert _kept(behind)[0].ended_on is None
    _, page = _end(client, behind, kept.id, "x" * 401)
    assert f'value="{"x" * 401}"' in page


def test_a_new_one_takes_the_place_of_the_earlier_one(client: Client, behind: Corporation) -> None:
    _send(client, behind, soort="pause")
    _send(client, behind, soort="pause", tot=f"{behind.today + timedelta(days=3)}")
    page = _page(client, behind)
    assert [one.ended_reason for one in _kept(behind)] == ["", "vervangen"]
    assert page.count("Waarom beëindigt u dit?") == 1
    assert "Vervangen" in page


def test_a_ruling_of_another_tenancy_is_not_found(client: Client, behind: Corporation) -> None:
    behind.lease(2)
    _send(client, behind, soort="pause")
    (kept,) = _kept(behind)
    for address in (
        f"/huurder/{_tenancy(behind) + 1}/afwijken/{kept.id}/beeindig",
        f"/huurder/{_tenancy(behind)}/afwijken/999999/beeindig",
        "/huurder/999999/afwijken",
        "/huurder/99999999999999999999/afwijken",
    ):
        assert client.post(address, {"reden": "x"}).status_code == 404, address
    assert client.get("/huurder/999999/afwijken").status_code == 404


def test_another_corporation_reaches_nothing(client: Client, behind: Corporation) -> None:
    import uuid

    from doors import corporation as made
    from tijdig.access.actions import create_organisation

    _send(client, behind, soort="pause")
    (kept,) = _kept(behind)
    address = f"{_address(behind)}"
    other = made(create_organisation(name="Woonstichting Ander", slug=f"ander-{uuid.uuid4().hex[:8]}"))
    stranger = other.signed_in(Role.TEAM_LEAD)
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, _typed(behind)).status_code == 404
    assert stranger.post(f"{address}/{kept.id}/beeindig", {"reden": "x"}).status_code == 404


@pytest.mark.parametrize("role", [Role.CUSTOMER_SERVICE, Role.MANAGER])
def test_who_may_not_decide_reads_what_was_decided_and_has_no_form(role: Role, behind: Corporation) -> None:
    _send(behind.signed_in(Role.CONSULTANT), behind, soort="pause")
    (kept,) = _kept(behind)
    reader = behind.signed_in(role)
    file, page = _file(reader, behind), _page(reader, behind)
    assert "Pauze: geen stappen" in file
    assert ">Wijk af</a>" not in file
    assert "Pauze: geen stappen" in page
    assert [word for word in ('name="soort"', 'name="reden"', "Leg vast", "Beëindig<") if word in page] == []
    assert reader.post(_address(behind), _typed(behind)).status_code == 403
    assert reader.post(f"{_address(behind)}/{kept.id}/beeindig", {"reden": "x"}).status_code == 403
    assert _kept(behind) == [kept]


def test_who_may_decide_has_a_link_beside_the_other_actions(client: Client, behind: Corporation) -> None:
    step = _file(client, behind).split('id="step-title"')[1].split("</section>")[0]
    assert f'<a href="{_address(behind)}">Wijk af</a>' in step


def test_a_list_asks_the_same_questions_whatever_its_length(client: Client, behind: Corporation) -> None:
    asked: list[int] = []
    for _ in range(4):
        _send(client, behind, soort="pause")
        with organisation_scope(behind.organisation), CaptureQueriesContext(connection) as seen:
            lines(_tenancy(behind), on=behind.today)
        asked.append(len(seen))
    assert asked == [asked[0]] * 4


def test_the_page_of_the_past_shows_what_held_then(client: Client, behind: Corporation) -> None:
    _send(client, behind, soort="pause", tot=f"{behind.today + timedelta(days=5)}")
    until_on, day = behind.today + timedelta(days=5), timedelta(days=1)
    shown = [
        'id="rulings"' in _file(client, behind, as_of=f"{on}")
        for on in (behind.today - day, behind.today, until_on, until_on + day)
    ]
    assert shown == [False, True, True, False]
    assert 'id="rulings"' not in _file(client, behind, known_at=f"{behind.today - day}")


def test_an_english_reader_gets_english_words(client: Client, behind: Corporation) -> None:
    client.post("/taal", {"language": "en", "next": "/zoeken"})
    page = _page(client, behind)
    assert "What applies now" in page
    assert "Wat besluit u?" not in page
