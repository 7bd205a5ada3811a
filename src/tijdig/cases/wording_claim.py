"""The words of a claim in Dutch: parts of the rent, ways of sending, where a legal term stands, what to do with a doubt."""

from __future__ import annotations

from typing import NamedTuple

from tijdig.arrears.claim import Claim
from tijdig.law.answer import once

RENT_PARTS = {
    "NET": "kale huur",
    "SER": "servicekosten",
    "VER": "verbruik",
    "PAR": "parkeren",
    "DIE": "diensten",
    "HUA": "huuraanpassing",
    "EEN": "eenmalig",
    "KOO": "koopsom",
    "STA": "starterslening",
}
CHANNELS = {"print": "op papier", "email": "per e-mail", "sms": "per sms"}
TO_DO = {
    "after_known": "Zoek op wat er nu geldt, en laat de beheerder het getal bijwerken.",
    "unconfirmed": "Zoek de tekst van de wet op bij de bron, en laat de beheerder het getal bevestigen.",
    "before_first": "Kijk of deze dag klopt. Zo ja, reken dit deel met de hand na.",
    "unknown": "Kijk in de brief of in de wet wat er staat, en reken dit deel met de hand na.",
    "costs_booked": "Zoek de brief waarmee deze kosten verschuldigd werden, of boek ze terug.",
    "interest_booked": "Kijk over welke maanden die rente ging. Klopt het niet, boek haar dan terug.",
    "court_costs_booked": "Zoek het vonnis of het exploot erbij, en noem dat als u dit overneemt. Anders: boek ze terug.",
    "prescribed": "Kijk of er een brief of erkenning is die de verjaring stuitte. Anders: laat deze termijnen weg.",
    "announced_too_high": "Stuur een nieuwe brief met het goede bedrag, of laat de kosten weg.",
}
REFUSED = {
    "reason_missing": "Schrijf waarom u dit overneemt. Uw naam en de reden staan op de afdruk.",
    "reason_long": "De reden is te lang. Schrijf ten hoogste 400 tekens.",
    "changed": "De vordering is veranderd sinds u haar opende. Kijk nog eens wat er niet zeker is.",
    "sure": "Op deze dag is alles zeker. U hoeft niets over te nemen.",
}


class Legal(NamedTuple):
    """A legal term on the page, with the sentences where it stands and the quantity of the law room behind it."""

    key: str
    term: str
    sentences: tuple[str, ...]
    quantity: str = ""


_IMPUTATION = "Artikelen 6:43 en 6:44 BW: eerst de schuld die de huurder aanwijst, dan wat opeisbaar is, de oudste eerst."
_DEFAULT = (
    "Artikelen 6:81 en 6:83 sub a BW: wie een vaste dag laat voorbijgaan, is vanaf de dag erna in verzuim."
)
_OLDER_RENT = (
    "ECLI:NL:RBAMS:2025:6446, ECLI:NL:RBNHO:2025:6424 en ECLI:NL:GHAMS:2025:3360: wat er gebeurt als een rechter de "
    "huurverhogingen schrapt."
)


def legal_terms(claim: Claim, *, older_rent: bool) -> list[Legal]:
    """Where each legal term of this claim stands, in the order in which a reader meets them; only those that it uses."""
    interest = once(*(one.interest.sources for one in claim.instalments if one.interest))
    costs = once(*(one.sources for one in claim.costs))
    found = [
        Legal("verzuim", "in verzuim", (_DEFAULT,) if claim.instalments else ()),
        Legal("toerekening", "welke betaling wat aflost", (_IMPUTATION,) if claim.instalments else ()),
        Legal("rente", "wettelijke rente", tuple(one.sentence for one in interest), "statutory_interest"),
        Legal("kosten", "incassokosten", tuple(one.sentence for one in costs), "collection_cost_scale"),
        Legal("huur", "een eerdere huur", (_OLDER_RENT,) if older_rent else ()),
    ]
    return [one for one in found if one.sentences]
