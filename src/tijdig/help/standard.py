"""A municipality as one begins with it: the columns and words that nobody has changed yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tijdig.help import answer_sheet, sheet
from tijdig.help.values import MunicipalityDraft


def standard(
    name: str,
    code: str,
    towns: Sequence[str],
    *,
    platform: str = "",
    agreed_on: date | None = None,
    help_line: str = "",
) -> MunicipalityDraft:
    """With the standard columns of our file and the standard words of theirs."""
    return MunicipalityDraft(
        name=name,
        code=code,
        towns=tuple(towns),
        platform=platform,
        agreed_on=agreed_on,
        help_line=help_line,
        sheet=sheet.written(sheet.STANDARD),
        answers=answer_sheet.written(answer_sheet.STANDARD),
    )
