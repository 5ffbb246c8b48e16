"""X12: a strict writer of 837 files and a tolerant reader of any interchange."""
