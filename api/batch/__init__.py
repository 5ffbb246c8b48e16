"""`suggest --batch`: notes as JSON Lines in, answers as JSON Lines out, resumable, with many processes."""
