"""The words of the outbox: its trays, what may be done with a message, what was done, and how a try ended."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from tijdig.letters.deeds import Deed
from tijdig.letters.queries_box import Tray

TRAY = {
    Tray.WAITS: gettext_lazy("Wacht op iemand"),
    Tray.READY: gettext_lazy("Klaar om te gaan"),
    Tray.SENT: gettext_lazy("Verstuurd"),
    Tray.TAKEN_BACK: gettext_lazy("Ingetrokken"),
}
DEED = {
    Deed.RELEASE: gettext_lazy("Vrijgeven"),
    Deed.GO_AGAIN: gettext_lazy("Nog een keer sturen"),
    Deed.SAY_SENT: gettext_lazy("Leg vast"),
    Deed.HOLD_BACK: gettext_lazy("Tegenhouden"),
    Deed.TAKE_BACK: gettext_lazy("Intrekken"),
    Deed.CAME_BACK: gettext_lazy("Kwam terug"),
    Deed.DEAL_WITH: gettext_lazy("Is afgehandeld"),
    Deed.BY_PRINT: gettext_lazy("Op papier sturen"),
    Deed.BY_EMAIL: gettext_lazy("Per e-mail sturen"),
    Deed.BY_SMS: gettext_lazy("Per sms sturen"),
}
DONE = {
    Deed.RELEASE: gettext_lazy("Vrijgegeven. De brief gaat zodra het mag."),
    Deed.GO_AGAIN: gettext_lazy("De brief gaat nog een keer."),
    Deed.SAY_SENT: gettext_lazy("Vastgelegd dat de brief is verstuurd."),
    Deed.HOLD_BACK: gettext_lazy("Tegengehouden. De brief gaat niet zolang niemand hem vrijgeeft."),
    Deed.TAKE_BACK: gettext_lazy("Ingetrokken. De brief gaat niet."),
    Deed.CAME_BACK: gettext_lazy("Vastgelegd dat de brief terugkwam. Hij telt niet meer als bezorgd."),
    Deed.DEAL_WITH: gettext_lazy("Afgehandeld."),
    Deed.BY_PRINT: gettext_lazy("De brief gaat nu op papier, met de volgende printbatch."),
    Deed.BY_EMAIL: gettext_lazy("De brief gaat nu per e-mail."),
    Deed.BY_SMS: gettext_lazy("De brief gaat nu per sms."),
}
TRIED = {
    "begun": gettext_lazy("aangeboden"),
    "sent": gettext_lazy("aangenomen"),
    "refused": gettext_lazy("geweigerd"),
    "later": gettext_lazy("lukte nu niet"),
    "unsure": gettext_lazy("geen zeker antwoord"),
}
