"""The only writers of second steps: set up, use, renew, take away. And of one's own password."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from tijdig.access.actions_sessions import end_sessions_of
from tijdig.access.models import User
from tijdig.access.people import Person
from tijdig.access.scope import as_person
from tijdig.access.sessions import How
from tijdig.access.sign_in import count_failure, is_shut
from tijdig.entrance.actions import check_own_password, key, owner, wrote
from tijdig.entrance.models import RecoveryCode, SecondFactor
from tijdig.entrance.queries import email_of, house_of
from tijdig.entrance.sealing import SealBroken, keyed_digest, opened, seal
from tijdig.entrance.totp import new_secret, plain, recovery_codes, step_that_fits
from tijdig.entrance.values import NotDone

_USE, _RECOVERY = "totp", "recovery"
_WRONG = "Deze code klopt niet. Kijk of de klok van uw telefoon goed staat en typ de code die u nu ziet."
LEAST_PASSWORD = 12


def sealed_secret() -> str:
    """A new secret that nobody confirmed yet, as it may be kept between two pages."""
    return seal(key(), _USE, new_secret())


def secret_of(sealed: str) -> str:
    """Raises `SealBroken`."""
    return opened(key(), _USE, sealed)


def set_second_factor(
    *, person: Person, sealed: str, code: str, at: datetime, on: date, keep: int | None
) -> list[str]:
    """The code shows that the telephone has the secret. Answers the recovery codes, which nobody can see again.

    Every other session is over. `NotDone` where the code is wrong, or where somebody has a second step already.
    """
    with as_person(person):
        User.objects.select_for_update().get(pk=person.id)
        if SecondFactor.objects.filter(user_id=person.id).exists():
            raise NotDone("U hebt al een tweede stap. Haal die eerst weg.")
        try:
            step = step_that_fits(secret_of(sealed), code, at, 0)
        except SealBroken:
            raise NotDone("Begin opnieuw: open deze bladzijde nog eens.") from None
        if step is None:
            raise NotDone(_WRONG)
        SecondFactor.objects.create(
            user_id=person.id, sealed=sealed, set_at=at, last_step=step, **owner(person)
        )
        User.objects.filter(pk=person.id).update(second_step=True)
        codes = _new_codes(person)
        end_sessions_of(user_id=person.id, keep=keep)
        wrote(person=person, verb="second_factor_set", subject=f"user:{person.id}", on=on)
        return codes


def _new_codes(person: Person) -> list[str]:
    codes = recovery_codes()
    RecoveryCode.objects.filter(user_id=person.id).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user_id=person.id, digest=_digest(one), **owner(person)) for one in codes
    )
    return codes


def _digest(code: str) -> str:
    return keyed_digest(key(), _RECOVERY, plain(code))


def use_second_factor(*, person: Person, typed: str, at: datetime, on: date) -> How | None:
    """By what this code is right, once: the telephone or the list. None where it is not, which counts as a wrong password.

    The row of the person is held meanwhile, so that one code cannot be used twice at once and nobody guesses in parallel.
    """
    with as_person(person):
        user = User.objects.select_for_update().get(pk=person.id)
        if is_shut(user):
            return None
        how = _by_telephone(person, typed, at) or _by_list(person, typed, at, on)
        if how is None:
            count_failure(user)
        return how


def _by_telephone(person: Person, typed: str, at: datetime) -> How | None:
    factor = SecondFactor.objects.filter(user_id=person.id).first()
    if factor is None:
        return None
    try:
        step = step_that_fits(secret_of(factor.sealed), typed, at, factor.last_step)
    except SealBroken:  # the recovery codes were made with the same key: an administrator takes the step away
        return None
    if step is None:
        return None
    SecondFactor.objects.filter(pk=factor.pk).update(last_step=step)
    return How.CODE


def _by_list(person: Person, typed: str, at: datetime, on: date) -> How | None:
    used = RecoveryCode.objects.filter(user_id=person.id, digest=_digest(typed), used_at=None).update(
        used_at=at
    )
    if not used:
        return None
    wrote(person=person, verb="recovery_code_used", subject=f"user:{person.id}", on=on)
    return How.RECOVERY


def renew_recovery_codes(*, person: Person, password: str, on: date) -> list[str]:
    """Ten new codes; the old ones are worth nothing. `NotDone` where the password is wrong."""
    check_own_password(person, password)
    with as_person(person):
        if not SecondFactor.objects.filter(user_id=person.id).exists():
            raise NotDone("U hebt nog geen tweede stap. Stel die eerst in.")
        codes = _new_codes(person)
        wrote(person=person, verb="recovery_codes_renewed", subject=f"user:{person.id}", on=on)
        return codes


def remove_second_factor(*, person: Person, password: str, on: date, keep: int | None) -> None:
    """Without a second step from now on; where one is asked of everybody, the next sign-in asks to set it up again."""
    check_own_password(person, password)
    with as_person(person):
        take_away(person.id)
        end_sessions_of(user_id=person.id, keep=None if house_of(person).second_factor_required else keep)
        wrote(person=person, verb="second_factor_removed", subject=f"user:{person.id}", on=on)


def take_away(user_id: int) -> None:
    """The second step of this person and its codes. Inside the scope of whoever decides it."""
    RecoveryCode.objects.filter(user_id=user_id).delete()
    SecondFactor.objects.filter(user_id=user_id).delete()
    User.objects.filter(pk=user_id).update(second_step=False)


def change_password(*, person: Person, password: str, wanted: str, on: date, keep: int | None) -> None:
    """Another password; every other session is over. `NotDone` where the old one is wrong or the new one too short."""
    check_own_password(person, password)
    good_password(wanted, email_of(person))
    with as_person(person):
        User.objects.filter(pk=person.id).update(password=make_password(wanted))
        end_sessions_of(user_id=person.id, keep=keep)
        wrote(person=person, verb="password_changed", subject=f"user:{person.id}", on=on)


def good_password(wanted: str, email: str) -> None:
    """Long enough and not the address: `NotDone` says it.

    Length is what counts (NIST SP 800-63B), so no capitals or signs are asked for.
    """
    if len(wanted) < LEAST_PASSWORD:
        raise NotDone(
            f"Neem een wachtwoord van ten minste {LEAST_PASSWORD} tekens, bijvoorbeeld een paar woorden."
        )
    if len(wanted) > 200 or wanted.lower() in (email.lower(), email.lower().partition("@")[0]):
        raise NotDone("Neem een ander wachtwoord: niet uw e-mailadres, en niet langer dan 200 tekens.")
