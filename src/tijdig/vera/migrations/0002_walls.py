"""The walls of messages: of the corporation or of the partner whose program sent them; added to, never changed."""

from django.db import migrations

from tijdig.access.walls import ORGANISATION, PARTNER, append_only, partner_wall

_TABLES = {"vera_message": "SELECT, INSERT", "vera_messagetext": "SELECT, INSERT, DELETE"}


def _wall(table: str, may: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_rows ON {table} USING (organisation_id = {ORGANISATION} OR partner_id = {PARTNER})
    WITH CHECK (organisation_id = {ORGANISATION} OR partner_id = {PARTNER});
REVOKE ALL ON {table} FROM PUBLIC;
GRANT {may} ON {table} TO tijdig_app;
{partner_wall(table, f"partner_id = {PARTNER}", may=may)}
"""


SQL = "\n".join([*(_wall(table, may) for table, may in _TABLES.items()), append_only("vera_message")])


class Migration(migrations.Migration):
    dependencies = [("vera", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
