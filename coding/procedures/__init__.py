"""Decides on procedures: which were done, which codes they are, and how their lines are billed."""
