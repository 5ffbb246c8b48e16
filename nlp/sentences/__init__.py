"""Sentences and list items."""
