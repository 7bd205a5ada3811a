"""The codes of VERA-Incasso 4.3 beside our own words, and the lists that the standard names and leaves empty.

Source: the sector's code lists BETALINGSREGELINGSTATUS, BETALINGSREGELINGEINDEREDEN, EXTERNEINCASSOSTATUS,
EXTERNEINCASSOSOORT, EXTERNEINCASSOSTARTREDEN and -EINDEREDEN (22 May 2026), COMMUNICATIEKANAAL, RELATIESOORT,
OVEREENKOMSTSOORT (CC0). BETALINGSREGELINGTERMIJNSTATUS, EXTERNEINCASSOACTIESOORT and -STATUS have no codes there: those
below are ours, dated by the version of this API, and written out in `docs/rules/vera-incasso.md`.

Decides nothing. Errors: `Unknown` for a code that is in no list, with those that are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from tijdig.arrangements.kinds import VERA_END, VERA_STATE, EndReason, Rhythm, State
from tijdig.bailiff.kinds import END_LABEL, START_LABEL, End, Start
from tijdig.bailiff.track import DEED_LABEL, Deed
from tijdig.contacts.kinds import Channel, Reached


class Coded(TypedDict):
    code: str
    naam: str


class Unknown(ValueError):  # noqa: N818 - it says what it is
    """A code that is in no list here."""

    def __init__(self, place: str, code: str, known: Mapping[str, str]) -> None:
        shown = ", ".join(f"{one} ({name})" for one, name in known.items())
        super().__init__(f"{place}: de code “{code[:40]}” kennen wij niet. Gebruik een van: {shown}.")


STATE_NAME = {
    "AAN": "Aangevraagd",
    "ACT": "Actief",
    "ANN": "Geannuleerd",
    "BEE": "Beëindigd",
    "BEV": "Bevroren",
}
STATE_OF = {code: state for state, code in VERA_STATE.items()}
END_NAME = {
    "AFB": "Afbetaald",
    "ONI": "Oninbaar",
    "SAN": "Restschuld gesaneerd",
    "VOL": "Regeling voldoet niet",
}
END_OF = {code: reason for reason, code in VERA_END.items()}
FILE_STATE_NAME = {"NIE": "Nieuw", "ACT": "Actief", "EIN": "Beëindigd"}
FILE_END_NAME = {one.value: END_LABEL[one] for one in End}
START_NAME = {one.value: START_LABEL[one] for one in Start}
INTERVAL = {Rhythm.MONTHLY: "P1M", Rhythm.FOUR_WEEKLY: "P4W", Rhythm.WEEKLY: "P1W"}
RHYTHM_OF = {
    "P1M": Rhythm.MONTHLY,
    "P4W": Rhythm.FOUR_WEEKLY,
    "P28D": Rhythm.FOUR_WEEKLY,
    "P1W": Rhythm.WEEKLY,
} | {"P7D": Rhythm.WEEKLY}
TERM_NAME = {"OPE": "Openstaand", "DEE": "Deels voldaan", "VOL": "Voldaan"}
CHANNEL_NAME = {
    "TEL": "Telefoon",
    "SMS": "SMS",
    "EMA": "E-mail",
    "BRI": "Brief",
    "BEZ": "Huisbezoek",
    "BAL": "Balie",
    "VID": "Beeldbellen",
}
CHANNEL_OF = {
    "TEL": Channel.PHONE,
    "SMS": Channel.SMS,
    "APP": Channel.SMS,
    "EMA": Channel.EMAIL,
    "BRI": Channel.LETTER,
    "BEZ": Channel.VISIT,
    "BAL": Channel.DESK,
    "VID": Channel.VIDEO,
}
CODE_OF_CHANNEL = {
    Channel.PHONE: "TEL",
    Channel.SMS: "SMS",
    Channel.EMAIL: "EMA",
    Channel.LETTER: "BRI",
    Channel.VISIT: "BEZ",
    Channel.DESK: "BAL",
    Channel.VIDEO: "VID",
}
DEED_CODE = {
    Deed.SUMMONS_PROPOSED: "DVV",
    Deed.SUMMONS_AGREED: "DVB",
    Deed.SUMMONS_REFUSED: "DVW",
    Deed.SUMMONED: "DVG",
    Deed.HEARING: "ZIT",
    Deed.JUDGMENT: "VON",
    Deed.JUDGMENT_CORRECTED: "VOV",
    Deed.SERVED: "BTK",
    Deed.LAST_CHANCE: "LKA",
    Deed.LAST_CHANCE_OVER: "LKV",
    Deed.EVICTION_PROPOSED: "OTV",
    Deed.EVICTION_AGREED: "OTB",
    Deed.EVICTION_REFUSED: "OTW",
    Deed.MUNICIPALITY_TOLD: "GEM",
    Deed.ANNOUNCED: "OTZ",
    Deed.EVICTION_DAY_TOLD: "GMD",
    Deed.EVICTED: "OTR",
    Deed.STOPPED: "STO",
}
ACTION_NAME = CHANNEL_NAME | {code: DEED_LABEL[deed] for deed, code in DEED_CODE.items()}
ACTION_STATE_NAME = {"GED": "Gedaan", "GES": "Gesproken", "BER": "Bericht", "NBR": "Niet bereikt"}
REACHED_OF = {"GES": Reached.TALKED, "BER": Reached.MESSAGE, "NBR": Reached.NONE}
CODE_OF_REACHED = {reached: code for code, reached in REACHED_OF.items()}


def coded(code: str, names: Mapping[str, str]) -> Coded:
    return {"code": code, "naam": names[code]}


def state_coded(state: State, end_reason: EndReason | None) -> Coded:
    """One that another replaced goes out as cancelled: the sector has no code for it."""
    if end_reason is EndReason.REPLACED:
        return coded("ANN", STATE_NAME)
    return coded(VERA_STATE[state], STATE_NAME)
