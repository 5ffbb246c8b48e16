"""Decides: mentions become candidates, suggestions with their reasons, and what was left out."""
