"""One encrypted file with everything of an installation, and back from it."""
