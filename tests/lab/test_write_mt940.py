import re
from collections.abc import Iterator
from pathlib import Path

_BALANCE = re.compile(r"^:6[02]F:([CD])(\d{6})EUR(\d{12}),(\d\d)$")
_ENTRY = re.compile(r"^:61:\d{6}([CD])(\d{12}),(\d\d)N(\d{3})(NONREF|MARF)$")


def cents(side: str, whole: str, fraction: str) -> int:
    amount = int(whole) * 100 + int(fraction)
    return amount if side == "C" else -amount


def statements(folder: Path) -> Iterator[list[str]]:
    for path in sorted(folder.glob("mt940-*.sta")):
        head, *rest = path.read_text(encoding="ascii").split(":20:")
        assert head == ":940:\n"
        yield from (part.splitlines() for part in rest)


def balance(lines: list[str], tag: str) -> int:
    found = [match for line in lines if line.startswith(tag) and (match := _BALANCE.match(line))]
    assert len(found) == 1
    return cents(found[0][1], found[0][3], found[0][4])


def test_write_every_statement_ties_and_chains(folder: Path) -> None:
    before = None
    for lines in statements(folder):
        moved = [cents(*match.group(1, 2, 3)) for line in lines if (match := _ENTRY.match(line))]
        assert moved
        assert balance(lines, ":60F:") + sum(moved) == balance(lines, ":62F:")
        assert before is None or before == balance(lines, ":60F:")
        before = balance(lines, ":62F:")


def test_write_sequence_numbers_are_contiguous(folder: Path) -> None:
    numbers = [int(line[5:]) for lines in statements(folder) for line in lines if line.startswith(":28C:")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_write_lines_are_at_most_65_and_none_looks_like_a_tag(folder: Path) -> None:
    for lines in statements(folder):
        inside = False
        for line in lines:
            if inside and not re.match(r":(61|62F):", line):
                assert len(line) <= 65 and line[0] not in ":-" and not line.endswith(" ")
            inside = line.startswith(":86:") or (inside and not line.startswith(":"))


def test_write_returned_debits_name_mandate_id_and_reason(folder: Path) -> None:
    texts = []
    for lines in statements(folder):
        joined = "".join(f"\n{line}" if line.startswith(":") else line for line in lines)
        texts += re.findall(r"N545MARF\w+\n:86:(.*)", joined)
    assert texts
    shape = re.compile(r"/MARF/M-\d{6}-1/EREF/\d{6}-\d{6}/RTRN/[A-Z]{2}\d\d/BENM//NAME/.+/REMI/Huur .+/ISDT/")
    assert all(shape.match(text) for text in texts)
