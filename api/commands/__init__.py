"""One module per command of `chartcoder`."""
