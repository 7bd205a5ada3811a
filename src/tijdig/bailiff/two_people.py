"""Whether somebody is really another person than whoever decided before.

Decides by the account and by the name: two accounts with one name are one person until somebody shows otherwise, for nobody
is to be the second pair of eyes of himself. Names are the same where their letters and digits are: capitals, accents, dots
and spaces make no difference. Errors: none, a refusal is a sentence. Example: "A. de Boer" (user 1) and "a de boer" (user
9): refused. Left out: who may decide at all (the doors), and two people with one name (one of them adds a first name).
"""

from __future__ import annotations

from collections.abc import Iterable

from tijdig.tenancies.names import plain

SAME_NAME = "Dit zijn twee accounts van dezelfde naam. Laat iemand anders meebeslissen."


def plain_name(name: str) -> str:
    """The letters and digits of a name, without accents and capitals; the name itself where it has neither."""
    return "".join(one for one in plain(name) if one.isalnum()) or name.strip()


def not_another(before: Iterable[tuple[str, str]], actor: str, name: str, own: str) -> str:
    """Why this person is none besides these (account, name): `own` where it is the same account; empty where it is one."""
    known = list(before)
    if actor in {one for one, _name in known}:
        return own
    return SAME_NAME if plain_name(name) in {plain_name(one) for _actor, one in known} else ""
