"""Learns: what makes the files in models/; never imported at run time."""
