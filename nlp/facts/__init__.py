"""Facts that are no disease phrase: drugs and how they are used, measures, tobacco."""
