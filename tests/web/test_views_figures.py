"""The figures of an agreement on the page of both sides: every file behind one can be looked at."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone
from tests.bailiff import partners
from tests.letters import offices

from tijdig.access.roles import Role
from tijdig.bailiff.actions_agreement import end_agreement
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.agreement import Target
from tijdig.bailiff.kinds import KPI_DEFINITION, Direction, End, Kpi, Side
from tijdig.web import views_figures

if TYPE_CHECKING:
    from doors import Corporation


def _page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def _section(page: str, kpi: Kpi) -> str:
    return page.partition(f'id="kpi-{kpi}"')[2].partition("</section>")[0]


def test_more_files_than_fit_are_told_and_there_for_both_sides(
    corporation: Corporation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: offices.TODAY)
    monkeypatch.setattr(views_figures, "MOST_BEHIND", 2)
    organisation, who = corporation.organisation, partners.partner()
    more = replace(
        partners.TERMS,
        targets=(*partners.TERMS.targets, Target(Kpi.KEPT, Direction.AT_LEAST, 80, 12)),
    )
    agreement = partners.agreed(organisation, who, terms=more)
    for number in range(1, 6):
        assert partners.handed(organisation, partners.ready(organisation, number), who[0])
    bailiff = Client()
    given = {"username": f"{who[2]}@maas.example", "password": "x"}
    assert bailiff.post("/aanmelden", given).status_code == 302
    ours = (corporation.signed_in(Role.TEAM_LEAD), f"/deurwaarders/afspraken/{agreement}/cijfers")
    theirs = (bailiff, f"/dossiers/{organisation}/afspraken/{agreement}/cijfers")
    for client, address in (ours, theirs):
        few = _section(_page(client, address), Kpi.CONTACT)
        assert few.count("0 dagen") == 3  # the figure itself too
        assert "En nog 3: toon alle" in few and f'href="?alles={Kpi.CONTACT}#kpi-{Kpi.CONTACT}"' in few
        every = _page(client, f"{address}?alles={Kpi.CONTACT}")
        assert _section(every, Kpi.CONTACT).count("0 dagen") == 6 and "toon alle" not in every
        assert "<details open>" in _section(every, Kpi.CONTACT)
        kept = _section(every, Kpi.KEPT)
        assert "0 regelingen in 12 maanden" in kept and KPI_DEFINITION[Kpi.KEPT] in kept


def test_where_nothing_is_agreed_any_more_the_partner_reads_that_and_no_other_figures(
    corporation: Corporation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a file of more than a year, unpaid, the partner sees nothing: it would count as solved."""
    organisation, who = corporation.organisation, partners.partner()
    agreement = partners.agreed(organisation, who)
    number = partners.handed(organisation, partners.ready(organisation), who[0])
    assert number is not None
    later = offices.TODAY + timedelta(days=400)
    monkeypatch.setattr(timezone, "localdate", lambda *_: later)
    bailiff = Client()
    assert (
        bailiff.post("/aanmelden", {"username": f"{who[2]}@maas.example", "password": "x"}).status_code == 302
    )
    lead = corporation.signed_in(Role.TEAM_LEAD)

    def shown() -> list[tuple[bool, bool, str]]:
        pages = [
            _page(lead, f"/deurwaarders/afspraken/{agreement}/cijfers"),
            _page(bailiff, f"/dossiers/{organisation}/afspraken/{agreement}/cijfers"),
        ]
        return [
            (
                "gelden niet meer" in page,
                "Beide kanten zien dezelfde" in page,
                figure.group(1) if figure else "",
            )
            for page in pages
            for figure in [re.search(r"kpi-value\">([^<]*)<", _section(page, Kpi.AMICABLE))]
        ]

    assert shown() == [(False, True, "0%"), (False, True, "0%")]
    end_agreement(
        organisation_id=organisation,
        agreement_id=agreement,
        side=Side.CORPORATION,
        end_on=offices.TODAY,
        **partners.BY,
    )
    assert shown() == [(True, False, "0%"), (True, False, "")]
    end_file(
        organisation_id=organisation, file_id=number, side=Side.CORPORATION, end=End.UNCOLLECTABLE,
        **(partners.BY | {"on": later}),
    )  # fmt: skip
    assert shown() == [(False, True, "0%"), (False, True, "0%")]
