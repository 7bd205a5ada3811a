"""What a way of working may not do: for each finding the default policy with one thing wrong, and the sentence about it."""

from __future__ import annotations

import pytest
from tests.policy.mutated import (
    Change,
    ahead_of,
    deadlines,
    dropped,
    moved_ahead,
    mutated,
    mutated_text,
    pauses,
    step,
    without,
)

from tijdig.policy.document import default_policy, default_text, read_policy
from tijdig.policy.judge import judge

CALL = {"do": "call", "bucket": "list", "alert": True, "who": "person"}
ALONE = {"bucket": "paused", "alert": False, "who": "automatic"}


def test_the_default_policy_has_no_findings() -> None:
    assert judge(default_policy()) == ()
    assert mutated() == default_policy()


FINDINGS: dict[str, tuple[tuple[Change, ...], str, str, str]] = {
    "a step below one that takes all of it": (
        (ahead_of("message", "days_overdue >= 7", "talked_since_due = nee", **CALL),),
        "never_fires", "extra",
        "Deze stap komt nooit aan de beurt: alles waarvoor hij geldt (days_overdue >= 7 en talked_since_due = nee) valt al "
        "onder een stap erboven, of kan niet.",
    ),
    "what cannot be": (
        (ahead_of("call", "days_overdue >= 20", "days_in_arrears < 20", **CALL),),
        "never_fires", "extra", "Deze stap komt nooit aan de beurt",
    ),
    "a letter with legal effect by itself": (
        (ahead_of("paused", "paused = ja", "days_in_arrears >= 40", do="letter", letter="handover_announced", **ALONE),),
        "legal_without_person", "extra", "Een medewerker beslist hem op naam: zet `who: person`.",
    ),
    "a call by itself": (
        (ahead_of("paused", "paused = ja", "days_in_arrears >= 40", do="call", **ALONE),),
        "cannot_be_automatic", "extra", "Dit kan alleen een medewerker doen: zet `who: person`.",
    ),
    "work that is in no list": (
        (step("visit_phone_fails", alert=False),),
        "list_and_person", "visit_phone_fails", "staat in een lijst (`bucket: list`, `alert: true`)",
    ),
    "a list without work": (
        (step("promise_open", bucket="list", alert=True),),
        "list_and_person", "promise_open", "en alleen dat staat daar.",
    ),
    "work that is in no case, and so is never planned": (
        (step("message", stage="none"),),
        "stage_and_bucket", "message", "Wat gedaan wordt, staat in een zaak: geef de stap een `stage`.",
    ),
    "a case where there is nothing to ask": (
        (step("small_amount", stage="notice"),),
        "stage_and_bucket", "small_amount", "Waar niets te vragen is, is geen zaak: `stage: none`.",
    ),
    "nothing owed, and yet something": (
        (step("small_amount", bucket="nothing"),),
        "wrong_bucket", "small_amount",
        "`bucket: nothing` treft ook wie meer schuldig is dan de ondergrens. Bijvoorbeeld: overdue_cents <= 999",
    ),
    "below a threshold that has no end": (
        (step("talked", bucket="below", stage="none"),),
        "wrong_bucket", "talked",
        "`bucket: below` treft ook wie meer dan een ton schuldig is: er is geen bovengrens. Bijvoorbeeld: "
        "talked_since_due = ja, days_since_talk <= 6, overdue_cents >= 10000000",
    ),
    "an arrangement that is none": (
        (step("promise_open", bucket="arrangement"),),
        "wrong_bucket", "promise_open", "`bucket: arrangement` treft ook wie geen regeling heeft die loopt. Bijvoorbeeld: ",
    ),
    "a bailiff without a file": (
        (step("promise_open", bucket="bailiff"),),
        "wrong_bucket", "promise_open", "`bucket: bailiff` treft ook wie niet bij de deurwaarder is. Bijvoorbeeld: ",
    ),
    "a pause by nobody": (
        (step("promise_open", bucket="paused"),),
        "wrong_bucket", "promise_open", "`bucket: paused` treft ook wie door niets is gepauzeerd. Bijvoorbeeld: ",
    ),
    "waiting for ever": (
        (ahead_of("decide", "days_in_arrears >= 70"),),
        "waits_for_ever", "extra", "Hier doet na zestig dagen nog niemand iets. Bijvoorbeeld: ",
    ),
    "a pause over a broken arrangement": (
        (moved_ahead("paused", "arrangement_broken"),),
        "pause_hides_broken", "paused",
        "Een pauze verbergt een gebroken regeling. Bijvoorbeeld: ",
    ),
    "a reminder to who keeps an arrangement": (
        (ahead_of("arrangement_kept", "arrangement = kept", "days_to_due <= 3", do="message",
                  letter="friendly_reminder", bucket="arrangement", alert=False),),
        "kept_is_reminded", "extra", "Wie een regeling nakomt, krijgt hier toch een herinnering. Bijvoorbeeld: ",
    ),
    "a signal without an attempt": (
        (dropped("early_signal", "contact_sought = ja"),),
        "signal_without_effort", "early_signal", "Vroegsignaal zonder dat persoonlijk contact is gezocht",
    ),
    "a signal without an offer": (
        (step("early_signal", when=["early_signal = none", "days_in_arrears >= 40", "contact_sought = ja"]),
         without("offer_help", "hand_over", "hand_over_departed")),
        "signal_without_offer", "early_signal", "Vroegsignaal zonder brief die de hulp aanbiedt",
    ),
    "a signal against the tenant's will": (
        (step("early_signal", when=["early_signal >= offered", "early_signal <= objected", "departed = nee",
                                    "days_since_offer >= 14", "contact_sought = ja"]),),
        "signal_without_offer", "early_signal", "Bijvoorbeeld: ",
    ),
    "a hand-over that nobody decided": (
        (dropped("hand_over", "decided = hand_over"),),
        "hand_over_without_decision", "hand_over", "Overdracht zonder besluit op naam: vraag `decided = hand_over`",
    ),
    "a hand-over after another decision": (
        (step("hand_over", when=["decided >= hand_over", "decided != arrange", "decided != help",
                                 "fourteen_day_letter = passed", "early_signal >= objected"]),),
        "hand_over_without_decision", "hand_over", "decided = go_on",
    ),
    "a hand-over without a letter": (
        (dropped("hand_over", "fourteen_day_letter = passed"),),
        "hand_over_without_letter", "hand_over", "fourteen_day_letter",
    ),
    "a hand-over while the term runs": (
        (step("hand_over", when=["decided = hand_over", "fourteen_day_letter >= running", "early_signal >= objected"]),),
        "hand_over_without_letter", "hand_over", "fourteen_day_letter = running",
    ),
    "a hand-over without a signal": (
        (dropped("hand_over_departed", "departed = ja"),),
        "hand_over_without_signal", "hand_over_departed", "Overdracht van wie er nog woont zonder vroegsignaal",
    ),
    "a hand-over after a death": (
        (without("death", "hand_over_departed"),),
        "hand_over_while_stopped", "hand_over", "Overdracht terwijl het werk stilligt: zet een stap ervoor die dit opvangt.",
    ),
    "a hand-over in a debt procedure": (
        (moved_ahead("hand_over", "debt_procedure"),),
        "hand_over_while_stopped", "hand_over", "circumstance has debt_procedure",
    ),
    "a hand-over in a bankruptcy": (
        (moved_ahead("hand_over", "bankruptcy"),),
        "hand_over_while_stopped", "hand_over", "circumstance has bankruptcy",
    ),
    "a hand-over while a payment waits": (
        (step("match_payment", when=["hold has unmatched_payment", "days_in_arrears < 54"]), without("hand_over_departed")),
        "hand_over_while_stopped", "hand_over", "hold has unmatched_payment",
    ),
    "a term that is too short": (
        (ahead_of("decide", "days_since_fourteen_day >= 14", "fourteen_day_letter = running", **CALL),),
        "term_too_short", "extra",
        "14 dagen na de veertiendagenbrief is te vroeg: met de bezorging en de termijn erbij zijn het er 17 "
        "(artikel 6:96 lid 6 BW).",
    ),
    "new arrears that nobody sees in a debt procedure": (
        (without("decide_new_arrears", "talked_new_arrears", "new_arrears", "frozen_wsnp", "frozen_moratorium",
                 "frozen_amicable"),),
        "new_arrears_hidden", "frozen",
        "Wie tijdens een schuldregeling de nieuwe huur zestig dagen niet betaalt, ziet hier niemand (artikel 305 Fw). "
        "Bijvoorbeeld: ",
    ),
    "a kind of procedure after the step that takes them all": (
        (moved_ahead("frozen", "frozen_amicable"),),
        "never_fires", "frozen_amicable", "Deze stap komt nooit aan de beurt",
    ),
    "an account apart where no procedure runs": (
        (ahead_of("call", "new_overdue_cents >= 100", "circumstance lacks debt_procedure", **CALL),),
        "never_fires", "extra", "Deze stap komt nooit aan de beurt",
    ),
    "a pause for help of no day": (
        (pauses(follow_up_days=0),),
        "help_without_days", "", "`help: follow_up_days` is 0. Kies ten minste één dag.",
    ),
    "a pause for help above the longest": (
        (pauses(pause_days=121),),
        "help_pause_too_long", "", "`help: pause_days` is 121 dagen, en de langste pauze (`longest_pause_days`) is 120.",
    ),
    "a pause on request above the longest": (
        (pauses(longest_pause_days=42, request_pause_days=43),),
        "help_pause_too_long", "", "`help: request_pause_days` is 43 dagen",
    ),
    "a talk that comes too late": (
        (deadlines(talk_by_days=9),),
        "talk_not_in_time", "", "Een gesprek wordt pas op dag 5 gevraagd, en het moet er op dag 9 zijn geweest.",
    ),
    "a decision that comes too late": (
        (step("decide", when=["days_in_arrears >= 62", "decided = none"]), without("decide_amount")),
        "decision_not_in_time", "", "Een besluit op naam wordt pas op dag 62 gevraagd, en het moet er op dag 61 zijn.",
    ),
    "no decision at all": (
        (without("decide", "decide_amount", "decide_rent_unknown", "hand_over", "hand_over_departed"),),
        "decision_not_in_time", "", "Een besluit op naam wordt nooit gevraagd, en het moet er op dag 61 zijn.",
    ),
    "a decision for which the letter is missing": (
        (without("fourteen_day_letter"),),
        "hand_over_never_ready", "", "Na een besluit tot overdracht wordt de overdracht nooit gevraagd: er ontbreekt iets.",
    ),
    "a decision for which the signal is missing": (
        (without("early_signal"),),
        "hand_over_never_ready", "", "er ontbreekt iets.",
    ),
    "a letter that goes too late": (
        (step("fourteen_day_letter", when=["days_in_arrears >= 50", "fourteen_day_letter = none"]),),
        "letter_too_late", "",
        "De veertiendagenbrief gaat op dag 53 weg; zijn termijn is pas op dag 70 voorbij, na dag 61.",
    ),
}  # fmt: skip


