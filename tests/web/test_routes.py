"""Every address, as every role and as nobody, read and written: who gets in is written down here, whole.

A route that is not in `MATRIX` fails, so that nobody adds a page without saying who may see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from tests.caseload import people
from tests.conferences import groups
from tests.contacts import answers
from tests.help import counsellors
from tests.letters import offices

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.carriers.channel import Channel
from tijdig.letters.actions import write
from tijdig.letters.actions_print import make_batch, make_part
from tijdig.letters.letter import Kind
from tijdig.letters.wish import Wish

WHO = (None, *Role)

MATRIX: dict[str, tuple[str, str]] = {
    # address: (GET, POST), each for: nobody, consultant, team lead, manager, customer service, caretaker, administrator
    "": ("302 302 302 302 302 302 302", "405 405 405 405 405 405 405"),
    "aanmelden": ("200 200 200 200 200 200 200", "400 400 400 400 400 400 400"),
    # Half a sign-in opens these two; to anybody else they say: sign in first.
    "aanmelden/code": ("302 302 302 302 302 302 302", "302 302 302 302 302 302 302"),
    "aanmelden/instellen": ("302 302 302 302 302 302 302", "302 302 302 302 302 302 302"),
    "aanmelden/sleutel": ("200 200 200 200 200 200 200", "400 400 400 400 400 400 400"),
    "account/sleutels/nieuw": ("302 405 405 405 405 405 405", "302 400 400 400 400 400 400"),
    "account/sleutels": ("302 405 405 405 405 405 405", "302 400 400 400 400 400 400"),
    "account/sleutels/<int:pk>": ("302 405 405 405 405 405 405", "302 400 400 400 400 400 400"),
    "account": ("302 200 200 200 200 200 200", "302 405 405 405 405 405 405"),
    "account/wachtwoord": ("302 405 405 405 405 405 405", "302 400 400 400 400 400 400"),
    "account/tweede-stap": ("302 200 200 200 200 200 200", "302 400 400 400 400 400 400"),
    "account/tweede-stap/codes": ("302 405 405 405 405 405 405", "302 400 400 400 400 400 400"),
    "account/tweede-stap/weg": ("302 405 405 405 405 405 405", "302 400 400 400 400 400 400"),
    "account/overal-af": ("302 405 405 405 405 405 405", "302 302 302 302 302 302 302"),
    "mensen": ("302 403 403 403 403 403 200", "302 405 405 405 405 405 405"),
    "mensen/uitnodigen": ("302 405 405 405 405 405 405", "302 403 403 403 403 403 400"),
    "mensen/aanmelden": ("302 405 405 405 405 405 405", "302 403 403 403 403 403 400"),
    "mensen/uitnodiging/<int:pk>/intrekken": ("302 405 405 405 405 405 405", "302 403 403 403 403 403 302"),
    "mensen/<int:pk>": ("302 403 403 403 403 403 404", "302 403 403 403 403 403 404"),
    "mensen/aanbieder": ("302 403 403 403 403 403 200", "302 403 403 403 403 403 400"),
    "inloggen": ("200 200 200 200 200 200 200", "405 405 405 405 405 405 405"),
    "inloggen/<slug:slug>": ("404 404 404 404 404 404 404", "405 405 405 405 405 405 405"),
    "inloggen/<slug:slug>/terug": ("404 404 404 404 404 404 404", "405 405 405 405 405 405 405"),
    # Whoever holds a link; nobody holds this one.
    "uitnodiging/<str:token>": ("404 404 404 404 404 404 404", "404 404 404 404 404 404 404"),
    "afmelden": ("405 405 405 405 405 405 405", "302 302 302 302 302 302 302"),
    "taal": ("405 405 405 405 405 405 405", "302 302 302 302 302 302 302"),
    "handleiding": ("200 200 200 200 200 200 200", "405 405 405 405 405 405 405"),
    "handleiding/beelden/<str:name>": ("404 404 404 404 404 404 404", "405 405 405 405 405 405 405"),
    "goedkeuren": ("302 200 200 403 403 403 403", "302 302 302 403 403 403 403"),
    "huurder/<int:pk>/stap": ("302 404 404 403 403 403 403", "302 404 404 403 403 403 403"),
    "huurder/<int:pk>/overdracht": ("302 200 200 200 200 403 403", "302 400 400 403 403 403 403"),
    "deurwaarders": ("302 200 200 200 403 403 403", "302 403 302 302 403 403 403"),
    "deurwaarders/afspraken/nieuw": ("302 403 200 200 403 403 403", "302 403 400 400 403 403 403"),
    "deurwaarders/afspraken/<int:pk>": ("302 404 404 404 403 403 403", "302 403 404 404 403 403 403"),
    "deurwaarders/afspraken/<int:pk>/cijfers": ("302 404 404 404 403 403 403", "302 405 405 405 405 405 405"),
    "dossiers/<int:organisation>/afspraken/<int:pk>/cijfers": (
        "302 403 403 403 403 403 403",
        "302 405 405 405 405 405 405",
    ),
    "dossiers": ("302 403 403 403 403 403 403", "302 405 405 405 405 405 405"),
    "dossiers/<int:organisation>/<int:pk>": ("302 403 403 403 403 403 403", "302 403 403 403 403 403 403"),
    "huurder/<int:pk>/deurwaarder/pakket.pdf": (
        "302 404 404 404 403 403 403",
        "302 404 404 404 403 403 403",
    ),
    "huurder/<int:pk>/deurwaarder/rekening.csv": (
        "302 404 404 404 403 403 403",
        "302 404 404 404 403 403 403",
    ),
    "huurder/<int:pk>/deurwaarder/externe-incasso.json": (
        "302 404 404 404 403 403 403",
        "302 404 404 404 403 403 403",
    ),
    "dossiers/<int:organisation>/<int:pk>/externe-incasso.json": (
        "302 403 403 403 403 403 403",
        "302 403 403 403 403 403 403",
    ),
    "dossiers/<int:organisation>/<int:pk>/pakket.pdf": (
        "302 403 403 403 403 403 403",
        "302 403 403 403 403 403 403",
    ),
    "dossiers/<int:organisation>/<int:pk>/rekening.csv": (
        "302 403 403 403 403 403 403",
        "302 403 403 403 403 403 403",
    ),
    "huurder/<int:pk>/deurwaarder/laatste-kans": (
        "302 404 404 404 404 403 403",
        "302 405 405 405 405 405 405",
    ),
    "dossiers/<int:organisation>/<int:pk>/laatste-kans": (
        "302 403 403 403 403 403 403",
        "302 405 405 405 405 405 405",
    ),
    "dossiers/<int:organisation>/<int:pk>/binnen": (
        "302 403 403 403 403 403 403",
        "302 405 405 405 405 405 405",
    ),
    "huurder/<int:pk>/deurwaarder/binnen": ("302 404 404 404 404 403 403", "302 405 405 405 405 405 405"),
    "huurder/<int:pk>/deurwaarder": ("302 404 404 404 404 403 403", "302 404 404 403 403 403 403"),
    "dossiers/<int:organisation>/<int:pk>/contact": (
        "302 403 403 403 403 403 403",
        "302 403 403 403 403 403 403",
    ),
    "dossiers/<int:organisation>/<int:pk>/regeling": (
        "302 403 403 403 403 403 403",
        "302 403 403 403 403 403 403",
    ),
    "dossiers/<int:organisation>/<int:pk>/regeling/kijk": (
        "302 405 405 405 405 405 405",
        "302 403 403 403 403 403 403",
    ),
    "dossiers/<int:organisation>/<int:pk>/regeling/<int:number>": (
        "302 405 405 405 405 405 405",
        "302 403 403 403 403 403 403",
    ),
    "dossiers/<int:organisation>/afspraken/<int:pk>": (
        "302 403 403 403 403 403 403",
        "302 403 403 403 403 403 403",
    ),
    "huurder/<int:pk>/vroegsignaal": ("302 200 200 200 200 403 403", "302 400 400 403 403 403 403"),
    "huurder/<int:pk>/vroegsignaal/nee": ("302 405 405 405 405 405 405", "302 302 302 403 302 403 403"),
    "huurder/<int:pk>/zorg": ("302 200 200 403 200 200 403", "302 400 400 403 400 400 403"),
    "zorgen": ("302 200 200 403 200 200 403", "302 405 405 405 405 405 405"),
    "zorgen/<int:pk>/oppakken": ("302 405 405 405 405 405 405", "302 302 302 403 403 403 403"),
    "huurder/<int:pk>/hulp": ("302 200 200 200 200 403 403", "302 400 400 403 400 403 403"),
    "huurder/<int:pk>/hulp/verwijzen": ("302 200 200 403 403 403 403", "302 400 400 403 403 403 403"),
    "huurder/<int:pk>/hulp/<int:number>": ("302 405 405 405 405 405 405", "302 404 404 403 403 403 403"),
    "hulp/gevolg": ("302 200 200 200 403 403 403", "302 405 405 405 405 405 405"),
    "wegwijzer": ("302 200 200 200 403 403 200", "302 405 405 405 405 405 405"),
    "wegwijzer/nieuw": ("302 403 200 403 403 403 200", "302 403 400 403 403 403 400"),
    "wegwijzer/<int:pk>": ("302 403 404 403 403 403 404", "302 403 404 403 403 403 404"),
    "vroegsignalen": ("302 200 200 200 403 403 403", "302 405 405 405 405 405 405"),
    "vroegsignalen/melden/<int:pk>": ("302 405 405 405 405 405 405", "302 302 302 403 403 403 403"),
    "vroegsignalen/bestand/<int:pk>": ("302 404 404 404 403 403 403", "302 405 405 405 405 405 405"),
    "vroegsignalen/antwoorden": ("302 405 405 405 405 405 405", "302 302 302 403 403 403 403"),
    "schuldhulp": ("302 200 200 200 403 403 200", "302 405 405 405 405 405 405"),
    "schuldhulp/bestand": ("302 405 405 405 405 405 405", "302 302 302 403 403 403 302"),
    "schuldhulp/uitvoer": ("302 405 405 405 405 405 405", "302 302 302 403 403 403 403"),
    "schuldhulp/uitvoer/<int:pk>": ("302 404 404 404 403 403 403", "302 405 405 405 405 405 405"),
    "schuldhulp/<int:pk>": ("302 200 200 200 403 403 403", "302 400 400 403 403 403 403"),
    "gemeenten": ("302 200 200 200 403 403 200", "302 405 405 405 405 405 405"),
    "gemeenten/nieuw": ("302 403 200 403 403 403 200", "302 403 400 403 403 403 400"),
    "gemeenten/<int:pk>": ("302 403 404 403 403 403 404", "302 403 404 403 403 403 404"),
    "vandaag": ("302 200 200 200 403 403 403", "302 405 405 405 405 405 405"),
    "vandaag/gezien": ("302 405 405 405 405 405 405", "302 302 302 302 403 403 403"),
    "toezicht": ("302 403 200 200 403 403 403", "302 405 405 405 405 405 405"),
    "huurder/<int:pk>/termijn/<str:deadline>": (
        "302 404 404 403 403 403 403",
        "302 404 404 403 403 403 403",
    ),
    "werkvoorraad": ("302 200 200 200 403 403 403", "302 405 405 405 405 405 405"),
    "werkvoorraad/excel": ("302 200 200 200 403 403 403", "302 405 405 405 405 405 405"),
    "werkvoorraad/meldingen": ("302 200 200 200 403 403 403", "302 405 405 405 405 405 405"),
    "werkvoorraad/regel/<int:pk>": ("302 200 200 200 403 403 403", "302 405 405 405 405 405 405"),
    "werkwijze": ("302 200 200 200 403 403 403", "302 405 405 405 405 405 405"),
    "werkwijze/proef": ("302 403 200 403 403 403 403", "302 403 200 403 403 403 403"),
    "werkwijze/bewaar": ("302 405 405 405 405 405 405", "302 403 302 403 403 403 403"),
    "werkwijze/<int:pk>/ingaan": ("302 405 405 405 405 405 405", "302 403 302 403 403 403 403"),
    "werkwijze/<int:pk>/verschil": ("302 404 404 404 403 403 403", "302 405 405 405 405 405 405"),
    "zoeken": ("302 200 200 200 200 200 200", "302 405 405 405 405 405 405"),
    "huurder/<int:pk>": ("302 200 200 200 200 403 403", "302 405 405 405 405 405 405"),
    "huurder/<int:pk>/inzage": ("302 403 200 200 403 403 200", "302 405 405 405 405 405 405"),
    "huurder/<int:pk>/inzage/bestand": ("302 403 200 200 403 403 200", "302 403 400 400 403 403 400"),
    "medewerkers/<int:pk>/inzage": ("302 403 403 403 403 403 200", "302 405 405 405 405 405 405"),
    "medewerkers/<int:pk>/inzage/bestand": ("302 403 403 403 403 403 200", "302 403 403 403 403 403 400"),
    "huurder/<int:pk>/vordering": ("302 200 200 200 200 403 403", "302 405 405 405 405 405 405"),
    "huurder/<int:pk>/vordering/overnemen": ("302 405 405 405 405 405 405", "302 302 302 403 403 403 403"),
    "huurder/<int:pk>/gesprek": ("302 200 200 403 200 403 403", "302 400 400 403 400 403 403"),
    "huurder/<int:pk>/gesprek/rekenen": ("302 200 200 403 403 403 403", "302 405 405 405 405 405 405"),
    "huurder/<int:pk>/bezig": ("302 200 200 200 200 403 403", "302 302 302 403 302 403 403"),
    "ongedaan": ("302 405 405 405 405 405 405", "302 302 302 403 302 403 403"),
    "huurder/<int:pk>/contact": ("302 200 200 403 200 403 403", "302 400 400 403 400 403 403"),
    "huurder/<int:pk>/contact/<int:number>/intrekken": (
        "302 405 405 405 405 405 405",
        "302 404 404 403 404 403 403",
    ),
    "huurder/<int:pk>/afwijken": ("302 200 200 200 200 403 403", "302 400 400 403 403 403 403"),
    "huurder/<int:pk>/afwijken/<int:number>/beeindig": (
        "302 405 405 405 405 405 405",
        "302 404 404 403 403 403 403",
    ),
    "huurder/<int:pk>/bijzonderheden": ("302 200 200 200 200 403 403", "302 400 400 403 400 403 403"),
    "huurder/<int:pk>/bijzonderheden/<int:number>/einde": (
        "302 404 404 403 403 403 403",
        "302 404 404 403 403 403 403",
    ),
    "huurder/<int:pk>/bezwaar": ("302 200 200 200 200 403 403", "302 400 400 403 400 403 403"),
    "huurder/<int:pk>/bezwaar/<int:number>": ("302 404 404 404 404 403 403", "302 404 404 403 403 403 403"),
    "huurder/<int:pk>/besluit/<int:number>": ("302 404 404 404 404 403 403", "302 405 405 405 405 405 405"),
    "huurder/<int:pk>/uitleg": ("302 200 200 200 200 403 403", "302 405 405 405 405 405 405"),
    "bezwaren": ("302 200 200 200 200 403 403", "302 405 405 405 405 405 405"),
    "huurder/<int:pk>/regeling": ("302 200 200 200 200 403 403", "302 400 400 403 403 403 403"),
    "huurder/<int:pk>/regeling/voorbeeld": ("302 405 405 405 405 405 405", "302 200 200 403 403 403 403"),
    "huurder/<int:pk>/regeling/<int:number>": ("302 405 405 405 405 405 405", "302 404 404 403 403 403 403"),
    "brieven": ("302 200 200 200 403 403 403", "302 405 405 405 405 405 405"),
    "brieven/stand": ("302 200 200 200 403 403 403", "302 405 405 405 405 405 405"),
    "brieven/bericht/<int:pk>": ("302 405 405 405 405 405 405", "302 302 302 403 403 403 403"),
    "brieven/batch": ("302 405 405 405 405 405 405", "302 302 302 403 403 403 403"),
    "brieven/batch/<int:pk>": ("302 200 200 403 403 403 403", "302 405 405 405 405 405 405"),
    "brieven/batch/<int:pk>/meegeven": ("302 405 405 405 405 405 405", "302 422 422 403 403 403 403"),
    "brieven/batch/<int:pk>/intrekken": ("302 405 405 405 405 405 405", "302 302 302 403 403 403 403"),
    "brieven/batch/deel/<int:pk>": ("302 200 200 403 403 403 403", "302 405 405 405 405 405 405"),
    "brieven/<int:pk>": ("302 200 200 200 200 403 403", "302 405 405 405 405 405 405"),
    "brieven/<int:pk>/pdf": ("302 200 200 200 200 403 403", "302 405 405 405 405 405 405"),
    "brieven/<int:pk>/stuur": ("302 405 405 405 405 405 405", "302 302 302 403 403 403 403"),
    "postvak": ("302 200 200 200 403 403 403", "302 405 405 405 405 405 405"),
    "brieven/teksten": ("302 200 200 200 403 403 200", "302 405 405 405 405 405 405"),
    "brieven/teksten/<str:kind>": ("302 403 200 200 403 403 200", "302 403 200 200 403 403 200"),
    "brieven/teksten/<str:kind>/voorbeeld": ("302 405 405 405 405 405 405", "302 403 200 200 403 403 200"),
    "brieven/teksten/<str:kind>/versie/<int:pk>": (
        "302 200 200 200 403 403 200",
        "302 403 302 302 403 403 302",
    ),
    "brieven/afzender": ("302 403 200 200 403 403 200", "302 403 400 400 403 403 400"),
    "brieven/afzender/voorbeeld": ("302 405 405 405 405 405 405", "302 403 200 200 403 403 200"),
    "huurder/<int:pk>/overleg": ("302 200 200 200 403 403 403", "302 400 400 403 403 403 403"),
    "huurder/<int:pk>/overleg/weg": ("302 405 405 405 405 405 405", "302 302 302 403 403 403 403"),
    "overleg": ("302 200 200 200 403 403 403", "302 400 400 403 403 403 403"),
    "overleg/<int:pk>": ("302 200 200 200 403 403 403", "302 405 405 405 405 405 405"),
    "overleg/<int:pk>/aanwezig": ("302 405 405 405 405 405 405", "302 400 400 403 403 403 403"),
    "overleg/<int:pk>/besluit/<int:number>": ("302 405 405 405 405 405 405", "302 302 302 403 403 403 403"),
    "overleg/<int:pk>/sluit": ("302 405 405 405 405 405 405", "302 302 302 403 403 403 403"),
    "overleg/<int:pk>/verslag": ("302 200 200 200 403 403 403", "302 405 405 405 405 405 405"),
    "huurder/<int:pk>/behandelaar": ("302 200 200 403 403 403 403", "302 400 400 403 403 403 403"),
    "team": ("302 403 200 200 403 403 403", "302 403 302 302 403 403 403"),
    "team/<int:pk>": ("302 403 200 200 403 403 403", "302 403 400 400 403 403 403"),
    "huurder/<int:pk>/voorkeuren": ("302 200 200 200 200 403 403", "302 404 404 404 404 403 403"),
    "huurder/<int:pk>/brief": ("302 200 200 403 403 403 403", "302 405 405 405 405 405 405"),
    "huurder/<int:pk>/brief/<str:kind>": ("302 200 200 403 403 403 403", "302 400 400 403 403 403 403"),
    "huurder/<int:pk>/brief/<str:kind>/voorbeeld": (
        "302 405 405 405 405 405 405",
        "302 200 200 403 403 403 403",
    ),
    # What providers call: nobody signs in there, and nobody learns anything.
    "hint/betaling/<int:organisation>/<uuid:key>": (
        "405 405 405 405 405 405 405",
        "204 204 204 204 204 204 204",
    ),
    "hint/sms/<int:organisation>": ("405 405 405 405 405 405 405", "204 204 204 204 204 204 204"),
    "hint/sms-antwoord/<int:organisation>": ("405 405 405 405 405 405 405", "400 400 400 400 400 400 400"),
    "inlezen": ("302 200 200 403 403 403 200", "302 302 302 403 403 403 302"),
    "inlezen/<int:pk>": ("302 200 200 403 403 403 200", "302 405 405 405 405 405 405"),
    "inlezen/<int:pk>/regel": ("302 200 200 403 403 403 200", "302 405 405 405 405 405 405"),
    "inlezen/<int:pk>/opnieuw": ("302 405 405 405 405 405 405", "302 302 302 403 403 403 302"),
    "inlezen/afschrift/<int:pk>": ("302 405 405 405 405 405 405", "302 403 302 403 403 403 302"),
    "inlezen/toewijzen/<int:pk>": ("302 405 405 405 405 405 405", "302 302 302 403 403 403 403"),
    "inlezen/herstel/<int:pk>": ("302 405 405 405 405 405 405", "302 302 302 403 403 403 302"),
    "wachtrij": ("302 200 200 403 403 403 403", "302 405 405 405 405 405 405"),
    "antwoorden": ("302 200 200 403 200 403 403", "302 405 405 405 405 405 405"),
    "antwoorden/<int:pk>": ("302 200 200 200 200 403 403", "302 302 302 403 302 403 403"),
    "nachtronde": ("302 200 200 200 403 403 200", "302 403 302 403 403 403 302"),
    "huurder/<int:pk>/inzageverzoek": ("302 200 200 200 403 403 403", "302 200 200 200 403 403 403"),
    "huurder/<int:pk>/bewaren": ("302 200 200 200 200 403 403", "302 400 400 400 403 403 403"),
    "beheer/bewaren": ("302 403 200 200 403 403 200", "302 403 403 400 403 403 400"),
    "beheer/verwerkingen": ("302 403 200 200 403 403 200", "302 403 403 403 403 403 400"),
    "beheer/verwerkingen/bestand": ("302 403 200 200 403 403 200", "302 405 405 405 405 405 405"),
    "beheer": ("302 403 403 403 403 403 200", "302 405 405 405 405 405 405"),
    "beheer/webhooks": ("302 403 403 403 403 403 200", "302 403 403 403 403 403 400"),
    "beheer/webhooks/<int:pk>": ("302 403 403 403 403 403 404", "302 403 403 403 403 403 404"),
    "beheer/programmas": ("302 403 403 403 403 403 200", "302 403 403 403 403 403 400"),
    "beheer/programmas/<int:pk>": ("302 405 405 405 405 405 405", "302 403 403 403 403 403 400"),
    "afspraken": ("302 200 200 200 200 403 200", "302 403 400 400 403 403 403"),
    # The calculators and where the law stands are for everybody: to a visitor nothing of a corporation is read.
    "rekenhulp": ("200 200 200 200 200 200 200", "405 405 405 405 405 405 405"),
    "rekenhulp/incassokosten": ("200 200 200 200 200 200 200", "405 405 405 405 405 405 405"),
    "rekenhulp/rente": ("200 200 200 200 200 200 200", "405 405 405 405 405 405 405"),
    "rekenhulp/termijn": ("200 200 200 200 200 200 200", "405 405 405 405 405 405 405"),
    "recht": ("200 200 200 200 200 200 200", "405 405 405 405 405 405 405"),
    "stroom": ("401 200 200 200 403 403 200", "401 405 405 405 405 405 405"),
    # A session opens nothing at the door for programs: that door asks for a token.
    "vera/v4/": ("404 404 404 404 404 404 404", "404 404 404 404 404 404 404"),
    "vera/v4/openapi.json": ("200 200 200 200 200 200 200", "200 200 200 200 200 200 200"),
    "vera/v4/ping": ("200 200 200 200 200 200 200", "405 405 405 405 405 405 405"),
    "vera/v4/oauth/token": ("405 405 405 405 405 405 405", "400 400 400 400 400 400 400"),
    "vera/v4/betalingsregelingen": ("401 401 401 401 401 401 401", "401 401 401 401 401 401 401"),
    "vera/v4/betalingsregelingen/<pk>": ("401 401 401 401 401 401 401", "405 405 405 405 405 405 405"),
    "vera/v4/externe-incassos": ("401 401 401 401 401 401 401", "401 401 401 401 401 401 401"),
    "vera/v4/externe-incassos/<pk>": ("401 401 401 401 401 401 401", "405 405 405 405 405 405 405"),
    "vera/v4/externe-incassos/<pk>/pakket.pdf": (
        "401 401 401 401 401 401 401",
        "405 405 405 405 405 405 405",
    ),
    "api/": ("404 404 404 404 404 404 404", "404 404 404 404 404 404 404"),
    "api/openapi.json": ("200 200 200 200 200 200 200", "200 200 200 200 200 200 200"),
    "api/v1/entries": ("405 405 405 405 405 405 405", "401 401 401 401 401 401 401"),
    "api/v1/tenancies/<contract>": ("405 405 405 405 405 405 405", "405 405 405 405 405 405 405"),
    "api/v1/tenancies/<contract>/position": ("401 401 401 401 401 401 401", "405 405 405 405 405 405 405"),
}


def walk(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """The address of every route, as written in the tables of routes."""
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from walk(found, prefix + str(found.pattern))
        elif isinstance(found, URLPattern):
            yield prefix + str(found.pattern)


def first(table: str, clause: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} WHERE {clause} ORDER BY id LIMIT 1")
        return int(cursor.fetchone()[0])


def letters(corporation: Corporation, tenancy: int) -> dict[str, int]:
    """A letter on paper in a batch of its own, of a corporation that tries things out."""
    organisation, on = corporation.organisation, corporation.today
    offices.letterhead(organisation, trial=True)
    wish = Wish(tenancy_id=tenancy, kind=Kind.FRIENDLY_REMINDER, on=on, channel=Channel.PRINT)
    letter = write(organisation_id=organisation, actor="test", by="S", wish=wish, now=timezone.now())
    batch = make_batch(organisation_id=organisation, actor="test", on=on)
    assert batch is not None
    make_part(organisation_id=organisation, batch_id=batch)
    return {
        "brieven/bericht/<int:pk>": first("letters_sending", "true"),
        "brieven/batch/<int:pk>": batch,
        "brieven/batch/<int:pk>/meegeven": batch,
        "brieven/batch/<int:pk>/intrekken": batch,
        "brieven/batch/deel/<int:pk>": first("letters_batchpart", "true"),
        "brieven/<int:pk>": letter,
        "brieven/<int:pk>/pdf": letter,
        "brieven/<int:pk>/stuur": letter,
    }


def conference(corporation: Corporation, tenancy: int) -> dict[str, int]:
    """A conference that is going on, with the tenancy on its agenda."""
    organisation, on = corporation.organisation, corporation.today
    groups.asked(organisation, tenancy, on=on)
    held = groups.begun(organisation, held_on=on, on=on)
    of_one = ("", "/aanwezig", "/besluit/<int:number>", "/sluit", "/verslag")
    return {f"overleg/<int:pk>{page}": held for page in of_one} | {
        "huurder/<int:pk>/overleg": tenancy,
        "huurder/<int:pk>/overleg/weg": tenancy,
    }


@pytest.fixture
def places(corporation: Corporation) -> dict[str, int]:
    """A real row behind every numbered address."""
    debt_help = counsellors.conversation_of(corporation.organisation, corporation.today)
    corporation.lease(1)
    corporation.evaluate()
    day, *_ = corporation.read("camt/v02-day.xml", "camt/not-tying.xml", "camt/broken-entries.xml")
    with organisation_scope(corporation.organisation):
        tenancy = first("tenancies_tenancy", "true")
        made = letters(corporation, tenancy) | conference(corporation, tenancy)
        return made | {
            "werkvoorraad/regel/<int:pk>": tenancy,
            "huurder/<int:pk>": tenancy,
            "huurder/<int:pk>/inzage": tenancy,
            "huurder/<int:pk>/inzage/bestand": tenancy,
            "medewerkers/<int:pk>/inzage": people.consultant(corporation.organisation, "Bea B"),
            "medewerkers/<int:pk>/inzage/bestand": people.consultant(corporation.organisation, "Cor C"),
            "huurder/<int:pk>/inzageverzoek": tenancy,
            "huurder/<int:pk>/bewaren": tenancy,
            "huurder/<int:pk>/vordering": tenancy,
            "huurder/<int:pk>/voorkeuren": tenancy,
            "antwoorden/<int:pk>": answers.taken(corporation.organisation),
            "huurder/<int:pk>/behandelaar": tenancy,
            "team/<int:pk>": people.consultant(corporation.organisation, "Anna A"),
            "huurder/<int:pk>/bezig": tenancy,
            "huurder/<int:pk>/contact": tenancy,
            "huurder/<int:pk>/vroegsignaal": tenancy,
            "huurder/<int:pk>/overdracht": tenancy,
            "huurder/<int:pk>/deurwaarder": tenancy,
            "huurder/<int:pk>/deurwaarder/pakket.pdf": tenancy,
            "huurder/<int:pk>/deurwaarder/rekening.csv": tenancy,
            "huurder/<int:pk>/deurwaarder/laatste-kans": tenancy,
            "huurder/<int:pk>/deurwaarder/externe-incasso.json": tenancy,
            "huurder/<int:pk>/zorg": tenancy,
            "schuldhulp/<int:pk>": debt_help,
            "huurder/<int:pk>/hulp": tenancy,
            "huurder/<int:pk>/hulp/verwijzen": tenancy,
            "huurder/<int:pk>/hulp/<int:number>": tenancy,
            "huurder/<int:pk>/gesprek": tenancy,
            "huurder/<int:pk>/gesprek/rekenen": tenancy,
            "huurder/<int:pk>/contact/<int:number>/intrekken": tenancy,
            "huurder/<int:pk>/afwijken": tenancy,
            "huurder/<int:pk>/afwijken/<int:number>/beeindig": tenancy,
            "huurder/<int:pk>/bijzonderheden": tenancy,
            "huurder/<int:pk>/bijzonderheden/<int:number>/einde": tenancy,
            "huurder/<int:pk>/bezwaar": tenancy,
            "huurder/<int:pk>/bezwaar/<int:number>": tenancy,
            "huurder/<int:pk>/besluit/<int:number>": tenancy,
            "huurder/<int:pk>/uitleg": tenancy,
            "huurder/<int:pk>/regeling": tenancy,
            "huurder/<int:pk>/regeling/voorbeeld": tenancy,
            "huurder/<int:pk>/regeling/<int:number>": tenancy,
            "huurder/<int:pk>/brief": tenancy,
            "huurder/<int:pk>/brief/<str:kind>": tenancy,
            "huurder/<int:pk>/brief/<str:kind>/voorbeeld": tenancy,
            "huurder/<int:pk>/vordering/overnemen": tenancy,
            "inlezen/<int:pk>": day,
            "inlezen/<int:pk>/regel": day,
            "inlezen/<int:pk>/opnieuw": day,
            "inlezen/afschrift/<int:pk>": first("imports_statement", "state = 'held'"),
            "inlezen/toewijzen/<int:pk>": first("imports_line", "state = 'queued'"),
            "inlezen/herstel/<int:pk>": first("imports_quarantine", "state = 'open'"),
        }


def _address(route: str, places: dict[str, int]) -> str:
    filled = route.replace("<int:pk>", str(places.get(route, 0))).replace("<contract>", "C-1")
    filled = filled.replace("<str:kind>", "reminder").replace("<int:organisation>", "1")
    filled = (
        filled.replace("<int:number>", "0")
        .replace("<str:token>", "geen-token")
        .replace("<slug:slug>", "geen")
    )
    return "/" + filled.replace("<uuid:key>", "00000000-0000-0000-0000-000000000001")


def _answers(corporation: Corporation, places: dict[str, int], method: str) -> dict[str, str]:
    """What each of `WHO` gets at every route, written as in the table. Signing out goes last: it ends the session."""
    clients = [Client() if role is None else corporation.signed_in(role) for role in WHO]
    routes = sorted(MATRIX, key=lambda route: route == "afmelden")
    return {
        route: " ".join(str(getattr(one, method)(_address(route, places)).status_code) for one in clients)
        for route in routes
    }


OF_CARETAKERS = {"zoeken", "zorgen", "zorgen/<int:pk>/oppakken", "huurder/<int:pk>/zorg"}
OF_PARTNERS = {  # GET and POST, for who works there and for who leads it
    "dossiers": ("200 200", "405 405"),
    "dossiers/<int:organisation>/<int:pk>": ("404 404", "404 404"),
    "dossiers/<int:organisation>/<int:pk>/binnen": ("404 404", "405 405"),
    "dossiers/<int:organisation>/<int:pk>/contact": ("404 404", "404 404"),
    "dossiers/<int:organisation>/<int:pk>/pakket.pdf": ("404 404", "404 404"),
    "dossiers/<int:organisation>/<int:pk>/laatste-kans": ("404 404", "405 405"),
    "dossiers/<int:organisation>/<int:pk>/rekening.csv": ("404 404", "404 404"),
    "dossiers/<int:organisation>/<int:pk>/externe-incasso.json": ("404 404", "404 404"),
    "beheer/webhooks": ("403 200", "403 400"),
    "beheer/webhooks/<int:pk>": ("403 404", "403 404"),
    "beheer/programmas": ("403 200", "403 400"),
    "beheer/programmas/<int:pk>": ("405 405", "403 400"),
    "dossiers/<int:organisation>/<int:pk>/regeling": ("404 404", "404 404"),
    "dossiers/<int:organisation>/<int:pk>/regeling/kijk": ("405 405", "404 404"),
    "dossiers/<int:organisation>/<int:pk>/regeling/<int:number>": ("405 405", "404 404"),
    "stroom": ("200 200", "405 405"),
    "dossiers/<int:organisation>/afspraken/<int:pk>": ("404 404", "403 404"),
    "dossiers/<int:organisation>/afspraken/<int:pk>/cijfers": ("404 404", "405 405"),
    "mensen": ("403 200", "405 405"),
    "mensen/uitnodigen": ("405 405", "403 400"),
    "mensen/aanmelden": ("405 405", "403 400"),
    "mensen/uitnodiging/<int:pk>/intrekken": ("405 405", "403 302"),
    "mensen/<int:pk>": ("403 404", "403 404"),
    "mensen/aanbieder": ("403 200", "403 400"),
}


def _told(column: int) -> dict[str, str]:
    """The table, with what a partner's people get: what is for everybody, their own pages, and nothing else."""
    whole = {}
    for route, row in MATRIX.items():
        other = row[column].split()[5]  # a caretaker's
        same = other if route not in OF_CARETAKERS or other == "405" else "403"
        whole[route] = (
            f"{row[column]} {OF_PARTNERS[route][column] if route in OF_PARTNERS else f'{same} {same}'}"
        )
    return whole


