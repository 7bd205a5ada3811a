import pytest
from stdnum import iban as standard_iban

from tijdig.lab.numbers import (
    check_digit,
    contract_number,
    creditor_id,
    dotted,
    iban,
    mistyped,
    payment_reference,
    reference_is_valid,
)


@pytest.mark.parametrize("reference", ["5000056789012345", "6390338414964113", "0010008346912014"])
def test_reference_is_valid_published_values(reference: str) -> None:
    assert reference_is_valid(reference)


@pytest.mark.parametrize("reference", ["9001123412341234", "1070123412341234", "500005678901234", "a" * 16])
def test_reference_is_valid_dummies_fail(reference: str) -> None:
    assert not reference_is_valid(reference)


def test_check_digit_of_15_digits() -> None:
    assert check_digit("000056789012345") == 5


def test_payment_reference_every_contract_is_valid_and_holds_it() -> None:
    made = {contract_number(i): payment_reference(contract_number(i)) for i in range(3_000)}
    assert all(reference_is_valid(reference) for reference in made.values())
    assert all(reference.endswith(contract) for contract, reference in made.items())


def test_mistyped_one_digit_differs_and_check_fails() -> None:
    for i in range(500):
        right = payment_reference(contract_number(i))
        wrong = mistyped(right, i)
        assert sum(a != b for a, b in zip(right, wrong, strict=True)) == 1
        assert not reference_is_valid(wrong)


def test_iban_known_value() -> None:
    assert iban(1_234_567_890) == "NL42TEST1234567890"


def test_iban_many_pass_modulo_97() -> None:
    assert all(standard_iban.is_valid(iban(7_000_000_000 + i * 7_919)) for i in range(2_000))


def test_creditor_id_check_digits_skip_the_business_code() -> None:
    text = creditor_id()
    moved = text[7:] + "2321" + text[2:4]
    assert (text[4:7], int(moved) % 97) == ("ZZZ", 1)


def test_contract_number_first_and_later() -> None:
    assert [contract_number(i) for i in (0, 1, 61_199)] == ["100000", "100001", "161199"]


def test_dotted_as_people_write_it() -> None:
    assert dotted("104233") == "104.233"
