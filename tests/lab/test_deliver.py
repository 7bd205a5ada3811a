import hashlib
import subprocess
import sys
from pathlib import Path

from lxml import etree

_MAKE = """
import sys
from datetime import date
from pathlib import Path
from tijdig.lab.deliver import deliver
from tijdig.lab.population import make
deliver(make(150, months=14, seed=5, last_day=date(2026, 11, 20)), Path(sys.argv[1]))
"""


def digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def test_deliver_same_seed_gives_the_same_bytes_in_two_processes(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for number, folder in enumerate(folders):
        run = [sys.executable, "-c", _MAKE, str(folder)]
        subprocess.run(run, check=True, env={"PYTHONHASHSEED": str(number + 1)})
    assert digest(folders[0]) == digest(folders[1])
    assert len(list(folders[0].iterdir())) > 14


def test_deliver_names_of_the_files(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    months = [f"{year}{month:02d}" for year in (2025, 2026) for month in range(1, 13)]
    months = ["202412", *months[:-1]]
    fixed = {"boekingen.csv", "clusters.json", "eenheden.json", "overeenkomsten.json", "relaties.json"}
    assert fixed | {f"camt053-{m}.xml" for m in months} | {f"mt940-{m}.sta" for m in months} <= names
    rest = names - fixed - {f"camt053-{m}.xml" for m in months} - {f"mt940-{m}.sta" for m in months}
    assert all(name.startswith("pain008-") and name.endswith(".xml") for name in rest)


def test_deliver_every_xml_file_is_well_formed(folder: Path) -> None:
    roots = {etree.QName(etree.parse(path).getroot()).localname for path in folder.glob("*.xml")}
    assert roots == {"Document"}


def test_deliver_truth_is_not_delivered(folder: Path) -> None:
    assert not [path.name for path in folder.iterdir() if "truth" in path.name]
