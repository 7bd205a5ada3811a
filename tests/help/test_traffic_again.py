"""What comes a second time: the same file, the same message, and a client of whom we said that we do not know him."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from tests.help.counsellors import TODAY, bring, by, sheet, talk
from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.base.bsn import MASK
from tijdig.help import queries_traffic
from tijdig.help.actions_traffic_answer import answer_unknown
from tijdig.help.actions_traffic_match import match, release
from tijdig.help.answer_sheet import NotThisFile
from tijdig.help.queries_traffic import due, open_conversations
from tijdig.help.queries_traffic_files import files, rejected
from tijdig.help.traffic import Message
from tijdig.help.traffic_days import after

NEXT = TODAY + timedelta(days=1)


def _unknown(organisation: int) -> None:
    """Answer that the client is unknown, after taking the match back where there is one."""
    found = talk(organisation)
    given: dict[str, Any] = {"organisation_id": organisation, "conversation_id": found.id}
    for one in found.matches:
        release(match_id=one.id, **given, **by())
    answer_unknown(asked_as=uuid4(), **given, **by())


def test_a_file_with_lines_that_were_no_use_may_be_read_again(organisation: int) -> None:
    offices.tenant(organisation)
    both = sheet(Message.END) + b"\r\n" + sheet(Message.END, talk=2).split(b"\r\n")[1]
    bring(organisation, sheet(Message.NOTICE))
    first = bring(organisation, both)
    assert (first.taken, first.known, first.rejected) == (1, 0, 1)
    again = bring(organisation, both, NEXT)
    assert (again.taken, again.known, again.rejected) == (0, 1, 1)
    with organisation_scope(organisation):
        assert [one.read_on for one in rejected(5)] == [NEXT]  # of the last reading alone
    bring(organisation, sheet(Message.NOTICE, talk=2), NEXT)
    last = bring(organisation, both, NEXT)
    assert (last.taken, last.known, last.rejected) == (1, 1, 0)
    assert talk(organisation, 2).ended is not None
    with organisation_scope(organisation):
        assert rejected(5) == []
    with pytest.raises(NotThisFile, match=r"al ingelezen op 03-11-2026"):
        bring(organisation, both, NEXT)


def test_what_a_file_gave_before_is_known_though_other_words_came_since(organisation: int) -> None:
    offices.tenant(organisation)
    content = sheet(Message.STATUS, {"remark": "eerst"}) + b"\r\ngeen-uuid;;;;;;"
    bring(organisation, content)
    bring(organisation, sheet(Message.STATUS, {"remark": "later"}))
    again = bring(organisation, content)
    assert (again.taken, again.known, again.rejected) == (0, 1, 1)


@pytest.mark.parametrize(
    "said", [{"client": "M. de Vries-Bos"}, {"address": "Lindestraat 1"}, {"partner": "P. Bos"}]
)
def test_a_message_with_corrected_words_is_a_new_one(organisation: int, said: dict[str, str]) -> None:
    tenancy = offices.tenant(organisation)
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    done = bring(organisation, sheet(Message.BALANCE_REQUEST, said))
    assert (done.taken, done.known) == (1, 0)
    first, second = talk(organisation).messages
    assert first.facts == second.facts
    assert talk(organisation).waits == second
    with organisation_scope(organisation):
        (one,) = due(TODAY)
    assert (one.kind, one.tenancy_id, one.due_on) == ("balance_request", tenancy, after(TODAY, 10))
    back = bring(organisation, sheet(Message.BALANCE_REQUEST) + b"\n", TODAY)
    assert (back.taken, back.known) == (1, 0)  # not the last of its kind: they took it back


def test_a_message_whose_words_were_erased_is_known_by_its_facts(organisation: int) -> None:
    offices.tenant(organisation)
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("DELETE FROM help_conversationtext")
    done = bring(organisation, sheet(Message.BALANCE_REQUEST, {"client": "M. Vries"}))
    assert (done.taken, done.known) == (0, 1)


def test_words_where_there_were_none_are_news(organisation: int) -> None:
    bring(organisation, sheet(Message.STATUS))
    done = bring(organisation, sheet(Message.STATUS, {"remark": "De intake is geweest."}))
    assert (done.taken, done.known) == (1, 0)


@pytest.mark.parametrize(("days", "taken"), [(59, 0), (60, 1), (365, 1)])
def test_the_same_request_long_after_the_answer_is_a_new_one(
    organisation: int, days: int, taken: int
) -> None:
    offices.tenant(organisation)
    bring(organisation, sheet(Message.BALANCE_REQUEST))
    later = TODAY + timedelta(days=days)
    waiting = bring(organisation, sheet(Message.BALANCE_REQUEST) + b"\n", later)
    assert waiting.known == 1  # it waits still
    _unknown(organisation)
    done = bring(organisation, sheet(Message.BALANCE_REQUEST) + b"\n\n", later)
    assert (done.taken, done.known) == (taken, 1 - taken)


def test_the_same_notice_is_news_after_a_time_and_the_same_agreement_never(organisation: int) -> None:
    offices.tenant(organisation)
    bring(organisation, sheet(Message.NOTICE))
    bring(organisation, sheet(Message.AGREEMENT))
    later = TODAY + timedelta(days=90)
    assert bring(organisation, sheet(Message.NOTICE) + b"\n", later).taken == 1
    assert bring(organisation, sheet(Message.AGREEMENT) + b"\n", later).known == 1


def test_a_number_in_their_columns_and_a_name_in_the_file_name_are_not_kept(organisation: int) -> None:
    offices.tenant(organisation)
    said = {"reference": "111222333", "helper_number": "K 1112.22.333", "invoice": "F-111222333"}
    broken = b"\r\n" + sheet(Message.BALANCE_REQUEST, {"settlement": "111222333"}, talk=2).split(b"\r\n")[1]
    content = sheet(Message.BALANCE_REQUEST, said) + broken
    bring(organisation, content, file_name="C:\\map\\Vries/saldo-de-VRIES_111222333.csv")
    (message,) = talk(organisation).messages
    assert message.facts["claims"] == [{"invoice": f"F-{MASK}"}]
    assert (message.facts["reference"], message.facts["helper_number"]) == (MASK, f"K {MASK}")
    with organisation_scope(organisation):
        (file,) = files(5)
        (line,) = rejected(5)
    assert file.file_name == f"saldo-de-▒▒▒_{MASK}.csv"
    assert "111222333" not in line.reason + line.text and MASK in line.reason


def test_our_own_number_is_never_masked(organisation: int) -> None:
    bring(organisation, sheet(Message.BALANCE_REQUEST, {"our_number": "111222333"}))
    assert talk(organisation).asked.our_number == "111222333"


def test_what_we_called_unknown_is_not_read_again(organisation: int, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(organisation, sheet(Message.NOTICE))
    assert len(_read(organisation, monkeypatch)) == 1
    _unknown(organisation)
    assert _read(organisation, monkeypatch) == []


def _read(organisation: int, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Which conversations are read to see what is open."""
    read: list[int] = []
    with organisation_scope(organisation), monkeypatch.context() as patch:
        patch.setattr(queries_traffic, "conversations", lambda ids: read.extend(ids) or ())
        open_conversations()
    return read


def test_an_unknown_client_of_whom_something_waits_is_still_looked_for(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    bring(organisation, sheet(Message.BALANCE_REQUEST, {"our_number": ""}))
    bring(organisation, sheet(Message.PROPOSAL, {"our_number": ""}))
    _unknown(organisation)
    found = talk(organisation)
    assert found.waits is not None and (found.unknown, found.nobody) == (False, True)
    with organisation_scope(organisation):
        assert [one.kind for one in due(TODAY)] == ["match"]
    _unknown(organisation)
    found = talk(organisation)
    assert (found.waits, found.unknown, found.nobody, found.may_match) == (None, True, False, True)
    match(organisation_id=organisation, conversation_id=found.id, tenancy_ids=[tenancy], **by())
    assert talk(organisation).tenancy_ids == (tenancy,)
