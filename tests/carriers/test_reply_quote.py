"""Where somebody's own words end: nothing is lost, and a tenant who answers between the lines keeps all his words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.carriers.reply_quote import cut

HEADS = {
    "gmail": "Op ma 2 nov 2026 om 12:01 schreef De Brug <huur@debrug.example>:",
    "gmail, broken": "Op ma 2 nov 2026 om 12:01 schreef Woonstichting De\nBrug <\nhuur@debrug.example>:",
    "apple": "Op 2 nov. 2026 om 12:01 heeft De Brug <huur@debrug.example> het volgende geschreven:",
    "english": "On Mon, Nov 2, 2026 at 12:01 PM De Brug <huur@debrug.example> wrote:",
    "german": "Am 02.11.2026 um 12:01 schrieb De Brug <huur@debrug.example>:",
    "french": "Le lun. 2 nov. 2026 à 12:01, De Brug <huur@debrug.example> a écrit :",
    "polish": "W dniu 2.11.2026 o 12:01, De Brug pisze: napisał(a):",
    "turkish": "De Brug <huur@debrug.example>, 2 Kas 2026 Pzt, 12:01 tarihinde şunu yazdı:",
    "without address": "Op maandag 2 november 2026 12:01:33 CET schreef De Brug:",
    "outlook": "Van: De Brug <huur@debrug.example>\nVerzonden: maandag 2 november 12:01\nAan: M. de Vries\nOnderwerp: Huur",
    "outlook with a line": "________________________________\nVan: De Brug\nDatum: 2 november\nOnderwerp: Huur",
    "outlook, english": "From: De Brug\nSent: Monday\nTo: M\nSubject: Rent",
    "outlook, bold": "*Van:* De Brug\n*Verzonden:* maandag\n*Aan:* M\n*Onderwerp:* Huur",
    "old outlook": "-----Oorspronkelijk bericht-----\nVan: De Brug",
    "forwarded": "---------- Forwarded message ---------\nVan: De Brug",
    "apple, passed on": "Begin doorgestuurd bericht:\n\nVan: De Brug",
    "marks alone": "> Beste mevrouw",
}
_OWN = [
    "Ik betaal vrijdag.",
    "Groet, Van: hier",
    "",
    "Op tijd: ja",
    "Van: mij",
    "Aan: u",
    "- een",
    "12:01 schreef ik",
    "Le",
]


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("below", ["> Beste mevrouw,\n>\n> U hebt", "\n\n> Beste\n\n"])
def test_own_words_go_before_the_quotation(head: str, below: str) -> None:
    own, quoted = cut(f"Ik betaal vrijdag.\n\nGroet\n\n{head}\n{below}")
    assert (own, quoted.strip()) == ("Ik betaal vrijdag.\n\nGroet\n", f"{head}\n{below}".strip())


@pytest.mark.parametrize(
    "text",
    [
        "> Wanneer betaalt u?\nVrijdag.\n> Lukt dat?\nJa.",
        f"{HEADS['gmail']}\n> Wanneer betaalt u?\n\nVrijdag.",
        f"Hallo\n{HEADS['gmail']}\n> Wanneer betaalt u?\nVrijdag.",
        "Beste,\nOp 3 november schreef u mij:\nIk begrijp het niet.",
        "Op 3 november schreef u mij een brief over 12:\nKlopt dat?",
        "Van: mij\nAan: u\nik vind het niet eerlijk",
        "Doorgestuurd bericht van mijn zus: betaald",
        HEADS["outlook"] + "\n\nAlleen doorgestuurd",
        "",
        "\n\n",
    ],
)
def test_what_a_tenant_wrote_between_or_without_quotation_is_all_his(text: str) -> None:
    assert cut(text) == (text, "")


_LINES = st.one_of(
    st.sampled_from([*_OWN, *HEADS.values(), ">", "> >", ">>", "____", " > a"]),
    st.text(alphabet="> ab:@\n-_1", max_size=12),
)


@given(st.lists(_LINES, max_size=14))
def test_nothing_is_lost_and_own_words_are_never_empty_beside_a_quotation(lines: list[str]) -> None:
    text = "\n".join(lines)
    own, quoted = cut(text)
    assert own + quoted == text
    assert own.strip() or not quoted
    assert cut(own.rstrip("\n"))[1] == ""  # what is left holds no quotation any more


@given(
    st.lists(st.sampled_from(_OWN[:1] + _OWN[2:3] + _OWN[6:7]), min_size=1, max_size=6),
    st.sampled_from(list(HEADS.values())),
)
def test_plain_words_above_any_quotation_stay_whole(own: list[str], head: str) -> None:
    text = "\n".join(own)
    if text.strip():
        assert cut(f"{text}\n{head}\n> Beste")[0].rstrip() == text.rstrip()
