"""Payment arrangements: what was agreed, and whether it is kept as of any day."""
