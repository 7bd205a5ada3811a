"""Figures for people: one function each, with the definition that is printed beside it."""
