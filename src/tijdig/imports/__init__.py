"""Files become drafts, drafts become entries, and nothing is lost or posted on a guess."""
