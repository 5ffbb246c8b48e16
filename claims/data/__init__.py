"""Tables of the claims room, written for chartcoder."""
