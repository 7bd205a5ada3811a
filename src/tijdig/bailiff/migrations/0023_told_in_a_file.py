"""What somebody writes in a file is told to the open screens of both sides, as the last thing that a transaction does."""

from django.db import migrations

from tijdig.access.walls import partner_wall

_VERBS = (
    "contact_logged", "contact_withdrawn", "file_question", "file_answer", "file_cost", "file_cost_withdrawn",
    "file_cost_received", "file_reference", "legal_deed", "file_ended", "arrangement_requested", "arrangement_active",
    "arrangement_frozen", "arrangement_resumed", "arrangement_ended", "arrangement_cancelled",
)  # fmt: skip

# Its turn is that of whoever else tells (`cases.actions.tell`). It is asked for when all is written, so that nobody waits
# for it who holds what another waits for.
SQL = f"""
{partner_wall("cases_outbox", "(kind = 'moved' OR kind = 'in_file') AND subject IN (SELECT tijdig_partner_tenancies())")}
CREATE FUNCTION tijdig_tell_in_file() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE tenancy integer := substr(NEW.subject, 9)::integer;
BEGIN
    PERFORM set_config('tijdig.organisation', NEW.organisation_id::text, true), set_config('tijdig.seat', '', true);
    IF NEW.verb = 'file_ended'
       OR EXISTS (SELECT 1 FROM bailiff_file f WHERE f.tenancy_id = tenancy AND f.ended_on IS NULL) THEN
        PERFORM tijdig_outbox_turn(NEW.organisation_id);
        INSERT INTO cases_outbox (organisation_id, kind, subject) VALUES (NEW.organisation_id, 'in_file', tenancy);
        PERFORM pg_notify('tijdig_outbox', NEW.organisation_id || ':');
    END IF;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION tijdig_tell_in_file() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER history_event_told_in_file AFTER INSERT ON history_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.subject LIKE 'tenancy:%' AND NEW.verb IN ({", ".join(f"'{one}'" for one in _VERBS)}))
    EXECUTE FUNCTION tijdig_tell_in_file();
"""


class Migration(migrations.Migration):
    dependencies = [("bailiff", "0022_what_an_agreement_shows"), ("history", "0001_initial"), ("cases", "0015_outbox_turn")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