SHOWN = {
    "wrong_bucket", "waits_for_ever", "pause_hides_broken", "kept_is_reminded", "signal_without_effort",
    "signal_without_offer", "hand_over_without_decision", "hand_over_without_letter", "hand_over_without_signal",
    "hand_over_while_stopped", "new_arrears_hidden",
}  # fmt: skip


@pytest.mark.parametrize("name", FINDINGS)
def test_one_thing_wrong_gives_exactly_that_finding_with_a_sentence(name: str) -> None:
    changes, code, where, words = FINDINGS[name]
    found = judge(mutated(*changes))
    assert [(one.code, one.step, one.refuses) for one in found] == [(code, where, True)], found
    assert words in found[0].sentence
    assert found[0].sentence.endswith(".")
    assert ("Bijvoorbeeld: " in found[0].sentence) == (code in SHOWN)  # in the words of the document


def test_of_everything_that_can_be_shown_something_is_wrong_somewhere() -> None:
    assert {code for _, code, _, _ in FINDINGS.values()} >= SHOWN


def test_findings_come_in_the_order_of_the_steps_and_the_promised_terms_last() -> None:
    found = judge(
        mutated(
            deadlines(talk_by_days=9),
            dropped("early_signal", "contact_sought = ja"),
            step("small_amount", bucket="nothing"),
            moved_ahead("paused", "arrangement_broken"),
        )
    )
    assert [one.code for one in found] == [
        "wrong_bucket",
        "pause_hides_broken",
        "signal_without_effort",
        "talk_not_in_time",
    ]


def test_a_hold_of_the_source_may_stand_above_a_broken_arrangement() -> None:
    """The source keeps the lease out of collection altogether; a pause is a person's, and that must not hide anything."""
    codes = [one.code for one in default_policy().steps]
    assert codes.index("on_hold") < codes.index("arrangement_broken") < codes.index("paused")


def test_a_text_that_is_the_default_but_for_its_version_is_judged_the_same() -> None:
    text = default_text().replace('version: "3"', 'version: "3-proef"')
    policy, problems = read_policy(text)
    assert policy is not None and problems == ()
    assert judge(policy) == ()
    assert mutated_text() != default_text()  # the comments are gone, the policy is the same
