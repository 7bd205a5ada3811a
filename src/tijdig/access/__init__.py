"""Organisation, user and role; which rows a person may see."""
