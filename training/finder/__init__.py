"""The mention finder: a small network that learned where the lexicon, coders and readers see findings."""
