"""The fuzzy index: every way to say a code, searched by notes and by people who type."""