def test_every_route_is_in_the_table() -> None:
    assert sorted(set(walk(get_resolver()))) == sorted(MATRIX)


def test_reading_lets_in_who_may(corporation: Corporation, places: dict[str, int]) -> None:
    assert _answers(corporation, places, "get") == _told(0)


def test_writing_lets_in_who_may(corporation: Corporation, places: dict[str, int]) -> None:
    assert _answers(corporation, places, "post") == _told(1)


@pytest.mark.parametrize("role", WHO)
def test_a_session_puts_no_tenancy(corporation: Corporation, role: Role | None) -> None:
    client = Client() if role is None else corporation.signed_in(role)
    answer = client.put("/api/v1/tenancies/C-1", {}, content_type="application/json")
    assert answer.status_code == 401


def test_a_caretaker_sees_no_amounts(corporation: Corporation) -> None:
    corporation.lease(1)
    corporation.evaluate()
    shown = {}
    for role in (Role.CARETAKER, Role.CUSTOMER_SERVICE):
        answer = corporation.signed_in(role).get("/zoeken", {"q": "Verzonnen1"}).content.decode()
        shown[role] = ("Proefstraat 1" in answer, "€" in answer)
    assert shown == {Role.CARETAKER: (True, False), Role.CUSTOMER_SERVICE: (True, True)}


@pytest.mark.parametrize("role", Role)
def test_the_menu_opens_only_what_the_role_may(
    role: Role, corporation: Corporation, places: dict[str, int]
) -> None:
    """A link that ends in "not yours" is a broken promise."""
    client = corporation.signed_in(role)
    menu = client.get("/", follow=True).content.decode().split('class="bar-nav"')[1].split("</nav>")[0]
    links = re.findall(r'href="([^"]+)"', menu)
    assert links != []
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)
