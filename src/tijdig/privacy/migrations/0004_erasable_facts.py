"""What is known of somebody in codes goes with the words: rows that are never changed may go, or be emptied, once it is over.

Over is a tenancy that ended, of a corporation whose rules of keeping somebody approved. What else holds it back is asked by
the program.
"""

from django.db import migrations

from tijdig.access.walls import erasable

_APPROVED = "EXISTS (SELECT 1 FROM privacy_retentionversion)"
_SIGNAL = "(SELECT g.tenancy_id FROM help_signal g WHERE g.id = OLD.signal_id)"


def _ended(tenancy: str) -> str:
    return f"""{_APPROVED}
            AND EXISTS (SELECT 1 FROM tenancies_tenancy t WHERE t.id = {tenancy} AND t.end_on IS NOT NULL)"""


def _talked_out(conversation: str) -> str:
    """Of every tenancy whose conversation it is; one that was let go does not count."""
    return f"""{_APPROVED}
            AND EXISTS (SELECT 1 FROM help_conversationmatch m WHERE m.conversation_id = {conversation})
            AND NOT EXISTS (SELECT 1 FROM help_conversationmatch m JOIN tenancies_tenancy t ON t.id = m.tenancy_id
                              LEFT JOIN help_conversationrelease r ON r.match_id = m.id
                             WHERE m.conversation_id = {conversation} AND r.match_id IS NULL AND t.end_on IS NULL)"""


OWN = _ended("OLD.tenancy_id")
SQL = "\n".join(
    [
        erasable("contacts_contact", OWN, emptied={"causes": [], "outcome": "other"}),
        erasable("help_rootcause", OWN),
        erasable("help_worry", OWN),
        erasable(
            "help_worrypickup",
            _ended("(SELECT w.tenancy_id FROM help_worry w WHERE w.id = OLD.worry_id)"),
        ),
        erasable("help_referral", OWN),
        erasable(
            "help_referralanswer",
            _ended("(SELECT r.tenancy_id FROM help_referral r WHERE r.id = OLD.referral_id)"),
        ),
        erasable("tenancies_tenancyflag", OWN),
        erasable("tenancies_tenancyflagend", OWN),
        erasable("help_signalanswer", _ended(_SIGNAL)),
        erasable("help_signalmark", _ended(_SIGNAL), emptied={"reason": ""}),
        erasable("help_message", _talked_out("OLD.conversation_id"), emptied={"facts": {}}),
        erasable(
            "help_conversation",
            _talked_out("OLD.id"),
            emptied={"reference": "", "helper_number": "", "our_number": "", "settlement": ""},
        ),
        # A circumstance and its end point at each other: they go together.
        """ALTER TABLE tenancies_tenancyflag ALTER CONSTRAINT tenancies_flag_follows_its_kind
               DEFERRABLE INITIALLY IMMEDIATE;""",
    ]
)


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0003_received_files"),
        ("contacts", "0005_confidential"),
        ("help", "0015_signal_word_walls"),
        ("tenancies", "0007_erased_on"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
