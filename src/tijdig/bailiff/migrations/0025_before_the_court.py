"""What stands against a step before the court, looked at more closely.

A judgment that is corrected keeps its own day, apart from the day on which that was written down. The signal that counts for
a summons is of these arrears and reached the municipality. A pause, money that may be there and a bank that is not complete
hold a step before the court as they hold a hand-over: a partner is told which, because it goes to court for them.
"""

import django.db.models
from django.db import migrations, models

from tijdig.access.walls import PARTNER

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
