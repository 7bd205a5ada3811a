"""Problems about rows get the row itself as their text, unless the table holds what may not be kept."""

from io import BytesIO

from tijdig.base.problems import Problem
from tijdig.imports.own_words import in_own_words, lines_named, lines_of

REFUSED = Problem("tenancy_unknown", "regel 3", "F2 RENT 64205")
WHOLE = Problem("encoding_mixed", "kop", "")


def _told(problems: list[Problem], stream: BytesIO) -> list[Problem]:
    return in_own_words(problems, lines_of(stream, lines_named(problems)))


def test_in_own_words_gives_the_line_that_is_named() -> None:
    told = _told([REFUSED, WHOLE], BytesIO(b"contract;bedrag\r\n1;2,00\r\n104.999;642,05\r\n"))
    assert [one.text for one in told] == ["104.999;642,05", ""]


def test_in_own_words_reads_windows_text() -> None:
    assert _told([REFUSED], BytesIO(b"a\n\nZo\xeb;1\n"))[0].text == "Zoë;1"


def test_in_own_words_leaves_a_table_with_a_dropped_column_alone() -> None:
    assert _told([REFUSED], BytesIO(b"contract;bsn\n1;2\n104.999;111222333\n")) == [REFUSED]


def test_in_own_words_masks_what_looks_like_a_citizen_number() -> None:
    assert _told([REFUSED], BytesIO(b"a;b\n\n1;111222333\n"))[0].text == "1;[bsn weg]"


def test_in_own_words_leaves_a_line_that_is_not_there() -> None:
    assert _told([REFUSED], BytesIO(b"a;b\n")) == [REFUSED]
