"""Addresses. Dutch words, because people read them."""

from __future__ import annotations

from django.urls import path

from tijdig.api.main import api
from tijdig.web import (
    views_account,
    views_adopt,
    views_claim,
    views_imports,
    views_law,
    views_night,
    views_tenancy,
    views_worklist,
)
from tijdig.web.stream import stream

urlpatterns = [
    path("", views_account.home, name="home"),
    path("aanmelden", views_account.sign_in, name="sign-in"),
    path("afmelden", views_account.sign_out, name="sign-out"),
    path("taal", views_account.language, name="language"),
    path("werkvoorraad", views_worklist.worklist, name="worklist"),
    path("werkvoorraad/excel", views_worklist.export, name="worklist-export"),
    path("werkvoorraad/meldingen", views_worklist.alerts, name="worklist-alerts"),
    path("werkvoorraad/regel/<int:pk>", views_worklist.row, name="worklist-row"),
    path("zoeken", views_tenancy.search, name="search"),
    path("huurder/<int:pk>", views_tenancy.tenancy, name="tenancy"),
    path("huurder/<int:pk>/vordering", views_claim.claim, name="claim"),
    path("huurder/<int:pk>/vordering/overnemen", views_claim.take_on, name="claim-take-on"),
    path("inlezen", views_imports.imports, name="imports"),
    path("inlezen/<int:pk>", views_imports.import_file, name="import-file"),
    path("inlezen/<int:pk>/regel", views_imports.import_row, name="import-row"),
    path("inlezen/<int:pk>/opnieuw", views_imports.import_rerun, name="import-rerun"),
    path("inlezen/afschrift/<int:pk>", views_imports.statement_accept, name="statement-accept"),
    path("inlezen/toewijzen/<int:pk>", views_imports.line_assign, name="line-assign"),
    path("inlezen/herstel/<int:pk>", views_imports.quarantine_repair, name="quarantine-repair"),
    path("wachtrij", views_imports.queue, name="queue"),
    path("nachtronde", views_night.night, name="night"),
    path("beheer", views_night.doctor, name="doctor"),
    path("rekenhulp", views_law.index, name="law"),
    path("rekenhulp/incassokosten", views_law.costs, name="law-costs"),
    path("rekenhulp/rente", views_law.interest, name="law-interest"),
    path("rekenhulp/termijn", views_law.term, name="law-term"),
    path("recht", views_law.standing, name="law-standing"),
    path("afspraken", views_adopt.adopted, name="conventions"),
    path("stroom", stream, name="stream"),
    path("api/", api.urls),
]
handler403 = "tijdig.web.views_account.forbidden"
handler404 = "tijdig.web.views_account.not_found"
handler500 = "tijdig.web.views_account.broken"
