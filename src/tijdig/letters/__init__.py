"""A letter is a value (kind, facts, amounts, terms), and from it come its text and its accessible PDF."""
