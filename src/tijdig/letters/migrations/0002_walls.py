"""The walls of letters: a letter and its text are never changed; what is personal can be erased."""

from django.db import migrations

from tijdig.access.walls import append_only, wall

_FOR_EVER = ("lettertext", "letterhead", "letter", "try", "batchpart")
_ERASABLE = ("letterpaper", "batchpaper", "mail")

SQL = "\n".join(
    [
        *(
            wall(f"letters_{name}", may="SELECT, INSERT") + append_only(f"letters_{name}")
            for name in _FOR_EVER
        ),
        *(wall(f"letters_{name}", may="SELECT, INSERT, DELETE") for name in _ERASABLE),
        *(wall(f"letters_{name}", may="SELECT, INSERT, UPDATE") for name in ("batch", "link", "sending")),
        wall("letters_sendingtext"),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
