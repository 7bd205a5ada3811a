"""What the end of an alert says: by where its step puts a tenancy, whatever a corporation calls its steps."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases.one_lease import RENT, Ledger
from tests.policy.mutated import Document, mutated_text, place

from tijdig.access.scope import organisation_scope
from tijdig.cases.ended import is_paid, settled_codes, shipped_places
from tijdig.cases.expected import LOOK_DAYS, SETTLE_DAYS
from tijdig.cases.queries import recent_alerts
from tijdig.cases.queries_chances import history
from tijdig.cases.queries_day_report import day_report
from tijdig.cases.queries_policy import places
from tijdig.cases.queries_single_case import single_case
from tijdig.cases.wording import alert_sentence, ended_label
from tijdig.ledger.kinds import Kind
from tijdig.policy.actions_versions import keep_version, start_version
from tijdig.policy.table import shipped
from tijdig.policy.words import Bucket

BEFORE, TODAY = date(2026, 1, 1), date(2026, 11, 12)
OCT = date(2026, 10, 1)
NAMES = {
    "nothing_open": "niets_open",
    "small_amount": "klein_bedrag",
    "arrangement_kept": "regeling_loopt",
    "with_bailiff": "deurwaarder",
    "paused": "rust",
}


def _renamed(version: str, names: dict[str, str]) -> str:
    def change(document: Document) -> None:
        document.update(version=version, name=f"Werkwijze {version}", valid_from=BEFORE)
        for code, other in names.items():
            document["steps"][place(document, code)]["code"] = other

    return mutated_text(change)


def _holds(organisation: int, text: str, from_on: date) -> None:
    kept = keep_version(organisation_id=organisation, actor="user:1", text=text, on=BEFORE)
    start_version(
        organisation_id=organisation,
        actor="user:1",
        version_id=kept,
        from_on=from_on,
        reason="eigen namen",
        on=BEFORE,
    )


@pytest.fixture
def ledger(organisation: int) -> Ledger:
    """One lease at a corporation that names its own steps."""
    _holds(organisation, _renamed("eigen", NAMES), BEFORE + timedelta(days=1))
    ledger = Ledger(organisation)
    ledger.lease()
    return ledger


def _paid(ledger: Ledger, cents: int = RENT) -> int:
    """Behind in October and paid in November; returns the tenancy."""
    ledger.post(Kind.RENT, RENT, OCT)
    ledger.evaluate(OCT + timedelta(days=15))
    ledger.post(Kind.PAYMENT, -cents, TODAY)
    ledger.evaluate(TODAY)
    ((tenancy,),) = ledger.rows("SELECT tenancy_id FROM cases_alert")
    return int(tenancy)


def test_who_paid_was_settled_under_a_step_of_another_name(ledger: Ledger) -> None:
    tenancy = _paid(ledger)
    assert ledger.rows("SELECT ended_by FROM cases_alert") == [("niets_open",)]
    with organisation_scope(ledger.organisation):
        assert single_case(TODAY, np.array([tenancy]), shipped()).repeats.tolist() == [1]
        assert day_report("user:1", [tenancy], TODAY).settled == 1
        (told,) = recent_alerts(5)
        assert (told.cause_label, told.sentence) == ("Voldaan", "De achterstand sinds 01-10-2026 is voldaan.")


def test_a_case_that_was_settled_under_another_name_counts_for_what_a_talk_changes(ledger: Ledger) -> None:
    _paid(ledger)
    known_on = OCT + timedelta(days=15 + LOOK_DAYS + SETTLE_DAYS)
    with organisation_scope(ledger.organisation):
        assert (
            sum(one.settled for one in history(known_on)) == sum(one.cases for one in history(known_on)) == 1
        )


def test_what_ended_before_is_read_by_the_version_of_then(ledger: Ledger) -> None:
    tenancy = _paid(ledger)
    _holds(ledger.organisation, _renamed("later", {"nothing_open": "alles_bij"}), TODAY + timedelta(days=1))
    with organisation_scope(ledger.organisation):
        known = places()
        assert {"niets_open", "alles_bij", "nothing_open", "not_due"} == set(settled_codes(known))
        assert single_case(TODAY, np.array([tenancy]), shipped()).repeats.tolist() == [1]


def test_a_version_that_never_began_says_nothing(ledger: Ledger) -> None:
    def paid(document: Document) -> None:
        document.update(version="nooit", name="Nooit")
        document["steps"][place(document, "nothing_open")]["code"] = "nooit_open"

    keep_version(organisation_id=ledger.organisation, actor="user:1", text=mutated_text(paid), on=BEFORE)
    with organisation_scope(ledger.organisation):
        assert "nooit_open" not in places()


@pytest.mark.parametrize(
    ("ended_by", "label", "why"),
    [
        ("niets_open", "Voldaan", "is voldaan"),
        ("klein_bedrag", "Voldaan", "is voldaan"),
        ("regeling_loopt", "Afgesproken", "er is een regeling"),
        ("deurwaarder", "Rust", "het dossier is bij de deurwaarder"),
        ("rust", "Rust", "er wordt nu niets gevraagd"),
        ("promise_open", "Afgesproken", "de huurder heeft toegezegd te betalen"),
        ("", "Voldaan", "is voldaan"),
        ("van_niemand", "Rust", "er wordt nu niets gevraagd"),
    ],
)
def test_each_end_has_its_word(ledger: Ledger, ended_by: str, label: str, why: str) -> None:
    with organisation_scope(ledger.organisation):
        known = places()
    assert ended_label(ended_by, known) == label
    assert why in alert_sentence("due", OCT, 1, TODAY, ended_by, known)


@given(st.dictionaries(st.text(min_size=1, max_size=9), st.sampled_from(Bucket)))
def test_what_is_settled_is_paid_and_little_more_is(known: dict[str, Bucket]) -> None:
    settled = set(settled_codes(known))
    assert settled == {code for code in known if known[code] is Bucket.NOTHING}
    assert {code for code in known if is_paid(code, known)} - settled == {
        code for code in known if known[code] is Bucket.BELOW
    }


def test_the_shipped_steps_that_settle() -> None:
    assert settled_codes(shipped_places()) == ["not_due", "nothing_open"]
