"""Help early: the signal to the municipality with its four duties, and what came of it."""
