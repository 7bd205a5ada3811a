"""Loads what the engine needs, stores what it decided, and shows who needs attention now."""
