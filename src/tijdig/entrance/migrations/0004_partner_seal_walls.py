"""The walls of the links over a partner's acts: of that partner alone, and never changed."""

from django.db import migrations

from tijdig.access.walls import PARTNER, append_only, partner_wall

_MINE = f"partner_id = {PARTNER}"
SQL = f"""
ALTER TABLE entrance_partnerseal ENABLE ROW LEVEL SECURITY;
ALTER TABLE entrance_partnerseal FORCE ROW LEVEL SECURITY;
CREATE POLICY entrance_partnerseal_own ON entrance_partnerseal USING ({_MINE}) WITH CHECK ({_MINE});
REVOKE ALL ON entrance_partnerseal FROM PUBLIC;
GRANT SELECT, INSERT ON entrance_partnerseal TO tijdig_app;
{append_only("entrance_partnerseal")}
{partner_wall("entrance_partnerseal", _MINE, may="SELECT, INSERT")}
"""


class Migration(migrations.Migration):
    dependencies = [("entrance", "0003_partner_seals")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
