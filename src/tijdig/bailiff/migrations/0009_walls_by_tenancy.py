"""The partner's wall of people and homes, asked by the tenancies that are theirs: an index answers, however many
corporations there are. What is seen stays the same."""

from django.db import migrations

from tijdig.access.walls import partner_wall

_PEOPLE = """id IN (SELECT p.person_id FROM tenancies_party p
                WHERE p.tenancy_id IN (SELECT tijdig_partner_tenancies()))"""
_HOMES = """id IN (SELECT t.home_id FROM tenancies_tenancy t
                WHERE t.id IN (SELECT tijdig_partner_tenancies()))"""
SQL = "\n".join(
    [
        "ALTER FUNCTION tijdig_partner_tenancies() ROWS 50;",
        partner_wall("tenancies_person", _PEOPLE, may="SELECT"),
        partner_wall("tenancies_persontext", _PEOPLE.replace("id IN", "person_id IN", 1), may="SELECT"),
        partner_wall("tenancies_home", _HOMES, may="SELECT"),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("bailiff", "0008_package_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
