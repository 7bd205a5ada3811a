"""The walls of cases and planned steps; checkpoints are made anew, because the old ones do not know since when arrears run."""

from django.db import migrations

from tijdig.access.walls import append_only, wall

SQL = "\n".join(
    [
        wall("cases_case", may="SELECT, INSERT, UPDATE"),
        wall("cases_plannedstep", may="SELECT, INSERT, UPDATE"),
        wall("cases_answer", may="SELECT, INSERT"),
        append_only("cases_answer"),
        "TRUNCATE cases_checkpoint, cases_checkpointitem;",
    ]
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_cases_and_steps"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
