"""The wall of what stood beside the boxes when an eviction was decided: the corporation's alone, without a caretaker.

A last chance stands on an arrangement of its own tenancy.
"""

from django.db import migrations

from tijdig.access.walls import partner_wall, wall

SQL = f"""
{wall("bailiff_legaldeedfacts", may="SELECT, INSERT, DELETE")}
{partner_wall("bailiff_legaldeedfacts")}
ALTER TABLE bailiff_legaldeedfacts ADD CONSTRAINT bailiff_legaldeedfacts_of_its_deed
    FOREIGN KEY (deed_id, organisation_id) REFERENCES bailiff_legaldeed (id, organisation_id);
CREATE POLICY bailiff_legaldeedfacts_no_amounts ON bailiff_legaldeedfacts AS RESTRICTIVE FOR SELECT TO tijdig_app
    USING ((SELECT current_setting('tijdig.seat', true)) IS DISTINCT FROM 'caretaker');
ALTER TABLE arrangements_arrangement ADD CONSTRAINT arrangements_arrangement_of_its_tenancy
    UNIQUE (id, tenancy_id, organisation_id);
ALTER TABLE bailiff_legaldeed ADD CONSTRAINT bailiff_legaldeed_of_its_arrangement
    FOREIGN KEY (arrangement_id, tenancy_id, organisation_id)
    REFERENCES arrangements_arrangement (id, tenancy_id, organisation_id);
"""


class Migration(migrations.Migration):
    dependencies = [("bailiff", "0019_eviction_check"), ("arrangements", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
