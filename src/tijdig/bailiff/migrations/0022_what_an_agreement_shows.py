"""What a partner sees of a file is what its agreement shows, held by the database, and of a file that ended its own figures.

Whether an agreement holds is asked in one function, `tijdig_agreements_in_force`; which files are the partner's now in another,
`tijdig_partner_files`, also over all corporations. Where whole rows are concerned a policy asks `tijdig_shows`, once a
statement; where columns are, a partner reads a view and the table itself not.

That a household stands still is known to whoever goes to court for it; why, where the agreement shows what it needs.
"""

from django.db import migrations

from tijdig.access.walls import ORGANISATION, PARTNER, USER, partner_wall

_TODAY = "(now() AT TIME ZONE 'Europe/Amsterdam')::date"
_THEIRS = "file_id IN (SELECT tijdig_partner_files()) AND tenancy_id IN (SELECT tijdig_partner_tenancies())"
_OWN_PEOPLE = "SELECT 'user:' || u.id FROM access_user u"
# One comparison each: a list is written otherwise by a database that was restored.
_STANDS_STILL = " OR ".join(
    f"f.kind = '{kind}'"
    for kind in ("debt_procedure", "wsnp", "amicable", "moratorium", "death", "bankruptcy")
)

_FUNCTIONS = f"""
CREATE FUNCTION tijdig_in_force(partner integer, organisation integer) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT g.id FROM public.tijdig_agreements_in_force({_TODAY}) g
     WHERE g.partner_id = partner AND g.organisation_id = organisation
$$;
CREATE OR REPLACE FUNCTION tijdig_partner_tenancies() RETURNS SETOF integer LANGUAGE sql STABLE ROWS 50
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT f.tenancy_id FROM bailiff_file f
     WHERE f.partner_id = {PARTNER} AND f.organisation_id = {ORGANISATION} AND f.ended_on IS NULL
       AND (SELECT tijdig_in_force({PARTNER}, {ORGANISATION})) IS NOT NULL
$$;
CREATE FUNCTION tijdig_partner_files() RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 50
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT f.id FROM bailiff_file f
     WHERE f.partner_id = {PARTNER} AND f.ended_on IS NULL AND f.organisation_id IN (
           SELECT g.organisation_id FROM bailiff_agreement g WHERE g.partner_id = {PARTNER}
            GROUP BY g.organisation_id HAVING tijdig_in_force({PARTNER}, g.organisation_id) IS NOT NULL)
$$;
CREATE OR REPLACE FUNCTION tijdig_shows(what text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT a.terms->'shows' ? what FROM public.bailiff_agreement a
                      WHERE a.id = public.tijdig_in_force({PARTNER}, {ORGANISATION})), false)
$$;
CREATE FUNCTION tijdig_partner_packages() RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 50
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT f.id FROM bailiff_file f JOIN bailiff_agreement a ON a.id = f.agreement_id
      JOIN bailiff_agreement n ON n.id = tijdig_in_force(f.partner_id, f.organisation_id)
     WHERE f.id IN (SELECT tijdig_partner_files()) AND n.terms->'shows' @> (a.terms->'shows')
$$;
CREATE FUNCTION tijdig_stands_still(tenancy integer, as_of date) RETURNS boolean LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT ({PARTNER} IS NULL OR tenancy IN (SELECT tijdig_partner_tenancies())) AND (
           EXISTS (SELECT 1 FROM tenancies_tenancyflag f LEFT JOIN tenancies_tenancyflagend e ON e.flag_id = f.id
                    WHERE f.tenancy_id = tenancy AND f.begin_on <= as_of AND (e.end_on IS NULL OR e.end_on > as_of)
                      AND ({_STANDS_STILL}))
        OR EXISTS (SELECT 1 FROM tenancies_party p JOIN tenancies_tenancy t ON t.id = p.tenancy_id
                     JOIN tenancies_person n ON n.id = p.person_id
                    WHERE p.tenancy_id = tenancy AND (p.role = 'HUU' OR p.role = 'MDH') AND p.begin_on <= as_of
                      AND (p.end_on IS NULL OR p.end_on >= least(as_of, t.end_on)) AND n.died_on <= as_of))
$$;
CREATE FUNCTION tijdig_unheard(tenancy integer, since date, as_of date) RETURNS boolean LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT ({PARTNER} IS NULL OR tenancy IN (SELECT tijdig_partner_tenancies()))
       AND EXISTS (SELECT 1 FROM tenancies_tenancyflag f LEFT JOIN tenancies_tenancyflagend e ON e.flag_id = f.id
                    WHERE f.tenancy_id = tenancy AND f.begin_on <= as_of AND (e.end_on IS NULL OR e.end_on > as_of)
                      AND f.kind = 'administration')
       AND NOT EXISTS (SELECT 1 FROM contacts_contact c LEFT JOIN contacts_withdrawal w ON w.contact_id = c.id
                        WHERE c.tenancy_id = tenancy AND c.who = 'representative' AND c.reached = 'talked'
                          AND c.effective_on >= since AND c.effective_on <= as_of AND w.contact_id IS NULL)
$$;
CREATE FUNCTION tijdig_signal_on(tenancy integer, as_of date) RETURNS date LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT max(s.effective_on) FROM steps_step s
     WHERE s.tenancy_id = tenancy AND s.kind = 'signal_sent' AND s.effective_on <= as_of
       AND ({PARTNER} IS NULL OR tenancy IN (SELECT tijdig_partner_tenancies()))
$$;
"""
_NEW = (
    "tijdig_in_force(integer, integer)",
    "tijdig_partner_tenancies()",
    "tijdig_partner_files()",
    "tijdig_partner_packages()",
    "tijdig_stands_still(integer, date)",
    "tijdig_unheard(integer, date, date)",
    "tijdig_signal_on(integer, date)",
)
_OF_CONTACT = """id, organisation_id, tenancy_id, person_id, channel, direction, reached, who, outcome, causes, effective_on,
    at, minutes, next_step, next_on, actor, recorded_at, asked_as, confidential"""
