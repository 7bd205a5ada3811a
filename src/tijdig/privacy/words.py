"""The words of codes, for whoever reads a report about himself: gathered from the rooms that own them.

Decides which list belongs to which name in `report.yaml`. Units and errors: none; a code that a list does not know is shown
as it is, so that nothing is left out. Worked example: `said("channel", "phone")` is "telefoon".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tijdig.access import roles
from tijdig.arrangements import kinds as arrangements
from tijdig.bailiff import costs, track
from tijdig.bailiff import kinds as bailiff
from tijdig.bailiff.eviction_check import BOX_LABEL
from tijdig.caseload.kinds import WHY_LABEL
from tijdig.cases import deadlines, planned
from tijdig.cases.wording import CAUSES
from tijdig.cases.wording_claim import RENT_PARTS
from tijdig.conferences.kinds import DECISION_LABEL
from tijdig.contacts import kinds as contacts
from tijdig.contacts.reply_kinds import DEED_LABEL
from tijdig.help import cause, referral, traffic
from tijdig.help import kinds as help_kinds
from tijdig.imports.vera_codes import known_codes, name_of
from tijdig.imports.wording import NATURES
from tijdig.ledger.kinds import LABEL as ENTRY
from tijdig.letters import states, ways
from tijdig.letters.kind_words import KIND_NAMES
from tijdig.objections import kinds as objections
from tijdig.policy.words import ACT_LABEL, STAGE_LABEL
from tijdig.privacy.kinds import LABEL as RETENTION
from tijdig.rulings.kinds import LABEL as RULING
from tijdig.steps.kinds import LABEL as STEP
from tijdig.tenancies.flags import FLAG_LABEL, LEARNED_LABEL


def _vera(name: str) -> dict[str, str]:
    return {code: name_of(name, code).lower() for code in known_codes(name)}


WORDS: Mapping[str, Mapping[Any, str]] = {
    "person_kind": {"NAT": "natuurlijke persoon", "REC": "organisatie", "GRO": "groep"},
    "language": {
        **{code: name_of("TAAL", code) for code in known_codes("TAAL")},
        "nl": "Nederlands",
        "en": "Engels",
    },
    "role": {"HUU": "huurder", "MDH": "medehuurder"},
    "lease_status": _vera("OVEREENKOMSTSTATUS"),
    "lease_kind": _vera("OVEREENKOMSTSOORT"),
    "lease_end": _vera("EINDEREDEN"),
    "watch": _vera("BEWAKINGSSTATUS"),
    "home_kind": _vera("EENHEIDSOORT"),
    "nature": NATURES,
    "rent_part": RENT_PARTS,
    "payment": {"INC": "automatische incasso", "OVB": "overboeking", "ONL": "online", "MAI": "betaallink"},
    "entry": ENTRY,
    "link_state": {
        "open": "open",
        "paid": "betaald",
        "expired": "verlopen",
        "failed": "mislukt",
        "asked": "gevraagd",
    },
    "channel": contacts.CHANNEL_LABEL,
    "direction": contacts.DIRECTION_LABEL,
    "reached": contacts.REACHED_LABEL,
    "who": contacts.WHO_LABEL,
    "outcome": contacts.OUTCOME_LABEL,
    "cause": contacts.CAUSE_LABEL,
    "next_step": contacts.NEXT_STEP_LABEL,
    "reply_deed": DEED_LABEL,
    "rhythm": arrangements.RHYTHM_LABEL,
    "arrangement_state": {**arrangements.STATE_LABEL, "resumed": "hervat"},
    "arrangement_end": arrangements.END_LABEL,
    "letter": KIND_NAMES,
    "way": ways.LABEL,
    "sending": states.LABEL,
    "step": STEP,
    "flag": FLAG_LABEL,
    "learned": LEARNED_LABEL,
    "says": cause.SAYS_LABEL,
    "noticed_by": cause.NOTICED_BY_LABEL,
    "noticed": help_kinds.NOTICED_LABEL,
    "consent": referral.CONSENT_LABEL,
    "shared": referral.SHARED_LABEL,
    "referral_result": referral.RESULT_LABEL,
    "mark": help_kinds.MARK_LABEL,
    "signal_result": help_kinds.RESULT_LABEL,
    "settlement": traffic.SETTLEMENT_LABEL,
    "message": traffic.MESSAGE_LABEL,
    "objection": objections.ABOUT_LABEL,
    "objection_way": objections.WAY_LABEL,
    "objection_outcome": objections.OUTCOME_LABEL,
    "alert": CAUSES,
    "stage": STAGE_LABEL,
    "act": ACT_LABEL,
    "planned": planned.STATE_LABEL,
    "deadline": deadlines.DEADLINE_LABEL,
    "ruling": RULING,
    "group_decision": DECISION_LABEL,
    "assigned": WHY_LABEL,
    "retention_kind": RETENTION,
    "hand_over": bailiff.START_LABEL,
    "file_end": bailiff.END_LABEL,
    "lives": bailiff.LIVES_LABEL,
    "side": bailiff.SIDE_LABEL,
    "cost_act": costs.ACT_LABEL,
    "payer_of": costs.PAYER_LABEL,
    "tariff": costs.AGAINST_LABEL,
    "deed": track.DEED_LABEL,
    "checked": {**BOX_LABEL, "broken": "de huurder kwam de afspraak niet na"},
    "seat": roles.LABEL,
}


def said(name: str, code: Any) -> str:
    """The words of a code; the code itself where its list does not know it."""
    return str(WORDS[name].get(code, code))
