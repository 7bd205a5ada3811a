"""Walls of roles, within those of a corporation and of a partner.

A caretaker finds no row of a table with amounts, and customer service no note that is confidential: the database asks for
whom the program works at this moment (`tijdig.seat`). What runs by itself works for nobody.

A partner's user reads the people of its files through a view that shows of their telephone, e-mail and day of birth what
the agreement shows, and the table itself not at all.
"""

from django.db import migrations

from tijdig.access.walls import ORGANISATION, PARTNER

SEAT = "(SELECT current_setting('tijdig.seat', true))"
# One comparison each: a list is written otherwise by a database that was restored.
NOT_FOR_CARETAKERS = (
    "arrangements_arrangement",
    "arrangements_instalment",
    "bailiff_cost",
    "bailiff_file",
    "bailiff_filefigure",
    "bailiff_filepackage",
    "bailiff_judgment",
    "bailiff_legaldeed",
    "cases_acceptance",
    "cases_alert",
    "cases_checkpointitem",
    "cases_decision",
    "cases_standing",
    "contacts_contacttext",
    "contacts_promise",
    "contacts_replytext",
    "help_signal",
    "help_signalmark",
    "imports_control",
    "imports_line",
    "imports_linetext",
    "imports_owncollection",
    "imports_statement",
    "ledger_entry",
    "ledger_entrytext",
    "ledger_waiting",
    "letters_letter",
    "letters_link",
    "letters_mail",
    "letters_letterpaper",
    "letters_sendingtext",
    "tenancies_rentpart",
)
_CONFIDENTIAL = f"""
CREATE POLICY contacts_contacttext_confidential ON contacts_contacttext AS RESTRICTIVE FOR SELECT TO tijdig_app
    USING ({SEAT} IS DISTINCT FROM 'customer_service'
           OR contact_id NOT IN (SELECT c.id FROM contacts_contact c WHERE c.confidential));
CREATE POLICY history_eventtext_confidential ON history_eventtext AS RESTRICTIVE FOR SELECT TO tijdig_app
    USING ({SEAT} IS DISTINCT FROM 'customer_service'
           OR event_id NOT IN (SELECT e.id FROM history_event e
                                WHERE e.verb = 'contact_logged' AND e.facts ? 'confidential'));
"""
_PEOPLE = f"""
CREATE FUNCTION tijdig_shows(what text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT a.terms->'shows' ? what FROM bailiff_agreement a
             WHERE a.partner_id = {PARTNER} AND a.organisation_id = {ORGANISATION}
               AND a.begin_on <= (now() AT TIME ZONE 'Europe/Amsterdam')::date
               AND 2 = (SELECT count(*) FROM bailiff_agreementapproval y WHERE y.agreement_id = a.id)
             ORDER BY a.version DESC LIMIT 1), false)
$$;
CREATE SCHEMA tijdig_partner;
GRANT USAGE ON SCHEMA tijdig_partner TO tijdig_partner;
CREATE VIEW tijdig_partner.tenancies_persontext WITH (security_barrier) AS
    SELECT x.organisation_id, x.person_id, x.display_name, x.sort_name, x.surname, x.prefix, x.initials, x.salutation,
           CASE WHEN (SELECT public.tijdig_shows('born')) THEN x.born_on END AS born_on,
           CASE WHEN (SELECT public.tijdig_shows('email')) THEN x.email ELSE '' END AS email,
           CASE WHEN (SELECT public.tijdig_shows('phone')) THEN x.phone ELSE '' END AS phone, x.post_address
      FROM public.tenancies_persontext x
     WHERE x.person_id IN (SELECT p.person_id FROM public.tenancies_party p
                            WHERE p.tenancy_id IN (SELECT public.tijdig_partner_tenancies()));
GRANT SELECT ON tijdig_partner.tenancies_persontext TO tijdig_partner;
REVOKE ALL ON public.tenancies_persontext FROM tijdig_partner;
"""
SQL = "\n".join(
    [
        *(
            f"CREATE POLICY {table}_no_amounts ON {table} AS RESTRICTIVE FOR SELECT TO tijdig_app"
            f" USING ({SEAT} IS DISTINCT FROM 'caretaker');"
            for table in NOT_FOR_CARETAKERS
        ),
        _CONFIDENTIAL,
        _PEOPLE,
    ]
)


class Migration(migrations.Migration):
    dependencies = [
        ("bailiff", "0011_program_walls"),
        ("contacts", "0005_confidential"),
        ("cases", "0013_new_arrears"),
        ("imports", "0004_statement_last_on"),
        ("letters", "0003_overruled"),
        ("ledger", "0005_existence"),
        ("help", "0015_signal_word_walls"),
        ("arrangements", "0002_walls"),
        ("tenancies", "0006_kinds_of_procedure"),
        ("history", "0005_reading_walls"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
