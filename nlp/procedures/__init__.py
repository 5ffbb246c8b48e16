"""Reads procedures: where a note names one, and what it says of it."""
