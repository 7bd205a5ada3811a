"""Entries, balances and what was known when. Append-only; a correction points back."""
