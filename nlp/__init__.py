"""Reads: a note becomes sections, sentences and mentions with assertion and attributes."""
