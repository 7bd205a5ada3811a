"""Passkeys: what the browser is asked, and whether its answer is right.

Source: Web Authentication Level 2, sections 7.1 and 7.2, as `webauthn` checks them. A passkey counts as both steps,
because the device asks for a finger, a face or a number each time: an answer without that is refused. The device keeps
the key with the name of this address, so another address can never ask for it. No maker of devices is asked about
(attestation none): whose device it is was shown by the password.

Errors: `NotRight` where an answer is not, whatever is wrong with it.
Left out: which makers of devices are good enough; keys that are no passkey (the person is found by the key alone).
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

_LONGEST = 1400
_WRONG = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError, IndexError)


class NotRight(Exception):  # noqa: N818 - an answer to a person
    """This is not the answer of a passkey to what was asked."""


@dataclass(frozen=True, slots=True)
class Place:
    """Under which name and at which address the pages are: `huur.example.nl`, `https://huur.example.nl`."""

    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class New:
    """What is kept of a passkey."""

    credential: str
    public_key: bytes
    sign_count: int


def new_challenge() -> str:
    return bytes_to_base64url(secrets.token_bytes(32))


def to_make(place: Place, challenge: str, *, handle: bytes, email: str, name: str, known: list[str]) -> str:
    """What the browser is asked to make, as JSON. `handle` names the person without saying who it is."""
    options = webauthn.generate_registration_options(
        rp_id=place.name,
        rp_name="tijdig",
        user_id=handle,
        user_name=email,
        user_display_name=name,
        challenge=base64url_to_bytes(challenge),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            require_resident_key=True,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known],
    )
    return str(options_to_json(options))


def to_show(place: Place, challenge: str) -> str:
    """What the browser is asked to show, as JSON: any passkey of this address."""
    options = webauthn.generate_authentication_options(
        rp_id=place.name,
        challenge=base64url_to_bytes(challenge),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return str(options_to_json(options))


def made(answer: str, place: Place, challenge: str) -> New:
    """The passkey that the device made."""
    try:
        found = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=place.name,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except _WRONG as error:
        raise NotRight(type(error).__name__) from None
    credential = bytes_to_base64url(found.credential_id)
    if len(credential) > _LONGEST:
        raise NotRight("too long")
    return New(credential, found.credential_public_key, found.sign_count)


def which(answer: str) -> str:
    """The name of the passkey that an answer says it is of; nothing is believed yet."""
    try:
        told: Any = json.loads(answer)
        credential = told["rawId"]
        if not isinstance(credential, str) or not 0 < len(credential) <= _LONGEST:
            raise NotRight("no name")
        return bytes_to_base64url(base64url_to_bytes(credential))
    except _WRONG as error:
        raise NotRight(type(error).__name__) from None


def shown(answer: str, place: Place, challenge: str, public_key: bytes, sign_count: int) -> int:
    """The new count of a passkey that signed what was asked. A count that goes back is a copy, and is refused."""
    try:
        found = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=place.name,
            expected_origin=place.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except _WRONG as error:
        raise NotRight(type(error).__name__) from None
    return found.new_sign_count
