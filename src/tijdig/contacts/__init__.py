"""Attempts, calls, talks and promises to pay, as dated facts."""
