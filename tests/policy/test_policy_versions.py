"""Versions of a way of working: kept once, never changed, begun only ahead, and in force by day."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.one_after_the_other import one_after_the_other
from tests.policy.mutated import dropped, mutated_text, step

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.history.queries import of_subject
from tijdig.policy.actions_versions import SHIPPED, NotKept, adopt_shipped, keep_version, start_version
from tijdig.policy.document import default_policy, default_text, digest
from tijdig.policy.queries import in_force, version_named, versions

TODAY = date(2026, 11, 22)
TOMORROW, JANUARY = TODAY + timedelta(days=1), date(2027, 1, 1)


def _named(version: str) -> str:
    return mutated_text(lambda document: document.update(version=version, name=f"Werkwijze {version}"))


def _keep(organisation: int, text: str = "") -> int:
    return keep_version(organisation_id=organisation, actor="user:1", text=text or _named("2027-1"), on=TODAY)


def _start(organisation: int, version_id: int, from_on: date = JANUARY, reason: str = "besluit team") -> int:
    return start_version(
        organisation_id=organisation,
        actor="user:1",
        version_id=version_id,
        from_on=from_on,
        reason=reason,
        on=TODAY,
    )


def _holds(organisation: int, on: date, known_at: datetime | None = None) -> str | None:
    with organisation_scope(organisation):
        table = in_force(on, known_at=known_at)
    return table.policy.version if table else None


def _names(organisation: int) -> list[str]:
    with organisation_scope(organisation):
        return [one.version for one in versions()]


# -- keeping -------------------------------------------------------------------------------------------------


def test_a_document_is_kept_as_it_was_written(organisation: int) -> None:
    text = "# met een opmerking\n" + _named("2027-1")
    _keep(organisation, text)
    with organisation_scope(organisation):
        kept = versions()[0]
        found = version_named("2027-1")
    assert (kept.text, kept.name, kept.version, kept.made_by) == (
        text,
        "Werkwijze 2027-1",
        "2027-1",
        "user:1",
    )
    assert kept.starts == ()
    assert found is not None and found.policy.version == "2027-1"


def test_the_same_document_twice_is_one_version(organisation: int) -> None:
    assert _keep(organisation) == _keep(organisation)
    assert _names(organisation) == ["2027-1", "5"]


def test_another_text_under_the_same_name_is_refused(organisation: int) -> None:
    _keep(organisation)
    with pytest.raises(NotKept) as refused:
        _keep(organisation, _named("2027-1") + "# anders\n")
    assert refused.value.sentences == (
        "Versie 2027-1 bestaat al met een andere tekst. Geef uw werkwijze een nieuw versienummer.",
    )
    with pytest.raises(NotKept, match="Versie 5 bestaat al"):  # also the name of the shipped one
        _keep(organisation, default_text() + "# anders\n")


def test_the_name_of_a_version_is_of_one_corporation(organisation: int) -> None:
    _keep(organisation)
    other = create_organisation(name="Woonstichting Ander", slug="ander")
    _keep(other, _named("2027-1") + "# van ons\n")
    assert _names(organisation) == _names(other) == ["2027-1", "5"]


def test_what_cannot_be_read_is_refused_with_a_sentence_for_each_fault(organisation: int) -> None:
    with pytest.raises(NotKept) as refused:
        _keep(organisation, _named("1").replace("do: call", "do: shout", 1).replace("{overdue}", "{moon}", 1))
    assert len(refused.value.sentences) == 2
    assert any("`do: shout`" in one for one in refused.value.sentences)
    assert _names(organisation) == []


def test_what_the_check_refuses_is_not_kept(organisation: int) -> None:
    text = mutated_text(
        dropped("early_signal", "contact_sought = ja"), step("small_amount", bucket="nothing")
    )
    with pytest.raises(NotKept) as refused:
        _keep(organisation, text)
    assert [one.partition(".")[0] for one in refused.value.sentences] == [
        "`bucket: nothing` treft ook wie meer schuldig is dan de ondergrens",
        "Vroegsignaal zonder dat persoonlijk contact is gezocht (artikel 2 Besluit gemeentelijke schuldhulpverlening)",
    ]


def test_keeping_and_starting_are_lines_of_history(organisation: int) -> None:
    number = _keep(organisation)
    _start(organisation, number)
    with organisation_scope(organisation):
        started, kept = of_subject(f"policy:{number}")
    assert (kept.verb, kept.actor, kept.effective_on) == ("policy_kept", "user:1", TODAY)
    assert kept.facts == {"version": "2027-1", "digest": digest(_named("2027-1"))}
    assert (started.verb, started.facts) == (
        "policy_started", {"version": "2027-1", "from_on": "2027-01-01"},
    )  # fmt: skip


# -- starting ------------------------------------------------------------------------------------------------


def test_a_version_holds_from_its_day_on_and_the_one_before_it_until_then(organisation: int) -> None:
    _start(organisation, _keep(organisation))
    assert [_holds(organisation, day) for day in (TODAY, date(2026, 12, 31), JANUARY, date(2030, 1, 1))] == [
        "5", "5", "2027-1", "2027-1",
    ]  # fmt: skip


def test_a_version_that_never_began_holds_on_no_day(organisation: int) -> None:
    _keep(organisation)
    assert [_holds(organisation, day) for day in (TODAY, JANUARY)] == ["5", "5"]


def test_before_the_first_start_there_is_the_version_of_the_beginning(organisation: int) -> None:
    _start(organisation, _keep(organisation))
    assert _holds(organisation, date(2020, 1, 1)) == "5"


def test_a_mistake_is_put_right_by_a_later_start_of_the_same_day(organisation: int) -> None:
    first, second = _keep(organisation), _keep(organisation, _named("2027-2"))
    _start(organisation, first)
    _start(organisation, second)
    assert _holds(organisation, JANUARY) == "2027-2"
    _start(organisation, first, reason="toch de eerste")
    assert _holds(organisation, JANUARY) == "2027-1"
    with organisation_scope(organisation):
        starts = {one.version: one.starts for one in versions()}
    assert starts["2027-1"] == (
        (JANUARY, "user:1", "besluit team"), (JANUARY, "user:1", "toch de eerste"),
    )  # fmt: skip


def test_what_was_not_known_yet_did_not_hold(organisation: int) -> None:
    _start(organisation, _keep(organisation))
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    assert _holds(organisation, JANUARY, known_at=long_ago) is None


@pytest.mark.parametrize(
    ("from_on", "reason", "sentence"),
    [
        (TODAY, "x", "Kies morgen of een latere dag. Wat al verstuurd is, houdt zijn kosten en termijn."),
        (TODAY - timedelta(days=1), "x", "Kies morgen of een latere dag."),
        (TOMORROW, " ", "Schrijf waarom u dit kiest."),
        (TOMORROW, "x" * 401, "De reden is te lang."),
    ],
)
def test_a_start_without_reason_or_for_a_day_that_has_begun_is_refused(
    organisation: int, from_on: date, reason: str, sentence: str
) -> None:
    number = _keep(organisation)
    with pytest.raises(NotKept, match=sentence.partition(".")[0]):
        _start(organisation, number, from_on, reason)
    assert _holds(organisation, JANUARY) == "5"


def test_tomorrow_is_early_enough(organisation: int) -> None:
    _start(organisation, _keep(organisation), TOMORROW)
    assert [_holds(organisation, day) for day in (TODAY, TOMORROW)] == ["5", "2027-1"]


def test_a_version_of_another_corporation_cannot_begin(organisation: int) -> None:
    other = create_organisation(name="Woonstichting Ander", slug="ander")
    with pytest.raises(NotKept, match="Deze versie is er niet"):
        _start(organisation, _keep(other))


# -- the shipped one -----------------------------------------------------------------------------------------


def test_the_shipped_version_is_adopted_once_and_is_then_the_corporations_own(organisation: int) -> None:
    with organisation_scope(organisation):
        assert [adopt_shipped(organisation_id=organisation, on=TODAY) for _ in range(3)] == [
            True,
            False,
            False,
        ]
        (kept,) = versions()
    assert (kept.text, kept.made_by) == (default_text(), SHIPPED)
    assert kept.starts == ((default_policy().valid_from, SHIPPED, "De werkwijze die met tijdig meekomt."),)
    assert _holds(organisation, TODAY) == "5"


def test_nothing_holds_where_nothing_was_adopted(organisation: int) -> None:
    assert _holds(organisation, TODAY) is None
    with organisation_scope(organisation):
        assert version_named("5") is None


def test_a_start_far_ahead_does_not_hold_today_where_nothing_was_adopted_before(organisation: int) -> None:
    """Keeping a version of one's own, before any evaluation, begins with the shipped one."""
    _start(organisation, _keep(organisation), date(2028, 1, 1))
    assert [_holds(organisation, day) for day in (TODAY, date(2028, 1, 1))] == ["5", "2027-1"]


