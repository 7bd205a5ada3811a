"""The walls of the ledger: entries are append-only for everybody, also for the owner."""

from django.db import migrations

from tijdig.access.walls import append_only, wall

SQL = "\n".join(
    [
        wall("ledger_entry", may="SELECT, INSERT"),
        append_only("ledger_entry"),
        wall("ledger_entrytext", may="SELECT, INSERT, DELETE"),
        wall("ledger_dirty"),
        wall("ledger_bankaccount", may="SELECT, INSERT, UPDATE"),
        wall("ledger_route"),
        wall("ledger_waiting"),
        wall("ledger_answer", may="SELECT, INSERT, DELETE"),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
