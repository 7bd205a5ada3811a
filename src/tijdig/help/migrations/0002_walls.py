"""The walls of signals: what was decided, sent and answered is never changed; what is about a person can be erased.

Whatever points at a signal, a file or a municipality is of the same corporation.
"""

from django.db import migrations

from tijdig.access.walls import append_only, wall

_FOR_EVER = ("signal", "batch", "signalmark", "answerfile", "signalanswer")
_ERASABLE = ("batchfile", "signaldata", "rejectedline")
_SAME = (
    ("signal", "municipality"),
    ("batch", "municipality"),
    ("answerfile", "municipality"),
    ("signalmark", "signal"),
    ("signalmark", "batch"),
    ("signaldata", "signal"),
    ("batchfile", "batch"),
    ("signalanswer", "signal"),
    ("rejectedline", "file"),
    ("signalanswer", "file"),
)
_TABLE = {"file": "answerfile"}


def _same_corporation() -> str:
    named = sorted({_TABLE.get(to, to) for _, to in _SAME})
    whole = [f"ALTER TABLE help_{name} ADD CONSTRAINT help_{name}_whole UNIQUE (id, organisation_id);" for name in named]
    point = [
        f"""ALTER TABLE help_{table} ADD CONSTRAINT help_{table}_of_its_{to}
            FOREIGN KEY ({to}_id, organisation_id) REFERENCES help_{_TABLE.get(to, to)} (id, organisation_id);"""
        for table, to in _SAME
    ]
    return "\n".join([*whole, *point])


SQL = "\n".join(
    [
        _same_corporation(),
        wall("help_municipality", may="SELECT, INSERT, UPDATE"),
        *(wall(f"help_{name}", may="SELECT, INSERT") + append_only(f"help_{name}") for name in _FOR_EVER),
        *(wall(f"help_{name}", may="SELECT, INSERT, DELETE") for name in _ERASABLE),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("help", "0001_initial"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
