"""The way of working in force: compiled once a process. The shipped policy until a corporation keeps its own."""

from __future__ import annotations

from functools import cache

from tijdig.policy.document import Policy, Step, default_policy
from tijdig.policy.table import Table, compile_policy


@cache
def policy() -> Policy:
    return default_policy()


@cache
def table() -> Table:
    return compile_policy(policy())


@cache
def steps() -> dict[str, Step]:
    return {step.code: step for step in policy().steps}


def version() -> str:
    """`Uniforme werkwijze huurachterstand 1`: the name a decision is stored under."""
    return f"v{policy().version}"
