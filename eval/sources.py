"""Where the public data lies that is measured on and learned from; it is no part of the project."""

import os
from pathlib import Path

from codesets.errors import BadRequest


def data_folder() -> Path:
    """Return the folder `CHARTCODER_DATA` (default `../shared/data`); raises BadRequest where it does not exist."""
    folder = Path(os.environ.get("CHARTCODER_DATA", "../shared/data"))
    if not folder.is_dir():
        raise BadRequest("CHARTCODER_DATA: the folder of the public data does not exist")
    return folder
