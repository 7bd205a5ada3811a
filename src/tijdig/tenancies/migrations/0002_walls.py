"""The walls of tenancies, and the search table that nobody may read but through its function.

Trigram operators are not leakproof, so under row security they cannot use an index. The search table therefore
has no grants at all: a function of the owner filters by organisation and gives ids.
"""

from django.db import migrations

from tijdig.access.walls import ORGANISATION, wall

TABLES = ["complex", "home", "tenancy", "person", "persontext", "party", "rentpart", "paymentmethod", "account",
          "paymentreference"]

SEARCH = f"""
CREATE TABLE tenancies_search (
    tenancy_id integer PRIMARY KEY,
    organisation_id integer NOT NULL,
    text text NOT NULL
);
CREATE INDEX tenancies_search_trigrams ON tenancies_search USING gin (text gin_trgm_ops);
REVOKE ALL ON tenancies_search FROM PUBLIC;

CREATE FUNCTION tijdig_plain(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT translate(lower(value), 'áàâäãåéèêëíìîïóòôöõúùûüçñýÿşšğćčžøłß',
                     'aaaaaaeeeeiiiiooooouuuucnyyssgcczols')
$$;

CREATE FUNCTION tijdig_search_refresh(ids integer[]) RETURNS void LANGUAGE sql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    INSERT INTO tenancies_search (tenancy_id, organisation_id, text)
    SELECT t.id, t.organisation_id,
        tijdig_plain(concat_ws(' ',
            (SELECT string_agg(concat_ws(' ', x.initials, x.prefix, x.surname), ' ')
               FROM tenancies_party p JOIN tenancies_persontext x USING (person_id)
              WHERE p.tenancy_id = t.id AND p.role IN ('HUU', 'MDH')),
            h.street, h.house_number, replace(h.postcode, ' ', ''), h.city,
            t.contract_number, regexp_replace(t.contract_number, '[^0-9A-Za-z]', '', 'g'),
            (SELECT string_agg(DISTINCT a.iban, ' ') FROM tenancies_account a WHERE a.tenancy_id = t.id)))
      FROM tenancies_tenancy t LEFT JOIN tenancies_home h ON h.id = t.home_id
     WHERE t.id = ANY (ids) AND t.organisation_id = {ORGANISATION}
    ON CONFLICT (tenancy_id) DO UPDATE SET text = EXCLUDED.text
$$;

CREATE FUNCTION tijdig_search(query text, most integer) RETURNS TABLE (tenancy_id integer, score real)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp SET pg_trgm.word_similarity_threshold = 0.45 AS $$
    SELECT s.tenancy_id, word_similarity(tijdig_plain(query), s.text) AS score
      FROM tenancies_search s
     WHERE s.text %> tijdig_plain(query) AND s.organisation_id = {ORGANISATION}
     ORDER BY score DESC, s.tenancy_id LIMIT most
$$;
REVOKE EXECUTE ON FUNCTION tijdig_search(text, integer), tijdig_search_refresh(integer[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tijdig_search(text, integer), tijdig_search_refresh(integer[]) TO tijdig_app;
"""


class Migration(migrations.Migration):
    dependencies = [("tenancies", "0001_initial"), ("access", "0002_walls")]
    operations = [
        migrations.RunSQL("\n".join(wall(f"tenancies_{table}") for table in TABLES), migrations.RunSQL.noop),
        migrations.RunSQL(SEARCH, migrations.RunSQL.noop),
    ]
