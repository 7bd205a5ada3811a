"""Names for people who do not exist, as mixed as the tenants of a Dutch corporation are.

Surnames stand with their prefix apart, as in an ERP; frequent names weigh more than rare ones. A bank writes
names in the SEPA character set: `plain` takes the accents off.
"""

from __future__ import annotations

from functools import cache
from unicodedata import combining, normalize

_DUTCH = """de Jong|Jansen|de Vries|van den Berg|van Dijk|Bakker|Janssen|Visser|Smit|Meijer|de Boer
Mulder|de Groot|Bos|Vos|Peters|Hendriks|van Leeuwen|Dekker|Brouwer|de Wit|Dijkstra|Smits
de Graaf|van der Meer|van der Linden|Kok|Jacobs|de Haan|Vermeulen|van den Heuvel
van der Veen|van den Broek|de Bruijn|de Bruin|van der Heijden|Schouten|van Beek|Willems
van Vliet|van de Ven|Hoekstra|Maas|Verhoeven|Koster|van Dam|van der Wal|Prins|Blom|Huisman
Peeters|de Jonge|Kuipers|van Veen|Post|Kuiper|Veenstra|Kramer|van de Velde|van den Brink
Scholten|van Wijk|Postma|Martens|Vink|de Ruiter|Timmermans|Groen|Gerritsen|Jonker|van Loon
Boer|van der Velde|Willemsen|Smeets|de Lange|de Vos|van Dongen|Schipper|de Koning
van der Laan|Koning|van der Velden|Driessen|van Doorn|Hermans|Evers|van den Bosch
van der Meulen|Hofman|Bosman|Wolters|Sanders|van der Horst|Mol|Kuijpers|Molenaar|van de Pol
de Leeuw|Verbeek|in 't Veld|op den Kelder|van 't Hoff|ter Horst|ten Brink|Molenkamp|Terpstra
Zijlstra|Wiersma|Hoogland|Kraaij|Ooms|Schaap|Tuinman|Zonneveld"""
_WIDER = """Yılmaz|Kaya|Demir|Şahin|Çelik|Yıldız|Aydın|Öztürk|Arslan|Doğan|Kılıç|Aslan|Çetin|Koç|Kurt
Özdemir|Polat|El Amrani|Bouzidi|El Idrissi|Benali|Haddou|El Khattabi|Azzouzi|Bakkali
El Yousfi|Chaouch|Amghar|Ouali|Tahiri|Ziani|Singh|Ramdin|Kisoensingh|Mahabier|Jagroep
Bhagwandin|Pinas|Wijngaarde|Kromosoeto|Sardjoe|Martina|Maduro|Croes|Nowak|Kowalski
Wiśniewska|Wójcik|Kamiński|Popescu|Ionescu|Dimitrov|Petrova|Ivanov|Shevchenko|Kovalenko
Melnyk|Ahmed|Hassan|Ali|Mohamed|Abdi|Omar|Warsame|Tesfay|Haile|Gebre|Okafor|Mensah|Boateng
Hussein|Khalil|Al Hamwi|Darwish|Nazari|Rahimi|Karimi|Ahmadi|Nguyen|Tran|Wong|Chen|Santos
da Silva|Gomes|Fernandes|Tavares|García|Müller|Schmidt"""

_PREFIXES = ("van den", "van der", "van de", "van 't", "in 't", "op den", "van", "ter", "ten", "de", "da")


def _read_words(block: str) -> tuple[str, ...]:
    return tuple(block.split())


INITIALS = tuple("AABCCDEEFFGHHIIJJJKKLLMMMMNNOPQRRSSSTUVWYZ")

CITIES = (
    ("Noord", (("Groningen", 9731), ("Assen", 9402))),
    ("Oost", (("Enschede", 7512), ("Deventer", 7415))),
    ("Midden", (("Utrecht", 3561), ("Amersfoort", 3815))),
    ("West", (("Zaandam", 1502), ("Haarlem", 2033))),
    ("Zuid", (("Tilburg", 5011), ("Breda", 4812))),
)
STREET_STEMS = _read_words(
    """
    Klokbeker Wolkenveld Papierwever Zilverdraad Winterlinde Kiezelmolen Sterrenpad Regenboog
    Wilgenkrans Lantaarnmaker Notenkraker Zeilnaald Kruidnagel Veerman Glasblazer Morgenster
    Kompas Schemer Kalkoven Tweelingbrug Honingraat Rietdekker Vuursteen Zandloper Vlinderstruik
    Merelnest Pottenbakker Luchtballon Touwslager Meridiaan Vlasbloem Windroos
    """
)
STREET_ENDS = ("straat", "laan", "hof", "plein", "kade", "pad", "weg", "singel")
COMPLEX_WORDS = ("Hof", "Blok", "Gaarde", "Staete", "Toren", "Kwartier", "Plantsoen", "Veste")

BODIES = (
    "Budgetbeheer De Brug",
    "Bewindvoering Noordster",
    "Kredietbank Vijfstromen",
    "Stichting Inkomensbeheer Anker",
    "Bewindkantoor Linde en Zoon",
    "Schuldhulp Stroomopwaarts",
    "Budgetcentrum Het Kompas",
    "Bewindvoerders De Wissel",
)

_PLAIN = str.maketrans("ıİğĞşŞłŁøØ", "iIgGsSlLoO")


def _split(name: str) -> tuple[str, str]:
    for prefix in _PREFIXES:
        if name.startswith(prefix + " "):
            return prefix, name[len(prefix) + 1 :]
    return "", name


def _read(block: str) -> tuple[tuple[str, str], ...]:
    return tuple(_split(name) for name in block.replace("\n", "|").split("|"))


DUTCH = _read(_DUTCH)
WIDER = _read(_WIDER)
SURNAMES = DUTCH + WIDER  # (prefix, surname)


@cache
def plain(text: str) -> str:
    """As a bank writes it: no accents. `plain("Yıldız") == "Yildiz"`."""
    return "".join(letter for letter in normalize("NFD", text.translate(_PLAIN)) if not combining(letter))


def full_name(initials: str, prefix: str, surname: str) -> str:
    """`"A.B. van den Berg"`."""
    return " ".join(part for part in (initials, prefix, surname) if part)