def test_two_at_the_same_moment_adopt_it_once(fresh_database: str) -> None:
    organisation = create_organisation(name="Proef", slug="proef")

    def adopt() -> bool:
        with organisation_scope(organisation):
            return adopt_shipped(organisation_id=organisation, on=TODAY)

    assert sorted(map(str, one_after_the_other(organisation, fresh_database, adopt))) == ["False", "True"]
    with organisation_scope(organisation):
        (kept,) = versions()
    assert len(kept.starts) == 1


def test_many_at_the_same_moment_keep_one_version(fresh_database: str) -> None:
    organisation = create_organisation(name="Proef", slug="proef")
    ready, found, wrong = threading.Barrier(4), list[int](), list[Exception]()

    def keep() -> None:
        try:
            ready.wait(30)
            found.append(_keep(organisation))
        except Exception as error:  # told by the assertion, not lost in a thread
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=keep) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert (wrong, len(found), len(set(found))) == ([], 4, 1)
    assert _names(organisation) == ["2027-1", "5"]


# -- walls ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE policy_version SET text = 'x'",
        "UPDATE policy_version SET version = '9'",
        "DELETE FROM policy_version",
        "UPDATE policy_start SET from_on = '2020-01-01'",
        "DELETE FROM policy_start",
        "TRUNCATE policy_start",
    ],
)
def test_a_version_and_a_start_are_never_changed(organisation: int, statement: str) -> None:
    _start(organisation, _keep(organisation))
    refused = pytest.raises(DatabaseError, match=r"append-only|permission denied")
    with organisation_scope(organisation), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_another_corporation_sees_neither_versions_nor_starts(organisation: int) -> None:
    _start(organisation, _keep(organisation))
    other = create_organisation(name="Woonstichting Ander", slug="ander")
    with organisation_scope(other), connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM policy_version), (SELECT count(*) FROM policy_start)")
        assert cursor.fetchone() == (0, 0)


def test_the_database_refuses_a_version_without_text_and_a_start_without_reason(organisation: int) -> None:
    number = _keep(organisation)
    for table, columns, values, rule in (
        ("policy_version", "name, version, text, digest, made_by", "'x', '9', '', 'x', 'x'", "has_text"),
        (
            "policy_start",
            "version_id, from_on, made_by, reason",
            f"{number}, '2027-01-01', 'x', ''",
            "has_reason",
        ),
    ):
        refused = pytest.raises(DatabaseError, match=rule)
        with organisation_scope(organisation), refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (organisation_id, {columns}) VALUES (%s, {values})", [organisation]
            )
