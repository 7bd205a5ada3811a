"""The walls of answers: what came and what was done are never changed; what a person wrote can be erased; work is done."""

from django.db import migrations

from tijdig.access.walls import append_only, wall

_FOR_EVER = ("reply", "replydeed")
_ERASABLE = ("replytext", "replydeedtext")

SAME_REPLY = """
ALTER TABLE contacts_reply ADD CONSTRAINT contacts_reply_whole UNIQUE (id, organisation_id);
ALTER TABLE contacts_replydeed ADD CONSTRAINT contacts_replydeed_of_its_reply
    FOREIGN KEY (reply_id, organisation_id) REFERENCES contacts_reply (id, organisation_id);
ALTER TABLE contacts_replywork ADD CONSTRAINT contacts_replywork_of_its_reply
    FOREIGN KEY (reply_id, organisation_id) REFERENCES contacts_reply (id, organisation_id);
"""
SQL = "\n".join(
    [
        SAME_REPLY,
        *(
            wall(f"contacts_{name}", may="SELECT, INSERT") + append_only(f"contacts_{name}")
            for name in _FOR_EVER
        ),
        *(wall(f"contacts_{name}", may="SELECT, INSERT, DELETE") for name in _ERASABLE),
        wall("contacts_replywork"),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0003_replies"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
