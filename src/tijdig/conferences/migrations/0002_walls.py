"""The walls of conferences: facts are never changed, also not by the owner; what a person wrote can be erased.

A place on the agenda is of its own case. A decision is of a case and a conference of the same corporation, follows a
decision of the same case, and nothing is added to a conference that is over.
"""

from django.db import migrations

from tijdig.access.walls import append_only, wall

_FOR_EVER = ("agendaitem", "withdrawal", "conference", "presence", "closing", "outcome")
_ERASABLE = ("itemtext", "withdrawaltext", "outcometext")

OF_ONE = """
ALTER TABLE conferences_agendaitem ADD CONSTRAINT conferences_item_whole UNIQUE (id, organisation_id, tenancy_id);
ALTER TABLE conferences_agendaitem ADD CONSTRAINT conferences_item_owned UNIQUE (id, organisation_id);
ALTER TABLE conferences_conference ADD CONSTRAINT conferences_conference_owned UNIQUE (id, organisation_id);
ALTER TABLE conferences_outcome ADD CONSTRAINT conferences_outcome_of_item UNIQUE (id, item_id);
ALTER TABLE conferences_place ADD CONSTRAINT conferences_place_of_its_item
    FOREIGN KEY (item_id, organisation_id, tenancy_id)
    REFERENCES conferences_agendaitem (id, organisation_id, tenancy_id);
ALTER TABLE conferences_outcome
    ADD CONSTRAINT conferences_outcome_item_owned FOREIGN KEY (item_id, organisation_id)
        REFERENCES conferences_agendaitem (id, organisation_id),
    ADD CONSTRAINT conferences_outcome_conference_owned FOREIGN KEY (conference_id, organisation_id)
        REFERENCES conferences_conference (id, organisation_id),
    ADD CONSTRAINT conferences_outcome_previous_of_item FOREIGN KEY (previous_id, item_id)
        REFERENCES conferences_outcome (id, item_id);
"""
FIXED = """
CREATE FUNCTION conferences_refuse_when_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM conferences_closing c WHERE c.conference_id = NEW.conference_id) THEN
        RAISE EXCEPTION 'conference % is over', NEW.conference_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_not_over';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER conferences_outcome_not_over BEFORE INSERT ON conferences_outcome
    FOR EACH ROW EXECUTE FUNCTION conferences_refuse_when_over();
CREATE TRIGGER conferences_presence_not_over BEFORE INSERT ON conferences_presence
    FOR EACH ROW EXECUTE FUNCTION conferences_refuse_when_over();
"""
SQL = "\n".join(
    [
        OF_ONE,
        FIXED,
        *(
            wall(f"conferences_{name}", may="SELECT, INSERT") + append_only(f"conferences_{name}")
            for name in _FOR_EVER
        ),
        *(wall(f"conferences_{name}", may="SELECT, INSERT, DELETE") for name in (*_ERASABLE, "place")),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("conferences", "0001_initial"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
