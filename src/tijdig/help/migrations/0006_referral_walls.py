"""The walls of causes, helpers and referrals: what was said is never changed; its words can be erased."""

from django.db import migrations

from tijdig.access.walls import append_only, wall


def _of(child: str, column: str, parent: str) -> str:
    return f"""ALTER TABLE help_{child} ADD CONSTRAINT help_{child}_of_its_own
        FOREIGN KEY ({column}, organisation_id) REFERENCES help_{parent} (id, organisation_id);"""


SQL = "\n".join(
    [
        *(
            f"ALTER TABLE help_{name} ADD CONSTRAINT help_{name}_whole UNIQUE (id, organisation_id);"
            for name in ("rootcause", "helper", "referral", "referralanswer")
        ),
        _of("rootcausetext", "root_cause_id", "rootcause"),
        _of("referral", "helper_id", "helper"),
        _of("referraltext", "referral_id", "referral"),
        _of("referralanswer", "referral_id", "referral"),
        _of("referralanswertext", "answer_id", "referralanswer"),
        *(
            wall(f"help_{name}", may="SELECT, INSERT") + append_only(f"help_{name}")
            for name in ("rootcause", "referral", "referralanswer")
        ),
        wall("help_helper", may="SELECT, INSERT, UPDATE"),
        *(
            wall(f"help_{name}", may="SELECT, INSERT, DELETE")
            for name in ("rootcausetext", "referraltext", "referralanswertext")
        ),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("help", "0005_causes_and_referrals")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
