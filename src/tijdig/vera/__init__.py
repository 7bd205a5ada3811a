"""The sector's standard for other programs: arrangements and files at a bailiff as VERA-Incasso messages, out and in."""
