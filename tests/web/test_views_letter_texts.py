"""The pages of texts: what they show, what saving refuses, and that nothing typed is lost."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.letters.actions_texts import save_text
from tijdig.letters.as_data import plain_body
from tijdig.letters.letter import Kind, Language
from tijdig.letters.queries_texts import Version, versions
from tijdig.letters.texts import Parts, default

KIND = Kind.REMINDER
AT = "/brieven/teksten/reminder"
NAMED = ("subject", "question", "cannot", "help", "table", "message", "message_link")
LONG = "Dit is een zin die echt veel te lang is want hij gaat maar door en door en door."


def form(kind: Kind = KIND, **changed: Any) -> dict[str, Any]:
    """What the form of the text that tijdig ships sends, with some of it changed: `nl_help="…"`."""
    sent: dict[str, Any] = {"opened": "0", "reden": "Duidelijker", "taal": "nl"}
    for language in Language:
        sent |= _side(language, default(kind).parts[language])
    return sent | {re.sub(r"^(nl|en)_", r"\1-", name): value for name, value in changed.items()}


def _side(language: Language, parts: Parts) -> dict[str, Any]:
    said = {f"{language}-{name}": getattr(parts, name) for name in NAMED if getattr(parts, name)}
    return said | {
        f"{language}-paragraphs": [one.text for one in parts.paragraphs],
        f"{language}-when": [one.when for one in parts.paragraphs],
    }


def words(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def part(text: str, begin: str, end: str) -> str:
    return text.split(begin, 1)[1].split(end, 1)[0]


def typed(text: str, name: str) -> list[str]:
    """What stands in the fields of this name."""
    return re.findall(rf'<textarea[^>]* name="{name}"[^>]*>\n(.*?)</textarea>', text, re.S)


def stored(corporation: Corporation, kind: Kind = KIND) -> list[Version]:
    with organisation_scope(corporation.organisation):
        return versions(kind)


@pytest.fixture
def lead(corporation: Corporation) -> Client:
    return corporation.signed_in(Role.TEAM_LEAD)


@pytest.fixture
def manager(corporation: Corporation) -> Client:
    return corporation.signed_in(Role.MANAGER)


def test_every_kind_is_listed_with_what_it_is_for_and_where_it_stands(
    lead: Client, corporation: Corporation
) -> None:
    lead.post(AT, form(nl_help=f"{LONG} U kunt terecht bij {{help_line}}.", do="save"))
    text = words(lead.get("/brieven/teksten"))
    assert re.findall(r'<li data-row="text-(\w+)"', text) == [kind.value for kind in Kind]
    own = part(text, 'id="text-reminder"', "</li>")
    for said in ("versie 1", "door Proef Team_Lead", "1 tip", f'href="{AT}"', "De tweede keer"):
        assert said in own
    ours = part(text, 'id="text-settled"', "</li>")
    assert "Tekst van tijdig" in ours and "niets op aan te merken" in ours


def test_who_may_not_change_texts_is_led_to_what_counts(corporation: Corporation, lead: Client) -> None:
    lead.post(AT, form(nl_subject="Een kop", do="save"))
    consultant = corporation.signed_in(Role.CONSULTANT)
    text = words(consultant.get("/brieven/teksten"))
    assert f'href="{AT}/versie/1"' in text and 'href="/brieven/teksten/settled/versie/0"' in text
    assert "Afzender" not in text.split("<main")[1]
    seen = words(consultant.get(f"{AT}/versie/0"))
    assert "Wat er anders is dan nu" in seen and "<form" not in part(seen, "differs-title", "versions-title")
    assert consultant.post(f"{AT}/versie/0").status_code == 403


@pytest.mark.parametrize("kind", Kind)
def test_the_editor_shows_every_part_that_the_kind_has(lead: Client, kind: Kind) -> None:
    text = words(lead.get(f"/brieven/teksten/{kind}"))
    for language, parts in default(kind).parts.items():
        assert typed(text, f"{language}-paragraphs") == [one.text for one in parts.paragraphs]
        for name in NAMED:
            found = typed(text, f"{language}-{name}")
            if getattr(parts, name):
                assert found == [getattr(parts, name)]
            else:
                assert found in ([], [""])
    assert ("nl-message" in text) == (
        kind not in (Kind.FOURTEEN_DAY, Kind.EARLY_SIGNAL, Kind.HANDOVER_ANNOUNCED)
    )
    assert ("nl-table" in text) == (kind is not Kind.SETTLED)
    assert text.count('<svg class="paper-page"') == 1
    assert text.count("<strong>B1</strong>") == 2


def test_a_condition_is_shown_in_words_and_kept(lead: Client, corporation: Corporation) -> None:
    kind = Kind.FOURTEEN_DAY
    text = words(lead.get(f"/brieven/teksten/{kind}"))
    chosen = re.findall(r'<option value="([^"]*)" selected>([^<]*)', part(text, "side-nl", "side-en"))
    assert chosen == [
        ("", "altijd"),
        ("not vat", "alleen als er geen btw bij de kosten komt"),
        ("vat", "alleen als er btw bij de kosten komt"),
        ("", "altijd"),
    ]
    lead.post(f"/brieven/teksten/{kind}", form(kind, nl_subject="Betaal nog zonder kosten", do="save"))
    (one,) = stored(corporation, kind)
    assert one.text.parts[Language.NL].paragraphs == default(kind).parts[Language.NL].paragraphs


def test_the_fields_that_may_be_named_are_listed_in_words(lead: Client) -> None:
    fields = part(words(lead.get(AT)), '<details class="fields"', "</details>")
    for code, said in (
        ("open_cents", "het bedrag dat open is"),
        ("help_line", "waar hulp is die niets kost"),
    ):
        assert f'data-insert="{{{code}}}"' in fields and said in fields
    assert 'data-insert="{link}" data-into="message_link"' in fields
    assert "{meet_on}" not in fields


def test_a_preview_is_the_letter_with_what_is_typed_and_nothing_of_the_form(lead: Client) -> None:
    text = words(lead.post(f"{AT}/voorbeeld", form(nl_subject="Een heel andere kop")))
    assert "\nEen heel andere kop\n" in text
    assert '<svg class="paper-page"' in text
    assert "<textarea" not in text and "<input" not in text and "<html" not in text


@pytest.mark.parametrize(
    ("changed", "said", "pages"),
    [
        ({"taal": "en"}, "Dear Ms El Amrani", 1),
        ({"groot": "1"}, "Beste mevrouw El Amrani", 2),
        ({"btw": "1"}, "Die zijn € 381,15, met btw.", 1),
        ({}, "Die zijn € 315,00. Dit bedrag volgt uit de wet.", 1),
        ({"taal": "xx"}, "Beste mevrouw El Amrani", 1),
    ],
)
def test_a_preview_is_looked_at_in_each_way(
    lead: Client, changed: dict[str, str], said: str, pages: int
) -> None:
    sent = form(Kind.FOURTEEN_DAY, **changed)
    text = words(lead.post("/brieven/teksten/fourteen_day/voorbeeld", sent))
    assert said in text
    assert text.count('<svg class="paper-page"') == pages


def test_a_preview_says_what_must_and_what_could_be_better(lead: Client) -> None:
    rows = [one.text for one in default(KIND).parts[Language.NL].paragraphs]
    sent = form(nl_question="Wilt u betalen, uiterlijk op {pay_before_on}?", nl_paragraphs=[*rows, LONG])
    text = words(lead.post(f"{AT}/voorbeeld", sent))
    must, tip = part(text, "<h3>Moet", "<h3>Beter"), part(text, "<h3>Beter", "</ul>")
    assert "De tekst noemt niet het bedrag dat open is. Zet {open_cents}" in must
    assert 'href="#nl-paragraphs-3" data-side="nl">Nederlands, alinea 4</a>' in tip
    assert f'<q lang="nl">{LONG}</q>' in tip
    assert "1 ding moet eerst anders, 1 tip." in text


def test_a_broken_text_can_still_be_looked_at(lead: Client) -> None:
    text = words(lead.post(f"{AT}/voorbeeld", form(nl_question="Wilt u {open_c", nl_help="")))
    assert "\nWilt u {open_c\n" in text and "(nog leeg)" in text
    assert "De accolades { en } kloppen niet." in text
    assert words(lead.post(f"{AT}/voorbeeld", {})).count("Hier staat nog niets") == 10


def test_the_length_of_the_short_message_is_told(lead: Client) -> None:
    text = words(
        lead.post(f"{AT}/voorbeeld", form(nl_message="Bericht van {sender_name}.", nl_message_link=""))
    )
    assert "Ingevuld heeft het 34 tekens: 1 sms." in part(text, "#nl-sms", "</div>")
    empty = words(lead.post(f"{AT}/voorbeeld", form(nl_message="", nl_message_link="")))
    assert "dan gaat er geen sms" in part(empty, "#nl-sms", "</div>")


def test_saving_makes_a_version_and_says_what_changed(lead: Client, corporation: Corporation) -> None:
    answer = lead.post(AT, form(nl_subject="Uw huur", en_help="Help: {help_line}.", do="save"), follow=True)
    text = words(answer)
    assert answer.redirect_chain == [(AT, 302)]
    assert "Opgeslagen als versie 1. Nieuwe brieven gaan met deze tekst." in text
    assert "Nederlands: het onderwerp. Engels: de hulp." in text
    (one,) = stored(corporation)
    assert (one.reason, one.own, one.text.parts[Language.NL].subject) == ("Duidelijker", True, "Uw huur")
    assert 'name="opened" value="1"' in text and "Eigen tekst, versie 1" in text
    line = part(text, 'class="versions"', "</li>")
    assert "Proef Team_Lead" in line and "Duidelijker" in line and "geldt nu" in line


def test_saving_keeps_the_language_that_is_looked_at(lead: Client) -> None:
    answer = lead.post(AT, form(en_subject="Your rent", taal="en", do="save"))
    assert answer["Location"] == f"{AT}?taal=en"
    assert 'id="taal-en" name="taal" value="en" checked' in words(lead.get(answer["Location"]))


def test_saving_the_same_makes_no_version(lead: Client, corporation: Corporation) -> None:
    text = words(lead.post(AT, form(do="save"), follow=True))
    assert "Er is niets veranderd." in text
    assert stored(corporation) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"nl_question": "Wilt u betalen, uiterlijk op {pay_before_on}?"}, "1 ding moet eerst anders"),
        ({"nl_question": "Wilt u {owed} betalen, {"}, "dingen moeten eerst anders"),
        ({"nl_subject": "Uw huur 😊"}, "Dit teken kan niet gedrukt worden: 😊."),
        ({"nl_help": ""}, "Hier staat nog niets: de hulp."),
        ({"nl_paragraphs": [], "nl_when": []}, "Een brief heeft 1 tot 20 alinea’s."),
        ({"nl_subject": "Anders", "reden": " "}, "Schrijf in een paar woorden waarom u dit verandert."),
    ],
)
def test_what_is_refused_is_told_and_all_that_was_typed_stays(
    lead: Client, corporation: Corporation, changed: dict[str, Any], said: str
) -> None:
    sent = form(en_subject="My own subject", do="save", **changed)
    text = words(lead.post(AT, sent), 400)
    assert "Er is nog niets opgeslagen." in text and said in text
    for name, value in sent.items():
        if name[:3] in ("nl-", "en-") and not name.endswith("when"):
            assert typed(text, name) == ([value] if isinstance(value, str) else value)
    assert stored(corporation) == []


def test_a_newer_text_is_not_written_over_and_both_are_shown(
    lead: Client, manager: Client, corporation: Corporation
) -> None:
    manager.post(AT, form(nl_subject="De kop van de manager", do="save"))
    text = words(lead.post(AT, form(nl_subject="Mijn kop", do="save")), 400)
    assert "Iemand anders heeft deze tekst intussen veranderd." in text
    assert "Versie 1 is van Proef Manager." in text
    both = part(text, 'class="plain differs"', "</table>")
    assert "De kop van de manager" in both and "Mijn kop" in both
    assert typed(text, "nl-subject") == ["Mijn kop"]
    assert 'name="opened" value="1"' in text and "Sla mijn tekst toch op" in text
    assert lead.post(AT, form(nl_subject="Mijn kop", opened="1", do="save")).status_code == 302
    assert [one.number for one in stored(corporation)] == [2, 1]


@pytest.mark.parametrize(
    ("do", "order", "focus"),
    [
        ("nl-up-1", [1, 0, 2], "nl-down-0"),
        ("nl-down-1", [0, 2, 1], "nl-up-2"),
        ("nl-down-0", [1, 0, 2], "nl-down-1"),
        ("nl-remove-0", [1, 2], ""),
        ("nl-up-0", [0, 1, 2], "nl-down-0"),
        ("nl-up-9", [0, 1, 2], None),
        ("nl-sideways-1", [0, 1, 2], None),
    ],
)
def test_paragraphs_are_moved_and_taken_away_without_a_script(
    lead: Client, corporation: Corporation, do: str, order: list[int], focus: str | None
) -> None:
    rows = [one.text for one in default(KIND).parts[Language.NL].paragraphs]
    text = words(lead.post(AT, form(nl_subject="Nog niet klaar", do=do)))
    assert typed(text, "nl-paragraphs") == [rows[at] for at in order]
    assert typed(text, "nl-subject") == ["Nog niet klaar"]
    focused = re.findall(r"<(?:button|textarea)[^>]*autofocus>", text)
    assert len(focused) == (focus is not None)
    if focus:
        assert f'value="{focus}"' in focused[0]
    assert stored(corporation) == []


def test_a_paragraph_is_added_and_an_empty_one_is_not_saved(lead: Client, corporation: Corporation) -> None:
    rows = [one.text for one in default(KIND).parts[Language.NL].paragraphs]
    text = words(lead.post(AT, form(do="nl-add")))
    assert typed(text, "nl-paragraphs") == [*rows, ""]
    sent = form(nl_paragraphs=[*rows, "", "Nog iets.\r\n\r\nEn nog iets."], nl_when=[""] * 5, do="save")
    assert lead.post(AT, sent).status_code == 302
    (one,) = stored(corporation)
    assert [one.text for one in one.text.parts[Language.NL].paragraphs] == [
        *rows,
        "Nog iets.",
        "En nog iets.",
    ]


def test_with_a_script_only_the_paragraphs_of_one_language_come_back(lead: Client) -> None:
    answer = lead.post(AT, form(do="en-add"), headers={"HX-Request": "true"})
    text = words(answer)
    assert text.strip().startswith('<div class="paragraphs" id="en-paragraphs"')
    assert len(typed(text, "en-paragraphs")) == 4 and typed(text, "nl-paragraphs") == []
    assert answer["HX-Trigger-After-Settle"] == "rows"


def test_looking_without_a_script_saves_nothing(lead: Client, corporation: Corporation) -> None:
    text = words(lead.post(AT, form(nl_subject="Een kop", do="look")))
    assert typed(text, "nl-subject") == ["Een kop"] and "\nEen kop\n" in text
    assert stored(corporation) == []


def test_an_earlier_version_is_looked_at_and_counts_again(lead: Client, corporation: Corporation) -> None:
    for number, subject in enumerate(("Eerste kop", "Tweede kop")):
        lead.post(AT, form(nl_subject=subject, opened=str(number), do="save"))
    text = words(lead.get(f"{AT}/versie/1?taal=en&groot=1"))
    assert "Dear Ms El Amrani" in text
    differs = part(text, 'class="plain differs"', "</table>")
    assert "Tweede kop" in differs and "Eerste kop" in differs
    answer = words(lead.post(f"{AT}/versie/1", {"opened": "2"}, follow=True))
    assert "Opgeslagen als versie 3." in answer
    assert next((one.number, one.reason) for one in stored(corporation)) == (3, "Terug naar versie 1.")
    assert typed(answer, "nl-subject") == ["Eerste kop"]


def test_back_to_the_text_of_tijdig(lead: Client, corporation: Corporation) -> None:
    lead.post(AT, form(nl_subject="Eigen kop", do="save"))
    text = words(lead.post(f"{AT}/versie/0", {"opened": "1", "reden": "Was beter"}, follow=True))
    assert typed(text, "nl-subject") == [default(KIND).parts[Language.NL].subject]
    assert "Dit is de tekst van tijdig." in text
    newest = stored(corporation)[0]
    assert (newest.number, newest.own, newest.reason) == (2, False, "Was beter")


def test_going_back_does_not_write_over_a_newer_text_either(
    lead: Client, manager: Client, corporation: Corporation
) -> None:
    manager.post(AT, form(nl_subject="Kop", do="save"))
    text = words(lead.post(f"{AT}/versie/0", {"opened": "0"}, follow=True))
    assert "Iemand anders heeft deze tekst intussen veranderd." in text
    assert [one.number for one in stored(corporation)] == [1]


def test_a_version_of_before_a_must_is_looked_at_but_does_not_count_again(
    lead: Client, corporation: Corporation
) -> None:
    """What is stored stays; what is taken up again is held to the checks of today."""
    from tijdig.letters.models import LetterText

    body = plain_body(default(KIND))
    body["nl"]["question"] = "Wilt u betalen?"
    with organisation_scope(corporation.organisation):
        LetterText.objects.create(
            organisation_id=corporation.organisation,
            kind=KIND,
            version=1,
            own=True,
            body=body,
            made_by="user:0",
        )
    save_text(
        organisation_id=corporation.organisation,
        actor="user:0",
        kind=KIND,
        body=plain_body(default(KIND)),
        reason="Beter",
        on=corporation.today,
    )
    assert "een oud-collega" in words(lead.get(f"{AT}/versie/1"))
    text = words(lead.post(f"{AT}/versie/1", {"opened": "2"}, follow=True))
    assert "De tekst noemt niet het bedrag dat open is." in text
    assert [one.number for one in stored(corporation)] == [2, 1]


@pytest.mark.parametrize(
    "address",
    ["/brieven/teksten/poem", "/brieven/teksten/reminder/versie/9", "/brieven/teksten/poem/versie/0"],
)
def test_what_is_not_there_is_not_found(lead: Client, address: str) -> None:
    assert lead.get(address).status_code == 404


def test_odd_things_in_a_form_are_borne(lead: Client, corporation: Corporation) -> None:
    for odd in ("-1", "x", "9" * 30, "²", ""):
        assert lead.post(AT, form(opened=odd, do="look")).status_code == 200
    many = {"nl-paragraphs": ["x"] * 500, "nl-when": ["vat"] * 3, "taal": "<", "do": "nl-up-99"}
    text = words(lead.post(AT, form() | many))
    assert len(typed(text, "nl-paragraphs")) == 40
    script = "</textarea><script>alert(1)</script>"
    answer = lead.post(AT, form(nl_subject=script, nl_help=f"{script} {{help_line}}", do="look"))
    assert "<script>alert" not in answer.content.decode()


def test_the_texts_of_one_corporation_are_not_those_of_another(
    lead: Client, corporation: Corporation
) -> None:
    from tijdig.access.actions import create_organisation

    other = create_organisation(name="Woonstichting Anders", slug="anders")
    body = plain_body(default(KIND))
    body["nl"]["subject"] = "De kop van een ander"
    save_text(
        organisation_id=other, actor="user:0", kind=KIND, body=body, reason="Eigen", on=corporation.today
    )
    assert "De kop van een ander" not in words(lead.get(AT))
    assert lead.get(f"{AT}/versie/1").status_code == 404


def test_the_pages_are_there_in_english(lead: Client) -> None:
    lead.post("/taal", {"language": "en", "next": AT})
    text = words(lead.get(AT))
    for said in ("Save as a new version", "Why are you changing this?", "Large print", "Versions"):
        assert said in text
