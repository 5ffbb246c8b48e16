"""Bills: what the coder accepted becomes a claim."""
