"""The walls of worries: what was noticed and who took it up is never changed; its words can be erased."""

from django.db import migrations

from tijdig.access.walls import append_only, wall

_SAME = "\n".join(
    [
        "ALTER TABLE help_worry ADD CONSTRAINT help_worry_whole UNIQUE (id, organisation_id);",
        *(
            f"""ALTER TABLE help_{name} ADD CONSTRAINT help_{name}_of_its_worry
                FOREIGN KEY (worry_id, organisation_id) REFERENCES help_worry (id, organisation_id);"""
            for name in ("worrytext", "worrypickup")
        ),
    ]
)
SQL = "\n".join(
    [
        _SAME,
        *(
            wall(f"help_{name}", may="SELECT, INSERT") + append_only(f"help_{name}")
            for name in ("worry", "worrypickup")
        ),
        wall("help_worrytext", may="SELECT, INSERT, DELETE"),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("help", "0003_worries")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
