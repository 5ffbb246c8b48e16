"""The error tree of chartcoder. Every error has a stable `code`, which is also the API's problem type.

ChartcoderError
├── BadInput                 the caller can mend it: the message names what to do
│   ├── BadNote              empty, binary, too large, or not text
│   ├── BadCode              not shaped like a code of the system
│   ├── BadClaim             an encounter or claim that cannot be built, read or written
│   └── BadRequest           a field or an option has a wrong kind or value
├── UnknownCode              well shaped, but not in the release that answers
├── CodeSetError
│   ├── BadCodeSetFile       an official file that is truncated, mixed or of another kind
│   └── CodeSetMissing       nothing installed answers for this system
└── ModelMissing             an artifact of models/ is absent or damaged

A message never holds note text or the value of a field: it may be health information.
"""


class ChartcoderError(Exception):
    """Root of the tree; `code` is stable and is the API's problem type."""

    code = "error"


class BadInput(ChartcoderError):  # noqa: N818
    """Input that the caller can correct; the message says how."""

    code = "bad_input"


class BadNote(BadInput):
    """The note is empty, binary, too large, or not text."""

    code = "bad_note"


class BadCode(BadInput):
    """The text is not shaped like a code of the system."""

    code = "bad_code"


class BadClaim(BadInput):
    """An encounter or a claim that cannot be built, read or written."""

    code = "bad_claim"


class BadRequest(BadInput):
    """A field or an option has a wrong kind or value."""

    code = "bad_request"


class UnknownCode(ChartcoderError):  # noqa: N818
    """The code is well shaped but not in the release that answers."""

    code = "unknown_code"


class CodeSetError(ChartcoderError):
    """Something is wrong with a code set."""

    code = "code_set_error"


class BadCodeSetFile(CodeSetError):  # noqa: N818
    """An official file is truncated, mixed or of another kind; names the line where that is known."""

    code = "bad_code_set_file"


class CodeSetMissing(CodeSetError):  # noqa: N818
    """Nothing that is installed answers for this system."""

    code = "code_set_missing"


class ModelMissing(ChartcoderError):  # noqa: N818
    """An artifact of models/ is absent or damaged; the message names the command that makes it."""

    code = "model_missing"
