"""The walls of what stands around a file: who lives there a partner reads where the agreement shows what a household needs;
why a file came back the partner writes while it is theirs. Both can be erased with the person."""

from django.db import migrations

from tijdig.access.walls import partner_wall, wall

_OF_THEIRS = """file_id IN (SELECT f.id FROM bailiff_file f WHERE f.ended_on IS NULL
                AND f.tenancy_id IN (SELECT tijdig_partner_tenancies()))"""
_SHOWN = "tenancy_id IN (SELECT tijdig_partner_tenancies()) AND (SELECT tijdig_shows('needs'))"
SQL = f"""
{wall("bailiff_household", may="SELECT, INSERT, DELETE")}
{partner_wall("bailiff_household", _SHOWN)}
{wall("bailiff_fileendtext", may="SELECT, INSERT, DELETE")}
{partner_wall("bailiff_fileendtext", _OF_THEIRS, may="SELECT, INSERT")}
ALTER TABLE bailiff_fileendtext ADD CONSTRAINT bailiff_fileendtext_of_its_file
    FOREIGN KEY (file_id, organisation_id) REFERENCES bailiff_file (id, organisation_id);
"""


class Migration(migrations.Migration):
    dependencies = [("bailiff", "0017_around_a_file")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
