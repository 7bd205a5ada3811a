"""The walls of debt-help traffic: what was read, matched, answered and sent is never changed; what is about a person can be erased.

Whatever points at a file, a conversation, a message, a match or an export is of the same corporation.
"""

from django.db import migrations

from tijdig.access.walls import append_only, wall

_WHOLE = ("trafficfile", "conversation", "conversationmatch", "message", "trafficexport")
_FOR_EVER = (*_WHOLE, "trafficlook", "trafficexportitem")
_ERASABLE = ("trafficline", "conversationtext", "trafficexportfile")
_SAME = (
    ("trafficline", "file", "trafficfile"),
    ("conversationmatch", "conversation", "conversation"),
    ("conversationrelease", "match", "conversationmatch"),
    ("message", "conversation", "conversation"),
    ("message", "file", "trafficfile"),
    ("message", "answers", "message"),
    ("conversationtext", "message", "message"),
    ("trafficexportfile", "export", "trafficexport"),
    ("trafficexportitem", "export", "trafficexport"),
    ("trafficexportitem", "message", "message"),
)


def _same_corporation() -> str:
    whole = [f"ALTER TABLE help_{name} ADD CONSTRAINT help_{name}_whole UNIQUE (id, organisation_id);" for name in _WHOLE]
    point = [
        f"""ALTER TABLE help_{table} ADD CONSTRAINT help_{table}_of_its_{column}
            FOREIGN KEY ({column}_id, organisation_id) REFERENCES help_{to} (id, organisation_id);"""
        for table, column, to in _SAME
    ]
    return "\n".join([*whole, *point])


SQL = "\n".join(
    [
        _same_corporation(),
        *(
            wall(f"help_{name}", may="SELECT, INSERT") + append_only(f"help_{name}")
            for name in (*_FOR_EVER, "conversationrelease")
        ),
        *(wall(f"help_{name}", may="SELECT, INSERT, DELETE") for name in _ERASABLE),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("help", "0007_traffic")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
