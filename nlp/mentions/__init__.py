"""Phrases of a sentence that mean a code."""
