"""Addresses. Dutch words, because people read them."""

from __future__ import annotations

from django.urls import path

from tijdig.api.main import api
from tijdig.web import (
    views_account,
    views_adopt,
    views_batches,
    views_claim,
    views_imports,
    views_law,
    views_letter,
    views_letters,
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
    path("brieven", views_letters.outbox, name="letters"),
    path("brieven/stand", views_letters.top, name="letters-top"),
    path("brieven/bericht/<int:pk>", views_letters.act, name="sending-act"),
    path("brieven/batch", views_batches.make, name="batch-make"),
    path("brieven/batch/<int:pk>", views_batches.show, name="batch"),
    path("brieven/batch/<int:pk>/meegeven", views_batches.hand_over, name="batch-hand-over"),
    path("brieven/batch/<int:pk>/intrekken", views_batches.undo, name="batch-undo"),
    path("brieven/batch/deel/<int:pk>", views_batches.part, name="batch-part"),
    path("brieven/<int:pk>", views_letter.letter, name="letter"),
    path("brieven/<int:pk>/pdf", views_letter.pdf, name="letter-pdf"),
    path("brieven/<int:pk>/stuur", views_letter.send, name="letter-send"),
    path("postvak", views_letters.mailbox, name="mailbox"),
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
