"""Telling other systems that something changed: who wants to know, what happened, and that it was told, in order."""
