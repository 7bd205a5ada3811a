"""The walls of flags: facts are never changed, also not by the owner; what a person wrote can be erased.

An end is of the tenancy, kind and beginning of its flag, and what follows an end is of the same tenancy and kind. With the
constraints of the tables themselves that leaves at most one open of each kind.
"""

from django.db import migrations

from tijdig.access.walls import append_only, wall

_FOR_EVER = ("tenancyflag", "tenancyflagend")
_ERASABLE = ("tenancyflagtext", "tenancyflagendtext")

SAME_FLAG = """
ALTER TABLE tenancies_tenancyflag ADD CONSTRAINT tenancies_flag_whole
    UNIQUE (id, organisation_id, tenancy_id, kind, begin_on);
ALTER TABLE tenancies_tenancyflagend ADD CONSTRAINT tenancies_flag_end_of_its_flag
    FOREIGN KEY (flag_id, organisation_id, tenancy_id, kind, begin_on)
    REFERENCES tenancies_tenancyflag (id, organisation_id, tenancy_id, kind, begin_on);
ALTER TABLE tenancies_tenancyflagend ADD CONSTRAINT tenancies_flag_end_whole
    UNIQUE (flag_id, organisation_id, tenancy_id, kind);
ALTER TABLE tenancies_tenancyflag ADD CONSTRAINT tenancies_flag_follows_its_kind
    FOREIGN KEY (follows_id, organisation_id, tenancy_id, kind)
    REFERENCES tenancies_tenancyflagend (flag_id, organisation_id, tenancy_id, kind);
"""
SQL = "\n".join(
    [
        SAME_FLAG,
        *(
            wall(f"tenancies_{name}", may="SELECT, INSERT") + append_only(f"tenancies_{name}")
            for name in _FOR_EVER
        ),
        *(wall(f"tenancies_{name}", may="SELECT, INSERT, DELETE") for name in _ERASABLE),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("tenancies", "0004_flags"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
