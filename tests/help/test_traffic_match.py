"""What agrees between a debt counsellor's words and a tenancy, and when that is enough by itself."""

from __future__ import annotations

import pytest

from tijdig.help.traffic_match import Asked, Fits, Proof, goes_by_itself, proof
from tijdig.tenancies.queries_reach import Household, Resident

RIGHT, WRONG, NOT_GIVEN = Fits.RIGHT, Fits.WRONG, Fits.NOT_GIVEN


def _home(*surnames: str, number: str = "12 A") -> Household:
    people = tuple(
        Resident(1, surname, "de", "M.", "", "", "", "", "NLD", False, "", None) for surname in surnames
    )
    return Household(7, "C-7", False, "Lindestraat", number, "3012XZ", "Rotterdam", "", people)


@pytest.mark.parametrize(
    ("client", "partner", "fits"),
    [
        ("M. de Vries", "", RIGHT),
        ("DE VRIES, Margriet", "", RIGHT),
        ("J. Jansen", "de Vries", WRONG),
        ("", "de Vries", NOT_GIVEN),
        ("mw. Vries-Jansen", "", RIGHT),
        ("M. Vriesema", "", WRONG),
        ("", "", NOT_GIVEN),
    ],
)
def test_a_surname_is_right_as_a_whole_word(client: str, partner: str, fits: Fits) -> None:
    assert proof(Asked("", client, partner, ""), _home("Vries"), numbered=False).name is fits


def test_a_surname_with_a_hyphen_or_an_accent_is_found() -> None:
    assert proof(Asked("", "A. Bos Kücük", "", ""), _home("Bos-Kücük"), numbered=False).name is RIGHT
    assert proof(Asked("", "A. Kucuk", "", ""), _home("Küçük"), numbered=False).name is RIGHT
    assert proof(Asked("", "M. de Vries", "", ""), _home(""), numbered=False).name is WRONG


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("Lindestraat 12, 3012 XZ Rotterdam", RIGHT),
        ("lindestraat 12a 3012xz", RIGHT),
        ("Lindestraat 12, Rotterdam", RIGHT),
        ("Lindestraat 13, 3012 XZ Rotterdam", WRONG),
        ("Lindestraat 12, 9999 AA Rotterdam", WRONG),
        ("Grote Lindestraat 12, Rotterdam", WRONG),
        ("Lindestraat 120, 3012 XZ", WRONG),
        (" ", NOT_GIVEN),
    ],
)
def test_an_address_is_right_by_place_and_number(address: str, fits: Fits) -> None:
    assert proof(Asked("", "", "", address), _home("Vries"), numbered=False).address is fits


def test_an_address_is_not_wrong_where_we_know_none() -> None:
    home = Household(7, "C-7", False, "", "", "", "", "", ())
    assert proof(Asked("", "", "", "Lindestraat 12"), home, numbered=True).address is NOT_GIVEN


@pytest.mark.parametrize(
    ("found", "numbered", "others", "goes"),
    [
        (Proof(RIGHT, RIGHT, RIGHT), [7], [], True),
        (Proof(RIGHT, RIGHT, NOT_GIVEN), [7], [], True),
        (Proof(RIGHT, RIGHT, RIGHT, WRONG), [7], [], True),  # a partner need not rent
        (Proof(RIGHT, RIGHT, WRONG), [7], [], False),  # somebody of that name elsewhere
        (Proof(RIGHT, WRONG, RIGHT, RIGHT), [7], [], False),  # the partner alone is not enough
        (Proof(RIGHT, NOT_GIVEN, RIGHT, WRONG), [7], [], False),
        (Proof(RIGHT, NOT_GIVEN, RIGHT), [7], [], True),
        (Proof(RIGHT, NOT_GIVEN, NOT_GIVEN), [7], [], False),
        (Proof(RIGHT, WRONG, RIGHT), [7], [], False),  # somebody else at that address
        (Proof(WRONG, RIGHT, RIGHT), [8], [], False),
        (Proof(NOT_GIVEN, RIGHT, RIGHT), [], [], False),
        (Proof(RIGHT, RIGHT, RIGHT), [7, 8], [], False),
        (Proof(RIGHT, RIGHT, RIGHT), [7], [9], False),  # rents another home too
    ],
)
def test_only_what_is_certain_goes_by_itself(
    found: Proof, numbered: list[int], others: list[int], goes: bool
) -> None:
    assert goes_by_itself(found, numbered, others) is goes


def test_what_agrees_more_comes_first() -> None:
    named, placed = Proof(WRONG, RIGHT, WRONG), Proof(WRONG, WRONG, RIGHT)
    partner = Proof(WRONG, WRONG, WRONG, RIGHT)
    assert Proof(RIGHT, WRONG, WRONG).strength > named.strength > partner.strength > placed.strength
