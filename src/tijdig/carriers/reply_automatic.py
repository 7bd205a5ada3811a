"""Did a person send this mail, or did a program?

Decides it from the headers, and gives the code of why. The sources: RFC 3834 (Auto-Submitted, the empty return path), RFC
3462 and 3798 (reports and receipts), RFC 2919 (lists), and what programs were found to write. In this order:

| Code | When |
|---|---|
| `report` | the whole mail is a report: it came back, it arrived, it was read |
| `auto_submitted` | `Auto-Submitted` is there and is not `no` |
| `auto_header` | `X-Autoreply`, `X-Autorespond(er)`, `X-Auto-Reply`, `X-Mail-Autoreply`, or `Precedence: auto_reply` |
| `bulk` | `List-Id`, or `Precedence` bulk, list or junk |
| `no_return` | the return path is empty |
| `out_of_office` | the subject begins as those of absence do, and `X-Auto-Response-Suppress` is there |

To take a person for a program hides an answer, and the other way around only asks for a look: so a subject alone, and
`X-Auto-Response-Suppress` alone, which servers also put on letters of people, are no proof.

Example: `Auto-Submitted: auto-replied (vacation)` is `auto_submitted`. Errors: none. Left out: what the text says.
"""

from __future__ import annotations

import re
from email.message import Message as Mail

from tijdig.carriers.mail_words import header, words

_HEADERS = (
    "X-Autoreply",
    "X-Auto-Reply",
    "X-Auto-Reply-From",
    "X-Autorespond",
    "X-Autoresponder",
    "X-Autoreply-From",
    "X-Mail-Autoreply",
)
_AWAY = re.compile(
    r"^(?:automatisch antwoord|automatische reactie|afwezig(?:heid)?|automatic reply|auto(?:matic)?[- ]?response"
    r"|auto[- ]?reply|out of (?:the )?office|abwesenheit|automatische antwort|réponse automatique)\b",
    re.IGNORECASE,
)


def automatic(mail: Mail) -> str:
    """The code of why this mail came from a program; empty where nothing says so."""
    if mail.get_content_type() == "multipart/report":
        return "report"
    submitted = _value(mail, "Auto-Submitted")
    if submitted and submitted != "no":
        return "auto_submitted"
    precedence = _value(mail, "Precedence")
    if precedence == "auto_reply" or any(_value(mail, name) not in ("", "no") for name in _HEADERS):
        return "auto_header"
    if precedence in ("bulk", "list", "junk") or _value(mail, "List-Id"):
        return "bulk"
    if header(mail, "Return-Path").replace(" ", "") == "<>":
        return "no_return"
    away = _AWAY.match(words(header(mail, "Subject"), 250))
    return "out_of_office" if away and _value(mail, "X-Auto-Response-Suppress") else ""


def _value(mail: Mail, name: str) -> str:
    """The first word of this header, in small letters, without its parameters and remarks."""
    return re.split(r"[\s;(]", header(mail, name), maxsplit=1)[0].lower()
