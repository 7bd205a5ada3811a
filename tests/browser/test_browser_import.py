"""A bank file, dropped on the page: watched, held, accepted, assigned, and every line accounted for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from running import Running

if TYPE_CHECKING:
    from playwright.sync_api import Page


_MT940 = """:20:PROEF
:25:{account} EUR
:28C:99{number}/1
:60F:C261102EUR100,00
:61:2611021102C700,00NTRFNONREF//P{number}-1
:86:{contract} huur november
:61:2611021102C12,34NTRFNONREF//P{number}-2
:86:zomaar wat
:61:2611021102D3,50NCHGNONREF//P{number}-3
:86:kosten bank
:62F:C261102EUR{closing}
"""


def _file(folder: Path, number: int, closing: str) -> Path:
    from tijdig.lab.population import ACCOUNTS

    iban = str(getattr(ACCOUNTS[0], "iban", ACCOUNTS[0]))
    place = folder / f"proef-{number}.sta"
    text = _MT940.format(account=iban, number=number, contract=f"INLEES-{number}", closing=closing)
    place.write_text(text, encoding="ascii")
    return place


def _upload(page: Page, program: Running, place: Path) -> None:
    page.goto(f"{program.address}/inlezen")
    before = page.locator("#files > ol > li").first.get_attribute("id")
    page.set_input_files("#drop-files", place)
    row = page.locator("#files > ol > li").first
    expect(row).not_to_have_attribute("id", str(before))
    expect(row.locator(".file-name a")).to_have_text(place.name)
    expect(row.locator("progress")).to_have_count(0, timeout=15_000)


def test_a_file_that_does_not_tie_is_held_accepted_and_assigned(
    page: Page, program: Running, tmp_path: Path
) -> None:
    program.tenancy("INLEES-1", "Inlezer")
    _upload(page, program, _file(tmp_path, 1, "999,99"))
    page.evaluate("window.untouched = true")
    page.locator("#files .file-name a").first.click()
    held = page.locator(".statement").inner_text()
    assert "verschil" in held
    assert page.locator(".lines-table tbody tr").count() == 3
    page.fill(".statement input[name=reason]", "Het afschrift is met de bank nagekeken.")
    page.click("text=Geef akkoord")
    expect(page.locator(".statement")).to_contain_text("Het afschrift is met de bank nagekeken.")
    went = page.locator(".lines-table .went strong").all_inner_texts()
    assert (len(went), "wacht op akkoord" in went) == (3, False)
    page.goto(f"{program.address}/wachtrij")
    row = page.locator(".line", has_text="zomaar wat")
    summary = row.locator("summary")
    if row.locator("details[open]").count() == 0:
        summary.click()
    row.locator("input[name=tenancy]").fill("INLEES-1")
    row.get_by_role("button", name="Boek", exact=True).click()
    expect(page.locator(".line", has_text="zomaar wat")).to_contain_text("INLEES-1 ")


def test_the_same_file_twice_posts_nothing_and_says_so(page: Page, program: Running, tmp_path: Path) -> None:
    place = _file(tmp_path, 2, "808,84")
    _upload(page, program, place)
    _upload(page, program, place)
    rows = page.locator("#files > ol > li")
    assert [rows.nth(at).locator(".file-name a").inner_text() for at in (0, 1)] == [place.name, place.name]
    assert "U hoeft niets te doen." in rows.nth(0).inner_text()
    assert [rows.nth(at).locator("dl.flow").count() for at in (0, 1)] == [0, 1]


def test_a_text_file_is_refused_with_what_to_do(page: Page, program: Running, tmp_path: Path) -> None:
    place = tmp_path / "brief.txt"
    place.write_text("Beste meneer, hierbij de huur.", encoding="utf-8")
    _upload(page, program, place)
    row = page.locator("#files > ol > li").first.inner_text()
    assert "brief.txt" in row
    assert "camt.053" in row or "bestand" in row
