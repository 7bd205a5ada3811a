"""An agreement may have an agreed last day: after it neither the program nor the database knows it any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from tests.bailiff import partners
from tests.bailiff.partners import BY, TERMS, TODAY, agreed, at_partner, handed, proposed, ready

from tijdig.access.scope import organisation_scope
from tijdig.bailiff.actions_agreement import end_agreement
from tijdig.bailiff.agreement import WARN_DAYS, Terms
from tijdig.bailiff.kinds import KPI_LABEL, Kpi, Shown, Side
from tijdig.bailiff.queries import agreement, in_force, running_out, version_before
from tijdig.base.not_done import NotDone
from tijdig.web.agreement_lines import differences

DAY = timedelta(days=1)


def _until(last: date) -> Terms:
    return replace(TERMS, until_on=last)


def _holding(on: date) -> list[int]:
    return [one.id for one in in_force(on)]


def test_terms_come_back_as_they_were_kept() -> None:
    for terms in (TERMS, _until(TODAY)):
        assert Terms.of(terms.plain()) == terms
    assert Terms.of({key: value for key, value in TERMS.plain().items() if key != "until_on"}) == TERMS


def test_it_holds_through_its_last_day(organisation: int) -> None:
    pk = agreed(organisation, partners.partner(), terms=_until(TODAY + 9 * DAY))
    assert [_holding(TODAY + days * DAY) == [pk] for days in (-1, 0, 9, 10)] == [False, True, True, False]
    found = agreement(pk)
    assert found is not None
    assert [found.ran_out(TODAY + days * DAY) for days in (9, 10)] == [False, True]


def test_a_newer_version_that_ran_out_leaves_none_even_where_the_older_had_no_end(organisation: int) -> None:
    who = partners.partner()
    first = agreed(organisation, who)
    second = agreed(organisation, who, terms=_until(TODAY + 5 * DAY), begin_on=TODAY + 2 * DAY)
    assert [_holding(TODAY + days * DAY) for days in (1, 2, 5, 6)] == [[first], [second], [second], []]


def test_it_may_be_ended_before_its_agreed_end(organisation: int) -> None:
    pk = agreed(organisation, partners.partner(), terms=_until(TODAY + 9 * DAY))
    end_agreement(
        organisation_id=organisation, agreement_id=pk, side=Side.CORPORATION, end_on=TODAY + 3 * DAY, **BY
    )
    assert [_holding(TODAY + days * DAY) == [pk] for days in (2, 3)] == [True, False]


def test_an_end_before_its_beginning_is_refused(organisation: int) -> None:
    who = partners.partner()
    with pytest.raises(NotDone, match="eindigen na de dag waarop zij ingaan"):
        proposed(organisation, who[2], terms=_until(TODAY), begin_on=TODAY + DAY)
    with organisation_scope(organisation):
        assert proposed(organisation, who[2], terms=_until(TODAY), begin_on=TODAY)


def _seen(organisation: int, who: tuple[int, int, str], tenancy: int) -> tuple[list[int], bool]:
    """As the walls of the partner: which tenancies there are, and whether the telephone shows."""
    with (
        at_partner(organisation, who),
        organisation_scope(organisation),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT id FROM public.tenancies_tenancy WHERE id = %s", [tenancy])
        rows = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT public.tijdig_shows('phone')")
        return rows, bool(cursor.fetchone()[0])


def test_the_walls_close_with_the_agreed_end(organisation: int) -> None:
    """The database reads its own clock: of its today the last day counts, and of its yesterday it does not."""
    today, who = timezone.localdate(), partners.partner()
    agreed(organisation, who)
    tenancy = ready(organisation)
    handed(organisation, tenancy, who[0])
    assert Shown.PHONE in TERMS.shows
    assert _seen(organisation, who, tenancy) == ([tenancy], True)
    early = {"begin_on": today - 9 * DAY, "on": today - 9 * DAY}
    agreed(organisation, who, terms=_until(today), **early)
    assert _seen(organisation, who, tenancy) == ([tenancy], True)
    agreed(organisation, who, terms=_until(today - DAY), **early)
    assert _seen(organisation, who, tenancy) == ([], False)
    agreed(organisation, who, terms=replace(TERMS, shows=()), **early)
    assert _seen(organisation, who, tenancy) == ([tenancy], False)


def test_both_sides_are_told_in_time_unless_a_version_follows(organisation: int) -> None:
    who = partners.partner()
    last = TODAY + 60 * DAY
    pk = agreed(organisation, who, terms=_until(last))
    told = [(WARN_DAYS + 1, []), (WARN_DAYS, [pk]), (0, [pk]), (-1, [])]
    assert [(days, [one.id for one in running_out(last - days * DAY)]) for days, _ in told] == told
    with at_partner(organisation, who), organisation_scope(organisation):
        assert [one.id for one in running_out(last)] == [pk]
    late = agreed(organisation, who, begin_on=last + 2 * DAY)
    assert [one.id for one in running_out(last)] == [pk]  # a day between them in which nothing holds
    assert [one.id for one in running_out(last + 2 * DAY)] == []
    waits = proposed(organisation, who[2], begin_on=last + DAY)
    assert [one.id for one in running_out(last)] == [pk]  # nobody approved it
    agreed(organisation, who, begin_on=last + DAY)
    assert running_out(last) == []
    found = agreement(waits)
    before = version_before(found) if found else None
    assert before is not None and before.id == late


def test_approvals_have_their_moment(organisation: int) -> None:
    found = agreement(agreed(organisation, partners.partner()))
    assert found is not None
    assert [one.at.tzinfo is not None for one in found.approvals] == [True, True]
    assert found.approvals[0].at <= found.approvals[1].at


def test_what_differs_is_told_line_by_line() -> None:
    assert differences(TERMS, TERMS) == []
    tariff, (first, _) = TERMS.tariffs[0], TERMS.targets
    new = replace(
        TERMS,
        until_on=date(2027, 11, 30),
        tariffs=(replace(tariff, cents=5_000),),
        targets=(replace(first, target=95),),
        vat_declared=True,
    )
    found = [
        tuple(each.replace("\u00a0", " ") for each in (one.label, one.old, one.new))
        for one in differences(TERMS, new)
    ]
    assert found == [
        (KPI_LABEL[Kpi.AMICABLE], "ten minste 93%, over 12 maanden", "ten minste 95%, over 12 maanden"),
        ("tarief: per dossier", "€ 45,00", "€ 50,00"),
        ("btw over kosten", "", "de corporatie verklaart dat zij btw niet kan aftrekken"),
        ("loopt tot en met", "geen einde afgesproken", "30-11-2027"),
        (KPI_LABEL[Kpi.CONTACT], "ten hoogste 5, over 6 maanden", ""),
    ]  # fmt: skip
