"""Loading homes and people: what leases point to."""

from __future__ import annotations

from django.db import connection

from tijdig.tenancies.actions_upsert import Columns, ids_of, upsert
from tijdig.tenancies.drafts import ComplexDraft, HomeDraft, PersonDraft
from tijdig.tenancies.loaded import Loaded, count
from tijdig.tenancies.names import display, sort_key


def load_complexes(organisation_id: int, run: list[ComplexDraft], result: Loaded) -> None:
    columns: Columns = {
        "source_key": ("text", [d.key for d in run]),
        "name": ("text", [d.name for d in run]),
        "region": ("text", [d.region for d in run]),
    }
    changed = upsert("tenancies_complex", columns, "organisation_id, source_key", organisation_id)
    count(result, "complexes", len(changed))


def load_homes(organisation_id: int, run: list[HomeDraft], result: Loaded) -> None:
    complexes = ids_of("tenancies_complex", (d.complex_key for d in run))
    regions = _regions(list(complexes.values()))
    columns: Columns = {
        "source_key": ("text", [d.key for d in run]),
        "complex_id": ("integer", [complexes.get(d.complex_key) for d in run]),
        "region": ("text", [d.region or regions.get(complexes.get(d.complex_key, 0), "") for d in run]),
        "street": ("text", [d.street for d in run]),
        "house_number": ("text", [d.house_number for d in run]),
        "postcode": ("text", [d.postcode for d in run]),
        "city": ("text", [d.city for d in run]),
        "kind": ("text", [d.kind for d in run]),
    }
    changed = upsert("tenancies_home", columns, "organisation_id, source_key", organisation_id)
    count(result, "homes", len(changed))


def _regions(complex_ids: list[int]) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, region FROM tenancies_complex WHERE id = ANY(%s)", [complex_ids])
        return dict(cursor.fetchall())


_ERASED = """
SELECT p.source_key FROM tenancies_person p
 WHERE p.erased_on IS NOT NULL AND p.source_key = ANY(%s)
   AND NOT EXISTS (SELECT 1 FROM tenancies_party q JOIN tenancies_tenancy t ON t.id = q.tenancy_id
                    WHERE q.person_id = p.id AND (t.end_on IS NULL OR t.end_on > p.erased_on))
"""


def _erased(run: list[PersonDraft]) -> set[str]:
    """Whoever was erased and rents nothing since: the source may know them for longer than we may."""
    with connection.cursor() as cursor:
        cursor.execute(_ERASED, [sorted({d.key for d in run})])
        return {row[0] for row in cursor.fetchall()}


def load_people(organisation_id: int, run: list[PersonDraft], result: Loaded) -> None:
    gone = _erased(run)
    result.held_back += [d for d in run if d.key in gone]
    run = [d for d in run if d.key not in gone]
    facts: Columns = {
        "source_key": ("text", [d.key for d in run]),
        "kind": ("text", [d.kind for d in run]),
        "language": ("text", [d.language for d in run]),
        "died_on": ("date", [d.died_on for d in run]),
    }
    changed = upsert("tenancies_person", facts, "organisation_id, source_key", organisation_id, "id")
    ids = ids_of("tenancies_person", (d.key for d in run))
    texts: Columns = {
        "person_id": ("integer", [ids[d.key] for d in run]),
        "display_name": ("text", [display(d.surname, d.prefix, d.initials)[:160] for d in run]),
        "sort_name": ("text", [sort_key(d.surname, d.prefix, d.initials)[:160] for d in run]),
        "surname": ("text", [d.surname for d in run]),
        "prefix": ("text", [d.prefix for d in run]),
        "initials": ("text", [d.initials for d in run]),
        "salutation": ("text", [d.salutation for d in run]),
        "born_on": ("date", [d.born_on for d in run]),
        "email": ("text", [d.email for d in run]),
        "phone": ("text", [d.phone for d in run]),
    }
    names = upsert("tenancies_persontext", texts, "person_id", organisation_id, "person_id")
    count(result, "people", max(len(changed), len(names)))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tenancy_id FROM tenancies_party WHERE person_id = ANY(%s)",
            [sorted({row[0] for row in (*changed, *names)})],  # a death changes no name, and stops the work
        )
        result.touched |= {row[0] for row in cursor.fetchall()}
