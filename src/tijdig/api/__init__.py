"""The JSON door. No rules."""
