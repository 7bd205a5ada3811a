"""The walls of the caseload: facts are never changed, also not by the owner; a reason can be erased."""

from django.db import migrations

from tijdig.access.walls import append_only, wall

_FOR_EVER = ("assignment", "absence", "absenceend", "workday")

SEVEN_DAYS = """
ALTER TABLE caseload_workday ADD CONSTRAINT caseload_workday_week CHECK (
    cardinality(minutes) = 7 AND array_position(minutes, NULL) IS NULL
    AND 0 <= ALL (minutes) AND 720 >= ALL (minutes));
"""
SQL = "\n".join(
    [
        SEVEN_DAYS,
        *(
            wall(f"caseload_{name}", may="SELECT, INSERT") + append_only(f"caseload_{name}")
            for name in _FOR_EVER
        ),
        wall("caseload_assignmenttext", may="SELECT, INSERT, DELETE"),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("caseload", "0001_initial"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
