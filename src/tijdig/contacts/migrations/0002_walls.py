"""The walls of contacts: facts are never changed, also not by the owner; what a person wrote can be erased."""

from django.db import migrations

from tijdig.access.walls import append_only, wall

_FOR_EVER = ("contact", "promise", "withdrawal")
_ERASABLE = ("contacttext", "withdrawaltext")

SAME_CONTACT = """
ALTER TABLE contacts_contact ADD CONSTRAINT contacts_contact_whole
    UNIQUE (id, organisation_id, tenancy_id, effective_on);
ALTER TABLE contacts_promise ADD CONSTRAINT contacts_promise_of_its_contact
    FOREIGN KEY (contact_id, organisation_id, tenancy_id, made_on)
    REFERENCES contacts_contact (id, organisation_id, tenancy_id, effective_on);
"""
SQL = "\n".join(
    [
        SAME_CONTACT,
        *(
            wall(f"contacts_{name}", may="SELECT, INSERT") + append_only(f"contacts_{name}")
            for name in _FOR_EVER
        ),
        *(wall(f"contacts_{name}", may="SELECT, INSERT, DELETE") for name in _ERASABLE),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
