"""Synthetic corporations and the engine on other machines. Wholly pure."""
