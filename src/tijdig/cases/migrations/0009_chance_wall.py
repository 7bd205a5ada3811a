"""The wall of the counts behind the order of work."""

from django.db import migrations

from tijdig.access.walls import wall


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_worth")]
    operations = [migrations.RunSQL(wall("cases_chance", may="SELECT, INSERT, DELETE"), migrations.RunSQL.noop)]
