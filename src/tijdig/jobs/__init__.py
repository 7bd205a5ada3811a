"""Work that runs by itself: the evaluator, file imports, the night run. No rules."""
