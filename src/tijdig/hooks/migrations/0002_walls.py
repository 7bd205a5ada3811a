"""The walls of hooks, and what the database itself writes down as having happened.

What happened is taken from history and from what screens are told, in the same transaction and in the order of a file.
"""

from django.db import migrations

from tijdig.access.walls import ORGANISATION, PARTNER, partner_wall, wall

_BOTH = ("hooks_subscription", "hooks_delivery")
_MAY = {"hooks_subscription": "SELECT, INSERT, UPDATE", "hooks_delivery": "SELECT, INSERT, UPDATE, DELETE"}


def _of_both(table: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_rows ON {table} USING (organisation_id = {ORGANISATION} OR partner_id = {PARTNER})
    WITH CHECK (organisation_id = {ORGANISATION} OR partner_id = {PARTNER});
REVOKE ALL ON {table} FROM PUBLIC;
GRANT {_MAY[table]} ON {table} TO tijdig_app;
{partner_wall(table, f"partner_id = {PARTNER}", may=_MAY[table])}
"""


_TOLD = """
CREATE FUNCTION tijdig_hook(tenancy integer, what text, about bigint, organisation integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE here record;
BEGIN
    SELECT f.id, f.partner_id INTO here FROM bailiff_file f
     WHERE f.tenancy_id = tenancy AND f.ended_on IS NULL ORDER BY f.id DESC LIMIT 1;
    IF here.id IS NULL AND what IN ('externe-incasso.gewijzigd', 'saldo.gewijzigd') THEN
        RETURN;
    END IF;
    INSERT INTO hooks_event (organisation_id, tenancy_id, file_id, partner_id, kind, resource_id)
    VALUES (organisation, tenancy, here.id, here.partner_id, what, about);
END $$;

CREATE FUNCTION tijdig_hook_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE what text; about bigint;
BEGIN
    what := CASE
        WHEN NEW.verb IN ('handed_over', 'file_taken_in') THEN 'externe-incasso.begonnen'
        WHEN NEW.verb = 'file_ended' THEN 'externe-incasso.beeindigd'
        WHEN NEW.verb IN ('contact_logged', 'contact_withdrawn', 'file_question', 'file_answer', 'file_cost',
                          'file_cost_withdrawn', 'file_cost_received', 'legal_deed', 'file_reference')
            THEN 'externe-incasso.gewijzigd'
        WHEN NEW.verb IN ('hand_over_proposed', 'hand_over_proposal_refused') THEN 'externe-incasso.voorstel'
        WHEN NEW.verb IN ('arrangement_requested', 'arrangement_active', 'arrangement_frozen',
                          'arrangement_resumed', 'arrangement_ended', 'arrangement_cancelled')
            THEN 'betalingsregeling.gewijzigd'
    END;
    IF what IS NULL OR NEW.subject NOT LIKE 'tenancy:%' THEN
        RETURN NULL;
    END IF;
    IF what = 'betalingsregeling.gewijzigd' THEN
        about := (NEW.facts->>'arrangement')::bigint;
        IF (SELECT count(*) FROM arrangements_change c WHERE c.arrangement_id = about) = 1 THEN
            what := 'betalingsregeling.gemaakt';
        END IF;
    ELSIF what = 'externe-incasso.voorstel' THEN
        about := (NEW.facts->>'proposal')::bigint;
    END IF;
    PERFORM tijdig_hook(substr(NEW.subject, 9)::integer, what, about, NEW.organisation_id);
    RETURN NULL;
END $$;
CREATE TRIGGER hooks_of_history AFTER INSERT ON history_event FOR EACH ROW EXECUTE FUNCTION tijdig_hook_history();

CREATE FUNCTION tijdig_hook_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tijdig_hook(NEW.subject::integer, 'saldo.gewijzigd', NULL, NEW.organisation_id);
    RETURN NULL;
END $$;
CREATE TRIGGER hooks_of_moved AFTER INSERT ON cases_outbox FOR EACH ROW
    WHEN (NEW.kind = 'moved') EXECUTE FUNCTION tijdig_hook_moved();

CREATE FUNCTION tijdig_partner_ids() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$ SELECT id FROM access_partner_list ORDER BY id $$;
REVOKE EXECUTE ON FUNCTION tijdig_hook(integer, text, bigint, integer), tijdig_partner_ids() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tijdig_partner_ids() TO tijdig_app;
"""

SQL = "\n".join(
    [
        *(_of_both(table) for table in _BOTH),
        wall("hooks_event", may="SELECT, INSERT, DELETE"),
        partner_wall("hooks_event"),
        wall("hooks_toldbreak", may="SELECT, INSERT"),
        partner_wall("hooks_toldbreak"),
        _TOLD,
    ]
)


class Migration(migrations.Migration):
    dependencies = [
        ("hooks", "0001_initial"),
        ("bailiff", "0011_program_walls"),
        ("history", "0005_reading_walls"),
        ("arrangements", "0002_walls"),
        ("cases", "0013_new_arrears"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
