"""Append-only events: who did what, when it was true, when it was recorded, and why."""
