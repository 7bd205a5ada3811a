"""The wall of packages: a partner reads that of a file while the file is theirs; it can be erased with the person."""

from django.db import migrations

from tijdig.access.walls import partner_wall, wall

_OF_THEIRS = """file_id IN (SELECT f.id FROM bailiff_file f WHERE f.ended_on IS NULL
                AND f.tenancy_id IN (SELECT tijdig_partner_tenancies()))"""
SQL = f"""
{wall("bailiff_filepackage", may="SELECT, INSERT, DELETE")}
{partner_wall("bailiff_filepackage", _OF_THEIRS)}
ALTER TABLE bailiff_filepackage ADD CONSTRAINT bailiff_filepackage_of_its_file
    FOREIGN KEY (file_id, organisation_id) REFERENCES bailiff_file (id, organisation_id);
"""


class Migration(migrations.Migration):
    dependencies = [("bailiff", "0007_package")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
