"""The walls of what programs tell: a proposal is the corporation's alone, the partner's number of a file is theirs."""

from django.db import migrations

from tijdig.access.walls import USER, append_only, partner_wall, wall

_IN_THEIRS = """file_id IN (SELECT f.id FROM bailiff_file f WHERE f.ended_on IS NULL)
    AND tenancy_id IN (SELECT tijdig_partner_tenancies())"""
_FOR_EVER = ("proposal", "proposalrefusal", "filereference")
SQL = "\n".join(
    [
        *(wall(f"bailiff_{name}", may="SELECT, INSERT") + append_only(f"bailiff_{name}") for name in _FOR_EVER),
        partner_wall("bailiff_proposal"),
        partner_wall("bailiff_proposalrefusal"),
        partner_wall("bailiff_filereference", _IN_THEIRS, may="SELECT, INSERT"),
        f"""CREATE POLICY bailiff_filereference_as_itself ON bailiff_filereference AS RESTRICTIVE FOR INSERT
            TO tijdig_partner WITH CHECK (actor = 'user:' || {USER});""",
        """ALTER TABLE bailiff_proposal ADD CONSTRAINT bailiff_proposal_whole UNIQUE (id, organisation_id);
ALTER TABLE bailiff_proposalrefusal ADD CONSTRAINT bailiff_proposalrefusal_of_its_proposal
    FOREIGN KEY (proposal_id, organisation_id) REFERENCES bailiff_proposal (id, organisation_id);
ALTER TABLE bailiff_filereference ADD CONSTRAINT bailiff_filereference_of_its_file
    FOREIGN KEY (file_id, tenancy_id, organisation_id) REFERENCES bailiff_file (id, tenancy_id, organisation_id);""",
    ]
)


class Migration(migrations.Migration):
    dependencies = [("bailiff", "0010_programs")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
