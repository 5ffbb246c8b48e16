"""Codes from facts that are no disease phrase: drugs, measures, tobacco."""
