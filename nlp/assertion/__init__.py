"""What a note says of a finding: present, absent, doubtful, past, a relative's, or only feared."""

from nlp.assertion.asserter import Asserter
from nlp.assertion.rules import Cue, CueKind

__all__ = ["Asserter", "Cue", "CueKind"]
