"""Whole notes coded by two readers, and how near the suggestions come to them."""
