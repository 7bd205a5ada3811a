"""The kinds of personal data that end, where they stand, and from when their time counts.

Decides which columns belong to which kind, and whether a row goes or is emptied. The list is closed: a corporation chooses
how long (`rules`), never what a kind is. Units: names of tables and columns. Errors: none. Worked example: what was noted at
a contact is of the kind `NOTES`: it goes some years after the tenancy ended and nothing was owed any more.

Money is never of a kind: entries, amounts and days stay. What is known of somebody in codes (an illness, a Wsnp) goes as the
words about it do. Of every column that stays `kept.yaml` says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a rule is about."""

    NOTES = "notes"
    MESSAGES = "messages"
    PEOPLE = "people"
    SIGNALS = "signals"
    DEBT_HELP = "debt_help"
    PACKAGES = "packages"
    ACCOUNTS = "accounts"
    BANK_WORDS = "bank_words"
    RECEIVED_FILES = "received_files"
    SENT_FILES = "sent_files"
    PRINT_FILES = "print_files"
    UNREADABLE = "unreadable"


class Since(StrEnum):
    """From when the time of a kind counts."""

    TENANCY_END = "tenancy_end"
    FILE_END = "file_end"
    YEAR_END = "year_end"
    RECORDED = "recorded"


LABEL = {
    Kind.NOTES: "notities, toelichtingen en omstandigheden",
    Kind.MESSAGES: "brieven, berichten en antwoorden",
    Kind.PEOPLE: "namen en contactgegevens",
    Kind.SIGNALS: "wat de gemeente over iemand kreeg",
    Kind.DEBT_HELP: "wat de schuldhulpverlening over iemand schreef",
    Kind.PACKAGES: "dossiers zoals zij naar de deurwaarder gingen",
    Kind.ACCOUNTS: "rekeningnummers en machtigingen van huurders",
    Kind.BANK_WORDS: "omschrijvingen, namen en rekeningen van de bank",
    Kind.RECEIVED_FILES: "ingelezen bestanden, zoals zij binnenkwamen",
    Kind.SENT_FILES: "bestanden met de gemeente en de schuldhulp",
    Kind.PRINT_FILES: "bestanden voor de drukker en het proefpostvak",
    Kind.UNREADABLE: "regels die niet te lezen waren",
}
SINCE_LABEL = {
    Since.TENANCY_END: "het einde van de huur, als er niets meer open staat",
    Since.FILE_END: "het einde van het dossier bij de deurwaarder",
    Since.YEAR_END: "het einde van het jaar waarin het is geboekt",
    Since.RECORDED: "de dag van maken of ontvangen",
}
SINCE: Mapping[Kind, Since] = {
    Kind.NOTES: Since.TENANCY_END,
    Kind.MESSAGES: Since.TENANCY_END,
    Kind.PEOPLE: Since.TENANCY_END,
    Kind.SIGNALS: Since.TENANCY_END,
    Kind.DEBT_HELP: Since.TENANCY_END,
    Kind.PACKAGES: Since.FILE_END,
    Kind.ACCOUNTS: Since.TENANCY_END,
    Kind.BANK_WORDS: Since.YEAR_END,
    Kind.RECEIVED_FILES: Since.RECORDED,
    Kind.SENT_FILES: Since.RECORDED,
    Kind.PRINT_FILES: Since.RECORDED,
    Kind.UNREADABLE: Since.RECORDED,
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Rows of a table that end. `emptied` are the columns that become empty; without them the row itself goes. A column
    that is no text stands there with what is empty for it ("causes = '{}'").

    `day` says from which day the time of a row counts, with `joins` to the tables that it needs; without one it is that of
    the tenancy. `only` narrows, with `may`: the tenancies of which things may go. In each of them `x` is the table itself. A
    `loose` row is looked at without its tenancy.
    """

    table: str
    emptied: tuple[str, ...] = ()
    day: str = ""
    joins: str = ""
    only: str = ""
    loose: bool = False

    @property
    def columns(self) -> frozenset[str]:
        """The names of what becomes empty."""
        return frozenset(one.partition(" ")[0] for one in self.emptied)


_OF_THE_TEXT = "(SELECT g.conversation_id FROM help_message g WHERE g.id = x.message_id)"


def _all_may_go(conversation: str) -> str:
    """Of a conversation about several tenancies it goes when every one of them may go (`may`)."""
    return f"""NOT EXISTS (SELECT 1 FROM help_conversationmatch m
    LEFT JOIN help_conversationrelease r ON r.match_id = m.id
    WHERE m.conversation_id = {conversation} AND r.match_id IS NULL AND m.tenancy_id <> ALL(%(may)s))"""


# Nobody still waits for something out of the file.
_FILE_IS_READ = """x.kept_in <> '' AND x.state NOT IN ('received', 'reading')
    AND NOT EXISTS (SELECT 1 FROM imports_statement s WHERE s.file_id = x.id AND s.state = 'held')
    AND NOT EXISTS (SELECT 1 FROM imports_quarantine q WHERE q.file_id = x.id AND q.state = 'open')"""
_NOTES = (
    "contacts_contacttext", "contacts_withdrawaltext", "arrangements_changetext", "tenancies_tenancyflagtext",
    "tenancies_tenancyflagendtext", "help_rootcausetext", "help_worrytext", "help_referraltext", "help_referralanswertext",
    "objections_objectiontext", "objections_answertext", "rulings_rulingtext", "rulings_endingtext", "conferences_itemtext",
    "conferences_outcometext", "conferences_withdrawaltext", "caseload_assignmenttext", "bailiff_handovertext",
    "bailiff_questiontext", "bailiff_answertext", "bailiff_costtext", "bailiff_legaldeedtext", "bailiff_legaldeedfacts",
    "bailiff_fileendtext", "bailiff_household", "privacy_holdtext",
)  # fmt: skip
# Rows that say a thing of somebody and nothing else, each after what points at it.
_CODES = (
    "help_rootcause", "help_worrypickup", "help_worry", "help_referralanswer", "help_referral", "tenancies_tenancyflagend",
    "tenancies_tenancyflag",
)  # fmt: skip
_NUMBERS = ("reference", "helper_number", "our_number", "settlement")
SPOTS: Mapping[Kind, tuple[Spot, ...]] = {
    Kind.NOTES: (
        *map(Spot, _NOTES),
        *map(Spot, _CODES),
        Spot(
            "contacts_contact",
            ("causes = '{}'", "outcome = 'other'"),
            only="(x.causes <> '{}' OR x.outcome <> 'other')",
        ),
        Spot("cases_plannedstep", ("note",), only="x.note <> ''"),
    ),
    Kind.MESSAGES: (
        Spot("letters_mail"),
        Spot("letters_letterpaper"),
        Spot("letters_sendingtext"),
        Spot("letters_link", ("url", "provider_id"), only="(x.url, x.provider_id) <> ('', '')"),
        Spot("contacts_replydeedtext"),
        Spot("contacts_replytext"),
    ),
    Kind.PEOPLE: (Spot("tenancies_persontext"),),
    Kind.SIGNALS: (
        Spot("help_signaldata"),
        Spot("help_signalmarktext"),
        Spot("help_signalmark", ("reason",), only="x.reason <> ''"),
        Spot("help_signalanswer"),
    ),
    Kind.DEBT_HELP: (
        Spot("help_conversationtext", only=_all_may_go(_OF_THE_TEXT)),
        Spot(
            "help_message",
            ("facts = '{}'",),
            only=f"x.facts <> '{{}}' AND {_all_may_go('x.conversation_id')}",
        ),
        Spot(
            "help_conversation",
            _NUMBERS,
            only=f"({', '.join(f'x.{one}' for one in _NUMBERS)}) <> ('', '', '', '') AND {_all_may_go('x.id')}",
        ),
    ),
    Kind.PACKAGES: (
        Spot("bailiff_filepackage", day="f.ended_on", joins="JOIN bailiff_file f ON f.id = x.file_id"),
    ),
    Kind.ACCOUNTS: (Spot("tenancies_account"),),
    Kind.BANK_WORDS: (
        Spot(
            "ledger_entrytext",
            day="e.booked_on",
            joins="JOIN ledger_entry e ON e.id = x.entry_id",
            only="e.role = 3",  # what a charge is called is no person's
        ),
        Spot("imports_linetext", day="l.booked_on", joins="JOIN imports_line l ON l.id = x.line_id"),
        Spot(
            "history_eventtext",
            day="e.effective_on",
            joins="JOIN history_event e ON e.id = x.event_id",
            only="e.verb = 'line_set_aside'",  # why somebody set a movement of nobody aside
            loose=True,
        ),
        Spot(
            "imports_owncollection",
            ("debtor_account", "debtor_name", "remittance"),
            day="x.collect_on",
            only="(x.debtor_account, x.debtor_name, x.remittance) <> ('', '', '')",
            loose=True,
        ),
    ),
    Kind.RECEIVED_FILES: (
        Spot(
            "imports_sourcefile",
            ("kept_in",),  # and the file with it: `imports.actions_sweep`
            day="x.received_at::date",
            only=_FILE_IS_READ,
            loose=True,
        ),
    ),
    Kind.SENT_FILES: (
        Spot("help_batchfile", day="b.sent_on", joins="JOIN help_batch b ON b.id = x.batch_id"),
        Spot("help_rejectedline", day="f.read_on", joins="JOIN help_answerfile f ON f.id = x.file_id"),
        Spot("help_trafficline", day="f.read_on", joins="JOIN help_trafficfile f ON f.id = x.file_id"),
        Spot(
            "help_trafficexportfile", day="e.made_on", joins="JOIN help_trafficexport e ON e.id = x.export_id"
        ),
    ),
    Kind.PRINT_FILES: (
        Spot(
            "letters_batchpaper",
            day="b.handed_on",
            joins="JOIN letters_batchpart p ON p.id = x.part_id JOIN letters_batch b ON b.id = p.batch_id",
        ),
        Spot("letters_mail", day="x.at::date"),
    ),
    Kind.UNREADABLE: (
        Spot(
            "imports_quarantine",
            ("text", "repaired_text"),
            day="f.received_at::date",
            joins="JOIN imports_sourcefile f ON f.id = x.file_id",
            only="(x.text, x.repaired_text) <> ('', '') AND x.state <> 'open'",
        ),
        Spot("vera_messagetext", day="m.at::date", joins="JOIN vera_message m ON m.id = x.message_id"),
    ),
}
