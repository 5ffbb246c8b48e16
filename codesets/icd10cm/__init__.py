"""ICD-10-CM: the tabular list, its notes, and releases built from it."""
