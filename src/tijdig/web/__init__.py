"""The pages. No rules."""
