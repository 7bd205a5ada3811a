"""The tijdig command. No rules."""
