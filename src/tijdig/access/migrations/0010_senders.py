"""From where was tried in vain to sign in, so that nobody guesses over many accounts. Of the address a keyed digest stands here,
for an hour at most; the program itself can only add to it and count.
"""

from django.db import migrations

SQL = """
CREATE TABLE access_failed_sign_in (
    sender text NOT NULL, account text NOT NULL, failed_at timestamptz NOT NULL, PRIMARY KEY (sender, account)
);
CREATE INDEX access_failed_sign_in_old ON access_failed_sign_in (failed_at);
REVOKE ALL ON access_failed_sign_in FROM PUBLIC;
CREATE FUNCTION tijdig_failed_accounts(wanted text, since interval) RETURNS integer LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*)::integer FROM access_failed_sign_in
     WHERE sender = wanted AND failed_at > clock_timestamp() - since
$$;
CREATE FUNCTION tijdig_forget_failed_sign_ins() RETURNS void LANGUAGE sql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DELETE FROM access_failed_sign_in WHERE (sender, account) IN (
        SELECT sender, account FROM access_failed_sign_in WHERE failed_at < clock_timestamp() - interval '1 hour'
           FOR UPDATE SKIP LOCKED)
$$;
CREATE FUNCTION tijdig_sign_in_failed(wanted text, whose text) RETURNS void LANGUAGE sql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    SELECT tijdig_forget_failed_sign_ins();
    INSERT INTO access_failed_sign_in VALUES (wanted, whose, clock_timestamp())
        ON CONFLICT (sender, account) DO UPDATE SET failed_at = EXCLUDED.failed_at
$$;
REVOKE EXECUTE ON FUNCTION tijdig_failed_accounts(text, interval), tijdig_forget_failed_sign_ins(),
    tijdig_sign_in_failed(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tijdig_failed_accounts(text, interval), tijdig_forget_failed_sign_ins(),
    tijdig_sign_in_failed(text, text) TO tijdig_app;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0009_program_walls")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
