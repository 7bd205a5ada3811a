"""The walls as SQL: row security per organisation, append-only tables, and what the app role may do.

Used by every room's migrations, so that no table of a corporation exists without its wall. The policy compares
with a scalar subquery: PostgreSQL then reads the setting once a statement and can still use an index.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

ORGANISATION = "(SELECT nullif(current_setting('tijdig.organisation', true), '')::integer)"

USER = "(SELECT current_setting('tijdig.user', true))"
PARTNER = "(SELECT nullif(current_setting('tijdig.partner', true), '')::integer)"


def partner_wall(table: str, rows: str = "", *, may: str = "SELECT") -> str:
    """What of a table a partner's user sees and writes: `rows`, and nothing where none are named.

    A second wall inside that of the corporation, which narrows and never opens. It stands for the role `tijdig_partner`
    alone, as whom the program acts for such a user: for everybody else the database has nothing more to look at.
    """
    seen = rows or "false"
    return f"""
DROP POLICY IF EXISTS {table}_partner ON {table};
CREATE POLICY {table}_partner ON {table} AS RESTRICTIVE TO tijdig_partner USING ({seen}) WITH CHECK ({seen});
GRANT {may} ON {table} TO tijdig_partner;
"""


def wall(table: str, *, may: str = "SELECT, INSERT, UPDATE, DELETE", column: str = "organisation_id") -> str:
    """Row security, forced on the owner too; the app role gets only `may`."""
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_organisation ON {table} USING ({column} = {ORGANISATION})
    WITH CHECK ({column} = {ORGANISATION});
REVOKE ALL ON {table} FROM PUBLIC;
GRANT {may} ON {table} TO tijdig_app;
"""


def append_only(table: str) -> str:
    """Refuse UPDATE, DELETE and TRUNCATE for everybody, by trigger: history is added to, never changed."""
    return f"""
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION tijdig_refuse_change();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION tijdig_refuse_change();
"""


def erasable(table: str, over: str, *, emptied: Mapping[str, object] | None = None) -> str:
    """Beside what `append_only` refuses: of what is `over` a row may go, or get the values of `emptied` and no other.

    `over` is a condition on `OLD`. A right on the rows alone would let anybody change what still counts.
    """
    change = "TG_OP = 'DELETE'"
    right = "DELETE"
    if emptied is not None:
        values = json.dumps(emptied).replace("'", "''")
        change = f"TG_OP = 'UPDATE' AND to_jsonb(NEW) = to_jsonb(OLD) || '{values}'"
        right = f"UPDATE ({', '.join(emptied)})"
    return f"""
CREATE FUNCTION {table}_erasable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {change} THEN
        IF {over} THEN
            RETURN coalesce(NEW, OLD);
        END IF;
    END IF;
    RAISE EXCEPTION 'table % is append-only: add a correction that points back', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_erasable();
GRANT {right} ON {table} TO tijdig_app;
"""


REFUSE_CHANGE = """
CREATE FUNCTION tijdig_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only: add a correction that points back', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
GRANT USAGE ON SCHEMA public TO tijdig_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO tijdig_app;
"""
