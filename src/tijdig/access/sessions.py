"""When a session ends, and how somebody came in. Pure values.

Source: the Baseline Informatiebeveiliging Overheid asks that a session which nobody uses ends, and leaves the time to
whoever weighs the work. Eight hours for a corporation: who talks with a tenant and comes back to the screen must find
what was typed, and a desk there locks itself. One hour for a partner: its people see files of several corporations. The
longest is twelve hours for everybody, a long working day.

Left out: ending when the browser moves to another network (people on the road do that all day).
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

LONGEST = timedelta(hours=12)
KEPT = timedelta(days=30)  # how long an ended session stays to be looked at
IDLE_CHOICES = (15, 30, 60, 120, 240, 480)  # minutes
EXACT = timedelta(minutes=1)  # how often it is written that somebody was here


class How(StrEnum):
    """By what somebody showed who they are."""

    PASSWORD = "password"
    CODE = "code"
    RECOVERY = "recovery"
    PROVIDER = "provider"
    PASSKEY = "passkey"


HOW_LABEL: dict[How, str] = {
    How.PASSWORD: "met wachtwoord",
    How.CODE: "met wachtwoord en code",
    How.RECOVERY: "met wachtwoord en herstelcode",
    How.PROVIDER: "met de aanmelding van uw organisatie",
    How.PASSKEY: "met een toegangssleutel",
}


def browser(agent: str) -> str:
    """`Firefox op Windows`, from what a browser calls itself; what is not known stays unsaid."""
    programs = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
    systems = (
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    )  # fmt: skip
    program = next((name for sign, name in programs if sign in agent), "een browser")
    system = next((name for sign, name in systems if sign in agent), "")
    return f"{program} op {system}" if system else program
