"""A change of a text is a new version: who, why, and what was sent keeps its own."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.history.models import Event
from tijdig.letters import as_data, models
from tijdig.letters.actions import write
from tijdig.letters.actions_texts import in_use, save_letterhead, save_text
from tijdig.letters.as_data import plain_body
from tijdig.letters.letter import Kind, Language
from tijdig.letters.queries_texts import letterhead, standing_of, version_of, versions
from tijdig.letters.render import render
from tijdig.letters.texts import TextError, default
from tijdig.letters.values import NotRight
from tijdig.letters.wish import Wish

KIND = Kind.FRIENDLY_REMINDER
NL = Language.NL


def _body(**parts: Any) -> dict[str, Any]:
    """The text that tijdig ships, with some parts of its Dutch changed."""
    text = default(KIND)
    return plain_body(replace(text, parts={**text.parts, NL: replace(text.parts[NL], **parts)}))


OTHER = _body(subject="Uw huur kwam nog niet binnen")


def _save(organisation: int, body: dict[str, Any] = OTHER, **more: Any) -> int:
    given = {"actor": "user:1", "kind": KIND, "reason": "Vriendelijker", "on": offices.TODAY} | more
    return save_text(organisation_id=organisation, body=body, **given)


def _codes(refused: pytest.ExceptionInfo[NotRight]) -> list[str]:
    return [fault.code for fault in refused.value.faults]


def test_a_change_is_a_new_version_with_who_and_why(organisation: int) -> None:
    assert _save(organisation) == 1
    (one,) = versions(KIND)
    assert (one.number, one.own, one.made_by, one.reason) == (1, True, "user:1", "Vriendelijker")
    assert one.body == OTHER
    assert standing_of(KIND).text.parts[NL].subject == "Uw huur kwam nog niet binnen"
    event = Event.objects.get(verb="letter_text_changed")
    assert (event.subject, event.facts) == ("letter_text:friendly_reminder", {"version": 1, "own": True})


def test_the_same_text_again_is_no_new_version(organisation: int) -> None:
    assert _save(organisation, _body()) == 0
    assert (_save(organisation), _save(organisation, reason="")) == (1, 1)
    assert [one.number for one in versions(KIND)] == [1]


def test_old_letters_keep_their_text_and_are_made_again_to_the_same_bytes(organisation: int) -> None:
    offices.letterhead(organisation)
    wish = Wish(tenancy_id=offices.tenant(organisation), kind=KIND, on=offices.TODAY)
    pk = write(organisation_id=organisation, actor="user:1", wish=wish, now=offices.NOON)
    assert _save(organisation, opened=1) == 2
    row = models.Letter.objects.select_related("text").get(pk=pk)
    paper = models.LetterPaper.objects.get(letter=row)
    assert (row.text.version, row.text.body) == (1, plain_body(default(KIND)))
    again = render(as_data.letter_from(paper.value), version_of(row.text).text)
    assert (again.pdf, again.digest) == (bytes(paper.pdf), row.digest)
    assert in_use(organisation, KIND)[1].parts[NL].subject == "Uw huur kwam nog niet binnen"


@pytest.mark.parametrize(
    ("parts", "codes"),
    [
        ({"question": "Wilt u betalen?"}, ["field_missing"]),
        ({"cannot": "Bel ons."}, ["field_missing", "field_missing"]),
        ({"help": "Er is hulp."}, ["help_missing"]),
        ({"subject": "Uw huur 😊"}, ["sign_unprintable"]),
    ],
)
def test_what_a_text_must_have_keeps_it_from_being_saved(
    organisation: int, parts: dict[str, str], codes: list[str]
) -> None:
    with pytest.raises(NotRight) as refused:
        _save(organisation, _body(**parts))
    assert _codes(refused) == codes
    assert versions(KIND) == []


def test_advice_keeps_nothing_from_being_saved(organisation: int) -> None:
    assert _save(organisation, _body(subject="Derhalve schrijven wij u heden inzake uw huur")) == 1


def test_what_is_no_text_is_not_saved(organisation: int) -> None:
    with pytest.raises(TextError, match="owed_cents"):
        _save(organisation, _body(subject="U moet {owed_cents} betalen"))
    assert versions(KIND) == []


@pytest.mark.parametrize(
    ("reason", "code"), [("", "reason_missing"), ("  ", "reason_missing"), ("x" * 201, "reason_long")]
)
def test_a_change_has_a_reason(organisation: int, reason: str, code: str) -> None:
    with pytest.raises(NotRight) as refused:
        _save(organisation, reason=reason)
    assert _codes(refused) == [code]


def test_back_to_the_text_of_tijdig(organisation: int) -> None:
    _save(organisation)
    assert _save(organisation, _body(), reason="Toch de oude") == 2
    newest = versions(KIND)[0]
    assert (newest.own, newest.made_by, newest.reason) == (False, "user:1", "Toch de oude")
    assert standing_of(KIND).text == default(KIND)


def test_an_earlier_version_counts_again_as_a_new_one(organisation: int) -> None:
    _save(organisation)
    _save(organisation, _body(subject="Een andere kop"))
    first = versions(KIND)[-1]
    assert _save(organisation, dict(first.body), reason="Terug naar versie 1.") == 3
    assert versions(KIND)[0].body == first.body


def test_who_began_from_an_older_text_does_not_write_over_a_newer_one(organisation: int) -> None:
    _save(organisation, opened=0)
    with pytest.raises(NotRight) as refused:
        _save(organisation, _body(subject="Mijn kop"), opened=0)
    assert _codes(refused) == ["changed_since"]
    assert [one.number for one in versions(KIND)] == [1]
    assert _save(organisation, _body(subject="Mijn kop"), opened=1) == 2


def test_a_letter_that_was_sent_meanwhile_is_no_change_of_the_text(organisation: int) -> None:
    """The text of tijdig is stored when it is first used; its words are still those that the writer began from."""
    in_use(organisation, KIND)
    assert [one.number for one in versions(KIND)] == [1]
    assert _save(organisation, opened=0) == 2


def test_two_who_save_at_once_do_not_both_win(fresh_database: str) -> None:
    from tijdig.access.actions import create_organisation

    organisation = create_organisation(name="Woonstichting Proef", slug="proef")
    ended: list[object] = []

    def save(subject: str) -> None:
        from django.db import connection

        try:
            ended.append(_save(organisation, _body(subject=subject), opened=0))
        except NotRight as refused:
            ended.append(refused.faults[0].code)
        finally:
            connection.close()

    both = [threading.Thread(target=save, args=(f"Kop {number}",)) for number in (1, 2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(str(one) for one in ended) == ["1", "changed_since"]
    with organisation_scope(organisation):
        assert [one.number for one in versions(KIND)] == [1]


def test_a_letterhead_that_is_the_same_is_not_kept_twice(organisation: int) -> None:
    offices.letterhead(organisation)
    offices.letterhead(organisation)
    assert models.Letterhead.objects.count() == 1
    offices.letterhead(organisation, contact_number="010 765 43 21")
    assert (models.Letterhead.objects.count(), letterhead().contact_number) == (2, "010 765 43 21")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": ""}, "name_missing"),
        ({"address_lines": ("Havenkade 12",)}, "address_lines_missing"),
        ({"iban": "NL13TEST0123456780"}, "iban_invalid"),
        ({"contact_email": "huur"}, "contact_email_invalid"),
        ({"sms_name": "Woonstichting De Brug"}, "sms_name_invalid"),
        ({"opening_hours": "x" * 121}, "opening_hours_long"),
        ({"name": "De Brug 🏠"}, "name_unprintable"),
        ({"address_lines": ("Havenkade 12 🏠", "3011 AA Rotterdam")}, "address_lines_unprintable"),
    ],
)
def test_a_letterhead_that_is_not_right_is_not_kept(
    organisation: int, changed: dict[str, Any], code: str
) -> None:
    with pytest.raises(NotRight) as refused:
        save_letterhead(
            organisation_id=organisation,
            actor="user:1",
            head=replace(offices.HEAD, **changed),
            on=offices.TODAY,
        )
    assert _codes(refused) == [code]
    assert models.Letterhead.objects.count() == 0
