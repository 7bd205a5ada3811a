"""The demo's answers: what some tenants wrote back, what nobody can place at once, and what a program sent."""

from __future__ import annotations

from datetime import date, datetime, timedelta

_AWAY = "Auto-Submitted: auto-replied\r\n"
_QUOTED = "Op 2 nov om 12:01 schreef De Maat <huur@demaat.example>:\r\n> Beste huurder,\r\n> U hebt nog niet betaald."


def answer_some(*, organisation: int, on: date, now: datetime) -> None:
    """Once: the same mails and messages again are known."""
    from tijdig.access.scope import organisation_scope
    from tijdig.cases.queries import tenancies_at
    from tijdig.tenancies.queries import cards

    told = (
        ("Re: Uw huur, contract {}", "Ik heb net mijn loon gekregen en betaal vrijdag € 200.", ""),
        ("Vraag", "Ik schrijf voor mijn moeder. Het gaat om {}.", ""),
        ("Automatisch antwoord: contract {}", "Ik ben met vakantie tot de 20e.", _AWAY),
        ("Re: Uw huur, contract {}", "Ik ben het niet eens met het bedrag. Wilt u mij bellen?", ""),
    )
    with organisation_scope(organisation):
        known = list(cards(tenancies_at("")[-len(told) :]).values())
    for number, (card, (subject, text, more)) in enumerate(zip(known, told, strict=False)):
        mail = _mail(card.name, subject.format(card.contract_number), text.format(card.contract_number), more)
        _bring(organisation, mail, at=now - timedelta(minutes=90 - 20 * number), now=now)
    _text(organisation, now)


def _mail(name: str, subject: str, text: str, more: str) -> bytes:
    """A mail as a tenant's program would send it, from an address that the corporation does not know."""
    sender = f"{''.join(one for one in name.lower() if one.isascii() and one.isalpha())[:20] or 'iemand'}@voorbeeld.example"
    head = f'From: "{name}" <{sender}>\r\nMessage-ID: <{len(text)}.{sender}>\r\nSubject: {subject}\r\n{more}'
    said = f"{text}\r\n\r\nGroet,\r\n{name}\r\n\r\n{_QUOTED}\r\n"
    return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{said}".encode()


def _bring(organisation: int, raw: bytes, *, at: datetime, now: datetime) -> None:
    from tijdig.carriers.imap import Fetched
    from tijdig.letters.actions_replies import take_reply

    fetched = Fetched(0, raw, len(raw), True, at)
    take_reply(organisation_id=organisation, fetched=fetched, place=None, now=now)


def _text(organisation: int, now: datetime) -> None:
    from tijdig.carriers.sms_reply import SmsReply
    from tijdig.letters.actions_replies import take_sms

    said = SmsReply("demo-1", "+31612345678", "Kan het ook volgende week?", "", now - timedelta(minutes=8))
    take_sms(organisation_id=organisation, reply=said, now=now)
