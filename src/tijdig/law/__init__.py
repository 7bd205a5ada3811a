"""What the law says on a day, with its source: interest, costs, terms and tariffs. Pure; no number stands in code."""