# Causes of arrears are what a household needs; the bailiff's own people read what they wrote themselves.
_CAUSES = f"""CASE WHEN (SELECT public.tijdig_shows('needs')) OR c.actor IN ({_OWN_PEOPLE.replace("access", "public.access")})
                THEN c.causes ELSE '{{}}' END AS causes"""
_CONTACTS = f"""
CREATE VIEW tijdig_partner.contacts_contact WITH (security_barrier) AS
    SELECT {", ".join(_CAUSES if one.strip() == "causes" else f"c.{one.strip()}" for one in _OF_CONTACT.split(","))}
      FROM public.contacts_contact c
     WHERE c.tenancy_id IN (SELECT public.tijdig_partner_tenancies())
       AND ((SELECT public.tijdig_shows('contacts'))
            OR c.actor IN ({_OWN_PEOPLE.replace("access", "public.access")}));
-- As who writes, behind the walls of the table itself.
CREATE FUNCTION tijdig_partner.write_contact() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    NEW.id := coalesce(NEW.id, nextval(pg_get_serial_sequence('contacts_contact', 'id')));
    NEW.recorded_at := coalesce(NEW.recorded_at, now());
    NEW.confidential := coalesce(NEW.confidential, false);
    INSERT INTO contacts_contact ({_OF_CONTACT})
    VALUES ({", ".join(f"NEW.{one.strip()}" for one in _OF_CONTACT.split(","))});
    RETURN NEW;
END $$;
CREATE TRIGGER contacts_contact_written INSTEAD OF INSERT ON tijdig_partner.contacts_contact
    FOR EACH ROW EXECUTE FUNCTION tijdig_partner.write_contact();
GRANT SELECT, INSERT ON tijdig_partner.contacts_contact TO tijdig_partner;
REVOKE ALL ON public.contacts_contact FROM tijdig_partner;
GRANT SELECT (id, tenancy_id, actor), INSERT ON public.contacts_contact TO tijdig_partner;
"""
# Nothing is written down about a tenancy that is not theirs, also not in their own name.
_WRITES = f"""
REVOKE INSERT, UPDATE, DELETE ON access_organisation, tenancies_home, tenancies_tenancy, tenancies_party,
    tenancies_tenancyflag, tenancies_tenancyflagend, ledger_entry, objections_objection, objections_answer, policy_start,
    policy_version, bailiff_agreement FROM tijdig_partner;
REVOKE DELETE ON ledger_dirty, history_eventtext, contacts_contacttext, contacts_withdrawaltext, help_rootcausetext,
    arrangements_changetext, cases_outbox FROM tijdig_partner;
-- Whoever writes about a tenancy holds it, and changes nothing of it.
GRANT UPDATE (id) ON tenancies_tenancy TO tijdig_partner;
CREATE POLICY tenancies_tenancy_held ON tenancies_tenancy AS RESTRICTIVE FOR UPDATE TO tijdig_partner
    USING (true) WITH CHECK (false);
CREATE POLICY bailiff_agreementapproval_as_itself ON bailiff_agreementapproval AS RESTRICTIVE FOR INSERT
    TO tijdig_partner WITH CHECK (side = 'partner' AND actor = 'user:' || {USER});
CREATE POLICY bailiff_agreementend_as_itself ON bailiff_agreementend AS RESTRICTIVE FOR INSERT
    TO tijdig_partner WITH CHECK (side = 'partner' AND actor = 'user:' || {USER});
CREATE POLICY help_rootcause_as_itself ON help_rootcause AS RESTRICTIVE FOR INSERT
    TO tijdig_partner WITH CHECK (actor = 'user:' || {USER});
CREATE POLICY steps_step_as_itself ON steps_step AS RESTRICTIVE FOR INSERT
    TO tijdig_partner WITH CHECK (actor = 'user:' || {USER} AND kind = 'handed_back');
"""
_HISTORY = """
CREATE POLICY history_event_of_theirs ON history_event AS RESTRICTIVE FOR INSERT TO tijdig_partner
    WITH CHECK (NOT starts_with(subject, 'tenancy:')
                OR substr(subject, 9) IN (SELECT t::text FROM tijdig_partner_tenancies() t));
"""
_ROWS = {  # which whole rows are there; what their own people wrote always is
    "contacts_contact": f"(SELECT tijdig_shows('contacts')) OR actor IN ({_OWN_PEOPLE})",
    "contacts_promise": "contact_id IN (SELECT c.id FROM contacts_contact c)",
    "steps_step": """CASE WHEN starts_with(kind, 'letter_') THEN (SELECT tijdig_shows('letters'))
                          WHEN starts_with(kind, 'signal_') THEN (SELECT tijdig_shows('needs')) ELSE true END""",
    "tenancies_tenancyflag": "(SELECT tijdig_shows('needs'))",
    "help_rootcause": f"(SELECT tijdig_shows('needs')) OR actor IN ({_OWN_PEOPLE})",
}
# Beside what stands in `_THEIRS` nothing of a file is asked by a policy but these.
_PLAIN = 'id, organisation_id, partner_id, agreement_id, handed_over_on, ended_on, "end"'
_NOW = "f.id IN (SELECT public.tijdig_partner_files())"
_VIEWS = f"""
CREATE VIEW tijdig_partner.tenancies_person WITH (security_barrier) AS
    SELECT n.organisation_id, n.id, n.source_key, n.kind, n.language, n.letter_language, n.large_print, n.channel,
           CASE WHEN (SELECT public.tijdig_shows('needs')) THEN n.died_on END AS died_on, n.erased_on
      FROM public.tenancies_person n
     WHERE n.id IN (SELECT p.person_id FROM public.tenancies_party p
                     WHERE p.tenancy_id IN (SELECT public.tijdig_partner_tenancies()));
GRANT SELECT ON tijdig_partner.tenancies_person TO tijdig_partner;
REVOKE ALL ON public.tenancies_person FROM tijdig_partner;

CREATE VIEW tijdig_partner.bailiff_file WITH (security_barrier) AS
    SELECT f.id, f.organisation_id, f.hand_over_id, CASE WHEN {_NOW} THEN f.tenancy_id ELSE 0 END AS tenancy_id,
           f.partner_id, f.agreement_id, f.start, f.handed_over_on,
           CASE WHEN {_NOW} THEN f.overdue_cents ELSE 0 END AS overdue_cents,
           CASE WHEN {_NOW} THEN f.second_actor ELSE '' END AS second_actor,
           CASE WHEN {_NOW} THEN f.second_name ELSE '' END AS second_name,
           f.recorded_at, f.ended_on, f."end", f.end_side, f.end_name
      FROM public.bailiff_file f WHERE f.partner_id = {PARTNER}
    WITH CASCADED CHECK OPTION;
GRANT SELECT, UPDATE (ended_on, "end", end_side, end_name) ON tijdig_partner.bailiff_file TO tijdig_partner;
REVOKE ALL ON public.bailiff_file FROM tijdig_partner;
GRANT SELECT ({_PLAIN}) ON public.bailiff_file TO tijdig_partner;
"""
SQL = "\n".join(
    [
        _FUNCTIONS,
        *(f"REVOKE EXECUTE ON FUNCTION {one} FROM PUBLIC;" for one in _NEW),
        *(f"GRANT EXECUTE ON FUNCTION {one} TO tijdig_app, tijdig_partner;" for one in _NEW),
        *(
            partner_wall(f"bailiff_{name}", _THEIRS, may="SELECT, INSERT")
            for name in ("question", "cost", "legaldeed", "filereference")
        ),
        partner_wall("bailiff_fileendtext", "file_id IN (SELECT tijdig_partner_files())", may="SELECT, INSERT"),
        partner_wall("bailiff_filepackage", "file_id IN (SELECT tijdig_partner_packages())"),
        partner_wall("bailiff_handover"),  # no page of theirs asks how it was decided
        *(
            f"CREATE POLICY {table}_shown ON {table} AS RESTRICTIVE FOR SELECT TO tijdig_partner USING ({rows});"
            for table, rows in _ROWS.items()
        ),
        _VIEWS,
        _CONTACTS,
        _WRITES,
        _HISTORY,
    ]
)


class Migration(migrations.Migration):
    dependencies = [("bailiff", "0021_agreed_end"), ("help", "0015_signal_word_walls"), ("tenancies", "0007_erased_on")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
