"""The report of a tenant: complete, readable, and without what is somebody else's."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import pytest
from tests.help import counsellors, neighbours
from tests.letters import offices
from tests.privacy import leavers

from tijdig.access.scope import organisation_scope
from tijdig.history.queries import of_subject
from tijdig.privacy.actions_report import NotTheirs, make_report
from tijdig.privacy.queries_whom import tenants_of
from tijdig.web.trace_words import DID


def made(organisation: int, tenancy: int, person: int) -> dict[str, bytes]:
    found = make_report(
        organisation_id=organisation,
        actor="user:1",
        name="An de Boer",
        tenancy_id=tenancy,
        person_id=person,
        verbs=DID,
        on=leavers.TODAY,
    )
    with zipfile.ZipFile(io.BytesIO(found.content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def told(parts: dict[str, bytes]) -> str:
    return parts["gegevens.json"].decode()


def rows(parts: dict[str, bytes], table: str) -> list[dict[str, Any]]:
    whole = json.loads(told(parts))
    found = (one for part in whole["sections"] for one in part["tables"] if one["table"] == table)
    return [row for one in found for row in one["rows"]]


def sentences(parts: dict[str, bytes], title: str) -> str:
    return " ".join(
        next(one["sentences"] for one in json.loads(told(parts))["sections"] if one["title"] == title)
    )


def test_a_zip_with_a_paper_that_can_be_read_and_the_same_for_machines(organisation: int) -> None:
    tenancy = leavers.alone(organisation)
    parts = made(organisation, tenancy, leavers.person_of(tenancy))
    assert parts["inzage.pdf"].startswith(b"%PDF-")
    assert [name for name in parts if re.fullmatch(r"brieven/2026-11-02-friendly-reminder-B\d+\.pdf", name)]
    assert rows(parts, "tenancies_person")[0]["email"] == "m1@voorbeeld.example"
    assert [one["amount_cents"] for one in rows(parts, "ledger_entry")] == [offices.RENT_CENTS] * 2
    assert rows(parts, "contacts_contact")[0]["text"] == "Loon komt op de 24e."
    assert rows(parts, "contacts_reply")[0]["text"] == "Ik betaal vrijdag."
    assert rows(parts, "letters_letter")[0]["kind_words"] == "vriendelijke herinnering"
    assert "Beste mevrouw De Vries" in rows(parts, "letters_letter")[0]["text"]
    assert rows(parts, "tenancies_account")[0]["iban"] == leavers.OWN_IBAN  # alone: it can be nobody else's
    assert {one["what"] for one in rows(parts, "history_event")} >= {"Contact vastgelegd", "Brief geschreven"}


def test_decisions_come_with_their_reasons(organisation: int) -> None:
    tenancy = leavers.alone(organisation)
    neighbours.evaluated(organisation)
    found = rows(made(organisation, tenancy, leavers.person_of(tenancy)), "cases_decision")
    assert found and all(one["why"] for one in found)


def test_the_other_who_rents_is_not_in_it(organisation: int) -> None:
    tenancy = leavers.together(organisation)
    parts = made(organisation, tenancy, leavers.person_of(tenancy))
    whole = told(parts)
    assert "een@eigen.example" in whole and "Loon komt op de 24e." in whole
    for secret in ("twee@ander.example", "06 22222222", "iets vertrouwelijks"):
        assert secret not in whole, secret
    assert {one["text"] for one in rows(parts, "contacts_contact")} == {
        "Loon komt op de 24e.", "[weggelaten]", "Mail naar [weggelaten] mag ook.",
    }  # fmt: skip
    other = made(organisation, tenancy, leavers.person_of(tenancy, "MDH"))
    assert "twee@ander.example" in told(other) and "een@eigen.example" not in told(other)
    assert "iets vertrouwelijks" in told(other) and "Loon komt op de 24e." not in told(other)


def test_who_told_us_of_a_worry_is_not_in_it_and_what_was_noticed_is(organisation: int) -> None:
    tenancy = leavers.together(organisation)
    parts = made(organisation, tenancy, leavers.person_of(tenancy))
    assert "Buurvrouw" not in told(parts)
    (worry,) = rows(parts, "help_worry")
    assert worry["what_words"] == "post blijft liggen"
    assert not {"name", "actor", "role"} & set(worry)
    assert [one["by"] for one in rows(parts, "history_event") if one["verb"] == "worry_noticed"] == [
        "een medewerker"
    ]


def test_accounts_that_may_be_anothers_show_their_last_signs(organisation: int) -> None:
    tenancy = leavers.together(organisation)
    parts = made(organisation, tenancy, leavers.person_of(tenancy))
    assert leavers.OTHERS_IBAN not in told(parts)
    assert rows(parts, "tenancies_account")[0]["iban"] == "•••• 4567"


def test_what_was_left_out_is_told_with_why(organisation: int) -> None:
    tenancy = leavers.together(organisation)
    said = sentences(
        made(organisation, tenancy, leavers.person_of(tenancy)), "Wat er niet in staat, en waarom"
    )
    assert "Wat een ander in uw huishouden tegen ons zei." in said
    assert "Wie iets over u doorgaf" in said and "laatste vier tekens" in said


def test_with_whom_it_was_shared_is_told(organisation: int) -> None:
    neighbours.town(organisation)
    tenancy = neighbours.ready(organisation)
    parts = made(organisation, tenancy, leavers.person_of(tenancy))
    assert sentences(parts, "Met wie wij gegevens van u deelden") == "Wij deelden niets van u met een ander."


def test_other_tenants_are_not_in_it(organisation: int) -> None:
    leavers.alone(organisation, 2, surname="Zonnebloem", email="zon@bloem.example")
    tenancy = leavers.alone(organisation, 1)
    whole = told(made(organisation, tenancy, leavers.person_of(tenancy)))
    assert "Zonnebloem" not in whole and "zon@bloem" not in whole and "100002" not in whole


def test_the_making_is_written_down_and_nothing_is_kept(organisation: int) -> None:
    tenancy = leavers.alone(organisation)
    made(organisation, tenancy, leavers.person_of(tenancy))
    with organisation_scope(organisation):
        (event,) = [one for one in of_subject(f"tenancy:{tenancy}") if one.verb == "access_report_made"]
    assert event.actor == "user:1" and set(event.facts) == {"person", "digest", "bytes"} and event.text == ""


def test_of_somebody_who_does_not_rent_there_nothing_is_made(organisation: int) -> None:
    tenancy, other = leavers.alone(organisation, 1), leavers.alone(organisation, 2)
    with pytest.raises(NotTheirs):
        made(organisation, tenancy, leavers.person_of(other))


def test_of_another_corporation_nothing_is_made(organisation: int) -> None:
    from tijdig.access.actions import create_organisation

    tenancy = leavers.alone(organisation)
    person = leavers.person_of(tenancy)
    with pytest.raises(NotTheirs):
        made(create_organisation(name="Een andere", slug="een-andere"), tenancy, person)


def test_the_tenants_of_a_tenancy_come_with_the_tenant_first(organisation: int) -> None:
    tenancy = leavers.together(organisation)
    with organisation_scope(organisation):
        assert [(one.name, one.role) for one in tenants_of(tenancy)] == [
            ("De Vries, M.", "HUU"),
            ("Bakker, T.", "MDH"),
        ]


def test_what_was_before_or_after_somebody_rented_there_is_of_others(organisation: int) -> None:
    tenancy = leavers.together(organisation)
    with organisation_scope(organisation):
        leavers.sql(
            "UPDATE tenancies_party SET end_on = '2026-09-15' WHERE tenancy_id = %s AND role = 'HUU'", tenancy
        )
    gone = made(organisation, tenancy, leavers.person_of(tenancy))
    assert [one["effective_on"] for one in rows(gone, "ledger_entry")] == ["2026-09-01"]
    assert rows(gone, "contacts_contact") == [] and rows(gone, "history_event") == []
    assert "Loon komt" not in told(gone)
    assert "U huurt hier niet meer sinds 15-09-2026" in sentences(gone, "Hoe u er vandaag voor staat")
    assert "nadat u vertrok" in sentences(gone, "Wat er niet in staat, en waarom")
    assert rows(gone, "tenancies_rentpart") != []  # it began before and went on
    with organisation_scope(organisation):
        leavers.sql(
            "UPDATE tenancies_party SET begin_on = '2026-09-16' WHERE tenancy_id = %s AND role = 'MDH'",
            tenancy,
        )
    came = made(organisation, tenancy, leavers.person_of(tenancy, "MDH"))
    assert [one["effective_on"] for one in rows(came, "ledger_entry")] == ["2026-10-01"]
    assert len(rows(came, "contacts_contact")) == 3


def test_debt_help_of_the_other_is_not_told(organisation: int) -> None:
    tenancy = leavers.together(organisation)
    talk = counsellors.conversation_of(organisation, leavers.TODAY)
    with organisation_scope(organisation):
        leavers.sql(
            """INSERT INTO help_conversationmatch (organisation_id, conversation_id, tenancy_id, proof, by_itself,
                      matched_on, actor, name) VALUES (%s, %s, %s, '{}', false, '2026-11-02', 'user:1', 'An')""",
            organisation, talk, tenancy,
        )  # fmt: skip
        leavers.sql("DELETE FROM help_conversationtext")
        leavers.sql(
            """INSERT INTO help_conversationtext (organisation_id, message_id, contact, client, partner, address, remark)
               SELECT organisation_id, id, '', 'T. Bakker', '', '', '' FROM help_message"""
        )
    own = made(organisation, tenancy, leavers.person_of(tenancy))
    assert (
        rows(own, "help_conversation")
        == rows(own, "help_message")
        == rows(own, "help_conversationmatch")
        == []
    )
    other = made(organisation, tenancy, leavers.person_of(tenancy, "MDH"))
    assert rows(other, "help_conversation") and rows(other, "help_message")[0]["client"] == "T. Bakker"
