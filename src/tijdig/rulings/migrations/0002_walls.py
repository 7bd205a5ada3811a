"""The walls of rulings: facts are never changed, also not by the owner; what a person wrote can be erased.

One ruling holds for each place of a tenancy: each step, the pause, the decision. That it ends early stands in another row,
so no constraint on one table can hold this; a trigger does, one at a time per tenancy.
"""

from django.db import migrations

from tijdig.access.walls import append_only, wall

_FOR_EVER = ("ruling", "ending")
_ERASABLE = ("rulingtext", "endingtext")

ONE_AT_A_TIME = """
CREATE FUNCTION tijdig_one_ruling() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decisions CONSTANT text[] := ARRAY['hand_over', 'arrange', 'help', 'go_on'];
BEGIN
    PERFORM 1 FROM tenancies_tenancy t WHERE t.id = NEW.tenancy_id AND t.organisation_id = NEW.organisation_id
        FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a ruling names a tenancy that does not exist in this corporation'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'rulings_ruling_of_its_own';
    END IF;
    IF EXISTS (SELECT 1 FROM rulings_ruling r
                WHERE r.tenancy_id = NEW.tenancy_id AND r.instead_of = NEW.instead_of
                  AND (r.kind = ANY(decisions)) = (NEW.kind = ANY(decisions))
                  AND r.until_on >= NEW.from_on AND r.from_on <= NEW.until_on
                  AND NOT EXISTS (SELECT 1 FROM rulings_ending e
                                   WHERE e.ruling_id = r.id AND e.ended_on <= NEW.from_on)) THEN
        RAISE EXCEPTION 'another ruling holds for this: end it first'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'rulings_ruling_one_at_a_time';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rulings_ruling_one_at_a_time BEFORE INSERT ON rulings_ruling
    FOR EACH ROW EXECUTE FUNCTION tijdig_one_ruling();

CREATE FUNCTION tijdig_ending_within_ruling() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM rulings_ruling r
                    WHERE r.id = NEW.ruling_id AND r.organisation_id = NEW.organisation_id
                      AND NEW.ended_on BETWEEN r.from_on AND r.until_on) THEN
        RAISE EXCEPTION 'a ruling ends within its days'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rulings_ending_within';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rulings_ending_within BEFORE INSERT ON rulings_ending
    FOR EACH ROW EXECUTE FUNCTION tijdig_ending_within_ruling();
"""
SQL = "\n".join(
    [
        ONE_AT_A_TIME,
        *(
            wall(f"rulings_{name}", may="SELECT, INSERT") + append_only(f"rulings_{name}")
            for name in _FOR_EVER
        ),
        *(wall(f"rulings_{name}", may="SELECT, INSERT, DELETE") for name in _ERASABLE),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("rulings", "0001_initial"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
