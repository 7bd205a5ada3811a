"""Who stands at the door: a person at a screen, a program at the API. Values; the tables stay in this room."""

from __future__ import annotations

from dataclasses import dataclass


def initials(name: str) -> str:
    """`Noor de Wit` is NW; who has no name is a question mark."""
    parts = name.split()
    return (parts[0][:1] + parts[-1][:1]).upper() if parts else "?"


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in user of one corporation, or of a partner: then `organisation_id` is 0, which no corporation has.

    `role` is a value of `roles.Role`; `language` is `nl` or `en`.
    """

    id: int
    organisation_id: int
    name: str
    role: str
    language: str
    shortcuts: bool
    partner_id: int | None = None

    @property
    def initials(self) -> str:
        return initials(self.name)


@dataclass(frozen=True, slots=True)
class Client:
    """A program that holds a token of one corporation, or of a partner: then `organisation_id` is 0 and it acts as the
    user `user_id`, who is nobody. `scopes` are values of `ApiScope`."""

    id: int
    organisation_id: int
    name: str
    scopes: frozenset[str] = frozenset()
    partner_id: int | None = None
    user_id: int | None = None

    @property
    def actor(self) -> str:
        """As whom it writes."""
        return f"user:{self.user_id}" if self.user_id else f"client:{self.id}"
