"""The only writers of passkeys: add, sign in with, rename, remove."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from tijdig.access.actions_sessions import end_sessions_of
from tijdig.access.people import Person
from tijdig.access.scope import as_person, before_the_walls
from tijdig.access.sign_in import person_of
from tijdig.entrance.actions import key, owner, wrote
from tijdig.entrance.models import Passkey
from tijdig.entrance.passkeys import New, NotRight, Place, shown, which
from tijdig.entrance.sealing import keyed_digest
from tijdig.entrance.values import NotDone

MOST = 10


def handle_of(person: Person) -> bytes:
    """How a device tells people apart: always the same, and it says nothing of who they are."""
    return bytes.fromhex(keyed_digest(key(), "passkey", str(person.id)))


def add_passkey(*, person: Person, new: New, name: str, at: datetime, on: date, keep: int) -> None:
    """Every other session is over. `NotDone` where there are too many, or where the key is somebody's already."""
    with as_person(person):
        if Passkey.objects.filter(user_id=person.id).count() >= MOST:
            raise NotDone(f"U hebt al {MOST} toegangssleutels. Haal er eerst een weg.")
        try:
            with transaction.atomic():
                made = Passkey.objects.create(
                    user_id=person.id,
                    credential=new.credential,
                    public_key=new.public_key,
                    sign_count=new.sign_count,
                    name=name[:60] or "Toegangssleutel",
                    made_at=at,
                    **owner(person),
                )
        except IntegrityError:
            raise NotDone("Deze toegangssleutel is al bekend.") from None
        end_sessions_of(user_id=person.id, keep=keep)
        wrote(person=person, verb="passkey_added", subject=f"user:{person.id}", on=on, passkey=made.pk)


def person_of_passkey(*, answer: str, place: Place, challenge: str, at: datetime) -> Person | None:
    """Whose passkey answered, where the answer is right; None otherwise. The row is held: its count goes up once."""
    try:
        credential = which(answer)
    except NotRight:
        return None
    with transaction.atomic():
        before_the_walls("tijdig.credential", credential)
        user_id = Passkey.objects.filter(credential=credential).values_list("user_id", flat=True).first()
        before_the_walls("tijdig.credential", "")
    person = person_of(user_id) if user_id else None
    if person is None:
        return None
    with as_person(person):
        held = Passkey.objects.select_for_update().filter(credential=credential, user_id=person.id).first()
        if held is None:
            return None
        try:
            count = shown(answer, place, challenge, bytes(held.public_key), held.sign_count)
        except NotRight:
            return None
        Passkey.objects.filter(pk=held.pk).update(sign_count=count, used_at=at)
    return person


def rename_passkey(*, person: Person, passkey_id: int, name: str, on: date) -> None:
    if not name:
        raise NotDone("Geef de toegangssleutel een naam.")
    with as_person(person):
        if not Passkey.objects.filter(pk=passkey_id, user_id=person.id).update(name=name[:60]):
            raise NotDone("Deze toegangssleutel is er niet meer.")
        wrote(person=person, verb="passkey_renamed", subject=f"user:{person.id}", on=on, passkey=passkey_id)


def remove_passkey(*, person: Person, passkey_id: int, on: date, keep: int) -> None:
    """It opens nothing any more, and every other session is over."""
    with as_person(person):
        if not Passkey.objects.filter(pk=passkey_id, user_id=person.id).delete()[0]:
            raise NotDone("Deze toegangssleutel is er niet meer.")
        end_sessions_of(user_id=person.id, keep=keep)
        wrote(person=person, verb="passkey_removed", subject=f"user:{person.id}", on=on, passkey=passkey_id)
