"""The walls of the entrance. Before somebody is known, the database shows one row: the one whose name was given.

An invitation by the digest of its link, a provider by its short name or by the domain of an address, a passkey by its
own name. All the rest is behind the wall of a corporation or of a partner.
"""

from django.db import migrations

from tijdig.access.walls import ORGANISATION, PARTNER, append_only, partner_wall

_MINE = f"partner_id = {PARTNER}"
_OWN = f"organisation_id = {ORGANISATION} OR {_MINE}"
_EVERY = "SELECT, INSERT, UPDATE, DELETE"


def _asked(setting):
    return f"(SELECT nullif(current_setting('tijdig.{setting}', true), ''))"


_BY_NAME = {
    "invitation": f"digest = {_asked('invitation')}",
    "provider": f"slug = {_asked('provider')} OR domain = {_asked('domain')}",
    "passkey": f"credential = {_asked('credential')}",
}


def _wall(name):
    table, by_name = f"entrance_{name}", _BY_NAME.get(name)
    seen = f"{_OWN} OR {by_name}" if by_name else _OWN
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_organisation ON {table} USING ({seen}) WITH CHECK ({_OWN});
REVOKE ALL ON {table} FROM PUBLIC;
GRANT {_EVERY} ON {table} TO tijdig_app;
{partner_wall(table, _MINE, may=_EVERY)}
"""


_ACTS = f"""
ALTER TABLE entrance_partneract ENABLE ROW LEVEL SECURITY;
ALTER TABLE entrance_partneract FORCE ROW LEVEL SECURITY;
CREATE POLICY entrance_partneract_own ON entrance_partneract USING ({_MINE}) WITH CHECK ({_MINE});
REVOKE ALL ON entrance_partneract FROM PUBLIC;
GRANT SELECT, INSERT ON entrance_partneract TO tijdig_app;
{append_only("entrance_partneract")}
{partner_wall("entrance_partneract", _MINE, may="SELECT, INSERT")}
"""

_TABLES = ("secondfactor", "recoverycode", "invitation", "provider", "identity", "passkey")
SQL = "\n".join([*(_wall(name) for name in _TABLES), _ACTS])


class Migration(migrations.Migration):
    dependencies = [("entrance", "0001_initial"), ("access", "0006_sessions"), ("history", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
