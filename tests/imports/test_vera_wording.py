"""Every problem that the VERA and table readers give has its sentence, with the parameters that it gets."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from tijdig.base.problems import Problem
from tijdig.imports import vera_csv, vera_json, wording_vera
from tijdig.imports.vera_fields import entity_named
from tijdig.imports.vera_values import Signs

IMPORTS = Path(wording_vera.__file__).parent
GOLDEN = Path(__file__).parents[1] / "golden" / "vera"
READERS = ["vera_*.py", "table_*.py", "excel_rows.py"]
GIVES = re.compile(r"""(?:Problem|FieldError|notice|problem)\(\s*(?:f?)"([a-z_]+)\"""")


def codes_given() -> set[str]:
    text = "\n".join(path.read_text() for pattern in READERS for path in IMPORTS.glob(pattern))
    return set(GIVES.findall(text)) | {
        "booking_no_debt",
        "booking_kind_unknown",
        "amount_unreadable",
        "amount_decimals",
    }


def test_sentences_cover_exactly_the_codes_given() -> None:
    assert codes_given() == set(wording_vera.SENTENCES)


def test_sentences_fill_with_what_the_golden_files_give() -> None:
    told = []
    for path in sorted(GOLDEN.rglob("*.*")):
        entity = entity_named(path.name) or ""
        data = BytesIO(path.read_bytes())
        csv = path.suffix == ".csv"
        values = vera_csv.read(data, entity, signs=Signs.BY_KIND) if csv else vera_json.read(data, entity)
        told += [value for value in values if isinstance(value, Problem)]
    sentences = [wording_vera.SENTENCES[problem.code].format(**problem.params) for problem in told]
    assert len(sentences) > 20
    assert [sentence for sentence in sentences if "{" in sentence or not sentence.endswith(".")] == []
