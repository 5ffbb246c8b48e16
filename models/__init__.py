"""Keeps: model artifacts with their cards, and the runtime that loads them."""
