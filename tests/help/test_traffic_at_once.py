"""Two people in one conversation at the same moment: the second waits, and hears what the first did."""

from __future__ import annotations

from uuid import uuid4

import pytest
from tests.help import counsellors as hub
from tests.help.counsellors import TODAY, bring, by, sheet, talk
from tests.letters import offices

from one_after_the_other import one_after_the_other
from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.help.actions_traffic_answer import answer_balance, answer_unknown, balances_of
from tijdig.help.actions_traffic_export import export
from tijdig.help.answer_sheet import NotThisFile
from tijdig.help.queries_traffic_files import files, made
from tijdig.help.traffic import Message, Sheet
from tijdig.help.traffic_balance import digest


@pytest.fixture
def organisation(fresh_database: str) -> int:
    found = create_organisation(name="Woonstichting Proef", slug="proef")
    with organisation_scope(found):
        offices.tenant(found)
    return found


def test_of_two_who_answer_one_answer_stands(fresh_database: str, organisation: int) -> None:
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    found = talk(organisation)
    with organisation_scope(organisation):
        seen = digest(balances_of(found, TODAY))

    def act() -> object:
        given = {
            "conversation_id": found.id,
            "message_id": found.messages[0].id,
            "as_of": TODAY,
            "knowing": True,
        }
        try:
            return answer_balance(organisation_id=organisation, seen=seen, asked_as=uuid4(), **given, **by())
        except NotDone as refused:
            return refused.sentences[0]

    first, second = one_after_the_other(organisation, fresh_database, act)
    assert isinstance(first, int)
    assert second == "An de Boer antwoordde al op 02-11-2026: saldo opgegeven."
    assert len(talk(organisation).messages) == 2


def test_the_same_file_by_two_people_is_read_once(fresh_database: str, organisation: int) -> None:
    content = sheet(Message.NOTICE)

    def act() -> object:
        try:
            return bring(organisation, content).taken
        except NotThisFile as refused:
            return str(refused)

    first, second = one_after_the_other(organisation, fresh_database, act)
    assert first == 1
    assert "al ingelezen" in str(second)
    with organisation_scope(organisation):
        assert len(files(5)) == 1


def test_an_answer_goes_in_one_file(fresh_database: str, organisation: int) -> None:
    bring(organisation, sheet(Message.NOTICE, {"our_number": ""}))
    pk = talk(organisation).id
    answer_unknown(organisation_id=organisation, conversation_id=pk, asked_as=uuid4(), **by())

    def act() -> object:
        try:
            return export(
                organisation_id=organisation,
                actor=hub.BY,
                name=hub.NAME,
                sheet=Sheet.UNKNOWN_ANSWER,
                on=TODAY,
            )
        except NotDone as refused:
            return refused.sentences[0]

    first, second = one_after_the_other(organisation, fresh_database, act)
    assert isinstance(first, int)
    assert second == "Er is niets om mee te sturen."
    with organisation_scope(organisation):
        assert [one.messages for one in made(5)] == [1]
