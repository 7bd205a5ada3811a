"""The signs in an answer are looked up among what was sent and who lives where; nothing of another corporation is seen."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from tests.letters import offices

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.carriers.channel import Channel
from tijdig.carriers.reply_mail import MailReply, read_reply
from tijdig.carriers.sms_reply import SmsReply
from tijdig.contacts.reply_kinds import How
from tijdig.contacts.reply_match import Sign, match
from tijdig.letters.actions import write
from tijdig.letters.letter import Kind
from tijdig.letters.models import Letter, Sending
from tijdig.letters.queries_signs import signs_of_mail, signs_of_sms
from tijdig.letters.wish import Wish
from tijdig.tenancies.actions import load
from tijdig.tenancies.drafts import HomeDraft, PartyDraft, TenancyDraft
from tijdig.tenancies.queries_senders import e164, senders_by_email, senders_by_number

EMPTY = read_reply(b"From: niemand@elders.example\r\nMessage-ID: <1@x>\r\n\r\nDag\r\n")


def reply(**changed: object) -> MailReply:
    return replace(EMPTY, **changed)  # type: ignore[arg-type]


def sent(organisation: int, tenancy: int, channel: Channel = Channel.EMAIL) -> Sending:
    wish = Wish(tenancy_id=tenancy, kind=Kind.FRIENDLY_REMINDER, on=offices.TODAY, channel=channel)
    write(organisation_id=organisation, actor="user:1", wish=wish, now=offices.NOON)
    return Sending.objects.latest("pk")


@pytest.fixture
def two(organisation: int) -> tuple[int, int, int]:
    """A corporation with two tenants who each have an address and a number of their own."""
    offices.letterhead(organisation)
    one = offices.tenant(organisation, 1)
    other = offices.tenant(organisation, 2, surname="Jansen", prefix="", phone="0031 (0)6 2345 6789")
    return organisation, one, other


def parking(organisation: int, number: int, person: int) -> int:
    """A second lease of this person."""
    key, begin = f"{100_000 + number}", offices.date(2025, 1, 1)
    records = [
        HomeDraft(f"E{key}", "Garage", str(number), "3012XZ", "Rotterdam"),
        TenancyDraft(key, key, "LOP", "HUU", begin, None, f"E{key}"),
        PartyDraft(key, f"R{100_000 + person}", "HUU", begin),
    ]
    load(organisation_id=organisation, records=records, actor="test", on=offices.TODAY)  # type: ignore[arg-type]
    from tijdig.tenancies.queries import tenancy_ids_by_contract

    return tenancy_ids_by_contract([key])[key]


def test_what_it_answers_is_found_by_the_key_that_was_sent(two: tuple[int, int, int]) -> None:
    organisation, one, other = two
    first, second = sent(organisation, one), sent(organisation, other)
    a, b = first.key.hex, second.key.hex
    assert signs_of_mail(reply(answers=(a,))) == [Sign(How.MESSAGE, one)]
    assert signs_of_mail(reply(thread=(a,))) == [Sign(How.MESSAGE, one)]
    assert signs_of_mail(reply(answers=(a,), thread=(b,))) == [Sign(How.MESSAGE, one)]  # the nearest decides
    assert match(signs_of_mail(reply(thread=(a, b)))).tenancy_id is None
    assert signs_of_mail(reply(sent_to=(b,))) == [Sign(How.TOKEN, other)]
    assert signs_of_mail(reply(answers=(uuid4().hex, "geen sleutel"), sent_to=("x" * 32,))) == []


def test_a_number_is_a_sign_where_it_is_called_so_or_is_the_senders_own(two: tuple[int, int, int]) -> None:
    organisation, one, other = two
    letter = sent(organisation, one).letter
    assert signs_of_mail(reply(text=f"kenmerk {letter.reference}")) == [
        Sign(How.REFERENCE, one, letter.reference)
    ]
    assert signs_of_mail(reply(subject="Contract 100.002")) == [Sign(How.REFERENCE, other, "100002")]
    assert signs_of_mail(reply(text="het gaat om 100002")) == [Sign(How.BARE, other, "100002")]
    assert signs_of_mail(reply(text="het gaat om 100002", sender="m2@voorbeeld.example")) == [
        Sign(How.REFERENCE, other, "100002"), Sign(How.ADDRESS, other),
    ]  # fmt: skip
    assert signs_of_mail(reply(text="contract 999999")) == []
    # What is quoted counts where the answer itself names nothing.
    assert signs_of_mail(reply(quoted="Ons kenmerk: 100001")) == [Sign(How.REFERENCE, one, "100001")]
    assert signs_of_mail(reply(text="contract 100002", quoted="kenmerk 100001")) == [
        Sign(How.REFERENCE, other, "100002")
    ]


def test_an_address_is_a_sign_for_every_lease_of_whom_it_is(two: tuple[int, int, int]) -> None:
    organisation, one, other = two
    assert signs_of_mail(reply(sender="m1@voorbeeld.example")) == [Sign(How.ADDRESS, one)]
    assert match(signs_of_mail(reply(sender="m2@voorbeeld.example"))).tenancy_id == other
    garage = parking(organisation, 7, 1)
    found = signs_of_mail(reply(sender="m1@voorbeeld.example"))
    assert {sign.tenancy_id for sign in found} == {one, garage}
    assert match(found).tenancy_id is None
    # Whoever has two leases and names one of them without the word has named it.
    assert match(signs_of_mail(reply(sender="m1@voorbeeld.example", text="over 100007"))).tenancy_id == garage


def test_two_tenants_of_one_home_with_one_address_are_one(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    load(organisation_id=organisation, records=[PartyDraft("100001", "R100001", "MDH", offices.date(2024, 1, 1))],
         actor="test", on=offices.TODAY)  # fmt: skip
    assert match(signs_of_mail(reply(sender="m1@voorbeeld.example"))).tenancy_id == tenancy


def test_a_representative_is_suggested_and_never_sure(two: tuple[int, int, int]) -> None:
    organisation, one, other = two
    offices.tenant(organisation, 8, email="bewind@kantoor.example")
    load(organisation_id=organisation, actor="test", on=offices.TODAY,
         records=[PartyDraft(key, "R100008", "BEW", offices.date(2024, 1, 1)) for key in ("100001", "100002")])  # fmt: skip
    found = signs_of_mail(reply(sender="BEWIND@kantoor.example"))
    assert {(sign.how, sign.tenancy_id) for sign in found} >= {
        (How.REPRESENTATIVE, one),
        (How.REPRESENTATIVE, other),
    }


def test_a_name_that_looks_like_a_tenants_is_suggested_where_nothing_else_is_known(
    two: tuple[int, int, int],
) -> None:
    _, _, other = two
    found = signs_of_mail(reply(sender_name="Jansen"))
    assert found == [Sign(How.NAME, other)]
    assert (match(found).tenancy_id, match(found).suggestions) == (None, tuple(found))
    assert signs_of_mail(reply(sender_name="Qwxz")) == []


def test_a_text_message_is_found_by_the_message_it_answers_else_by_its_number(
    two: tuple[int, int, int],
) -> None:
    organisation, one, other = two
    sending = sent(organisation, one, Channel.SMS)
    Sending.objects.filter(pk=sending.pk).update(provider_id="gw-7", carrier="proef")

    def about(said: str, sender: str = "+31699999999", carrier: str = "proef") -> list[Sign]:
        return signs_of_sms(SmsReply("m1", sender, "Ja", said, None), carrier)

    assert about("gw-7") == about(sending.key.hex) == [Sign(How.SMS, one)]
    assert about("gw-7", carrier="elders") == about("gw-8") == about("") == []
    assert (
        about("", "31623456789")
        == about("", "+31 6 23456789")
        == about("", "0623456789")
        == [Sign(How.NUMBER, other)]
    )
    assert about("gw-7", "+31623456789") == [Sign(How.SMS, one), Sign(How.NUMBER, other)]
    assert about("", "1008") == about("", "De Bank") == []
    third = offices.tenant(organisation, 3)  # has the number of the first
    assert {sign.tenancy_id for sign in about("", "+31612345678")} == {one, third}
    assert match(about("", "+31612345678")).tenancy_id is None


def test_nothing_of_another_corporation_is_seen(two: tuple[int, int, int]) -> None:
    organisation, one, _ = two
    key = sent(organisation, one).key.hex
    reference = Letter.objects.get().reference
    other = create_organisation(name="Elders", slug="elders-tekens")
    with organisation_scope(other):
        asked = reply(answers=(key,), sent_to=(key,), sender="m1@voorbeeld.example", sender_name="De Vries",
                      text=f"contract 100001, kenmerk {reference}")  # fmt: skip
        assert signs_of_mail(asked) == []
        assert signs_of_sms(SmsReply("1", "+31612345678", "Ja", key, None), "proef") == []
        assert (senders_by_email("m1@voorbeeld.example"), senders_by_number("+31612345678")) == ([], [])


@pytest.mark.parametrize(
    ("number", "same"),
    [
        ("06-12345678", "+31612345678"),
        ("0031612345678", "+31612345678"),
        ("31612345678", "+31612345678"),
        ("+31 (0)6 1234 5678", "+31612345678"),
        ("010 123 45 67", "+31101234567"),
        ("491701234567", "+491701234567"),
        ("612345678", "+31612345678"),
        ("1008", None),
        ("", None),
        ("De Bank", None),
        ("+", None),
        ("9" * 500, None),
    ],
)
def test_a_number_is_one_however_it_was_written(number: str, same: str | None) -> None:
    assert e164(number) == same
