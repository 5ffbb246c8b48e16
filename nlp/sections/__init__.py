"""Headings and the parts of a note below them."""
