"""What stands against a step before the court, looked at more closely.

A judgment that is corrected keeps its own day, apart from the day on which that was written down. The signal that counts for
a summons is of these arrears and reached the municipality. A pause, money that may be there and a bank that is not complete
hold a step before the court as they hold a hand-over: a partner is told which, because it goes to court for them.
"""

import django.db.models
from django.db import migrations, models

from tijdig.access.walls import ORGANISATION, PARTNER

_BEHIND = f"({PARTNER} IS NOT NULL OR current_setting('role', true) = 'tijdig_partner')"
_THEIRS = f"({PARTNER} IS NULL OR tenancy IN (SELECT tijdig_partner_tenancies()))"
_KNOWN = (
    'summons_proposed', 'summons_agreed', 'summons_refused', 'summoned', 'hearing', 'judgment', 'judgment_corrected', 'served',
    'last_chance', 'last_chance_over', 'eviction_proposed', 'eviction_agreed', 'eviction_refused', 'municipality_told',
    'announced', 'eviction_day_told', 'evicted', 'stopped',
)
SQL = f"""
DROP FUNCTION tijdig_signal_on(integer, date);
CREATE FUNCTION tijdig_signal_on(tenancy integer, since date, as_of date) RETURNS date LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT max(s.effective_on) FROM steps_step s
     WHERE s.tenancy_id = tenancy AND s.kind = 'signal_sent' AND s.effective_on >= since AND s.effective_on <= as_of
       AND NOT EXISTS (SELECT 1 FROM steps_step r WHERE r.tenancy_id = tenancy AND r.subject = s.subject
                          AND r.kind = 'signal_refused' AND r.effective_on <= as_of)
       AND NOT EXISTS (SELECT 1 FROM steps_step o WHERE o.tenancy_id = tenancy AND o.kind = 'signal_objected'
                          AND o.effective_on >= since AND o.effective_on <= as_of)
       AND NOT EXISTS (SELECT 1 FROM tenancies_tenancy t WHERE t.id = tenancy AND t.end_on < as_of)
       AND {_THEIRS}
$$;
CREATE FUNCTION tijdig_rests(tenancy integer, as_of date) RETURNS text[] LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN NOT {_THEIRS} THEN '{{}}'::text[] ELSE array_remove(ARRAY[
           CASE WHEN EXISTS (SELECT 1 FROM ledger_waiting w WHERE w.tenancy_id = tenancy) THEN 'payment' END,
           CASE WHEN EXISTS (SELECT 1 FROM ledger_route r JOIN ledger_bankaccount b ON b.id = r.bank_account_id
                              WHERE r.tenancy_id = tenancy AND b.incomplete_since IS NOT NULL) THEN 'bank' END,
           CASE WHEN EXISTS (SELECT 1 FROM tenancies_tenancy t WHERE t.id = tenancy AND t.watch = 'ONH') THEN 'held' END,
           CASE WHEN EXISTS (SELECT 1 FROM rulings_ruling r LEFT JOIN rulings_ending e ON e.ruling_id = r.id
                              WHERE r.tenancy_id = tenancy AND r.kind = 'pause' AND r.from_on <= as_of
                                AND r.until_on >= as_of AND (e.ended_on IS NULL OR e.ended_on > as_of))
                THEN 'pause' END], NULL) END
$$;
CREATE OR REPLACE FUNCTION tijdig_earlier_files(wanted integer[])
    RETURNS TABLE (tenancy_id integer, nth bigint, file_id bigint, ended_on date, costs jsonb, judged jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT f.tenancy_id, row_number() OVER (PARTITION BY f.tenancy_id ORDER BY f.recorded_at, f.id),
           CASE WHEN NOT {_BEHIND} THEN f.id END, CASE WHEN NOT {_BEHIND} THEN f.ended_on END,
           coalesce((SELECT jsonb_agg(jsonb_build_array(c.act, c."on", c.cents, c.vat_cents, c.received_on)
                                      ORDER BY c."on", c.id)
                       FROM bailiff_cost c
                      WHERE c.file_id = f.id AND c.organisation_id = f.organisation_id AND c.payer = 'tenant'
                        AND NOT EXISTS (SELECT 1 FROM bailiff_costwithdrawal w WHERE w.cost_id = c.id)), '[]'),
           (SELECT jsonb_build_array(coalesce(j.given_on, d."on"), j.principal_cents, j.through_on, j.interest_cents,
                                     j.collection_cents, j.costs_cents, j.dissolved, j.eviction)
              FROM bailiff_legaldeed d JOIN bailiff_judgment j ON j.deed_id = d.id
             WHERE d.file_id = f.id AND d.organisation_id = f.organisation_id ORDER BY d.id DESC LIMIT 1)
      FROM bailiff_file f
     WHERE f.organisation_id = {ORGANISATION} AND f.tenancy_id = ANY(wanted) AND f.ended_on IS NOT NULL
       AND (SELECT current_setting('tijdig.seat', true)) IS DISTINCT FROM 'caretaker'
       AND (NOT {_BEHIND} OR f.tenancy_id IN (SELECT tijdig_partner_tenancies()))
$$;
REVOKE EXECUTE ON FUNCTION tijdig_signal_on(integer, date, date), tijdig_rests(integer, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tijdig_signal_on(integer, date, date), tijdig_rests(integer, date) TO tijdig_app, tijdig_partner;
"""


class Migration(migrations.Migration):
    dependencies = [("bailiff", "0024_walls_keep_their_plans")]
    operations = [
        migrations.RemoveConstraint(model_name="legaldeed", name="bailiff_deed_known"),
        migrations.AddConstraint(
            model_name="legaldeed",
            constraint=models.CheckConstraint(
                condition=django.db.models.Q(deed__in=list(_KNOWN)), name="bailiff_deed_known"
            ),
        ),
        migrations.AddField(model_name="judgment", name="given_on", field=models.DateField(null=True)),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
