"""Runs medspaCy in an environment of its own, made once below the cache folder."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from codesets.cache import cache_folder
from codesets.index.lexicon import Lexicon

RELEASE = "1.3.1"
_SCRIPT = Path(__file__).with_name("medspacy_peer.py")
_INSTALLED = ".installed"
_INSTALL_TIMEOUT_S = 900
_RUN_TIMEOUT_S = 1800


class PeerUnavailable(Exception):  # noqa: N818
    """The peer cannot be installed or run here; the message says why on one line."""


def medspacy_python() -> Path:
    """Return the Python of the peer's environment, making it on first use; raises PeerUnavailable."""
    folder = cache_folder() / "benchmarks" / f"medspacy-{RELEASE}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if (folder / _INSTALLED).is_file():
        return python
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"medspacy=={RELEASE}"]
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        for command in ([sys.executable, "-m", "venv", "--clear", str(folder)], install):
            subprocess.run(command, check=True, capture_output=True, timeout=_INSTALL_TIMEOUT_S)
    except (OSError, subprocess.SubprocessError) as error:
        raise PeerUnavailable(f"medspaCy {RELEASE} cannot be installed here ({type(error).__name__})") from None
    (folder / _INSTALLED).touch()
    return python


def peer_terms(lexicon: Lexicon) -> list[tuple[str, str]]:
    """Return (term, code) of every title, inclusion term and unambiguous alias for a code."""
    values = lexicon.release.values
    terms = map(lexicon.term, range(len(lexicon.term_texts)))
    return [(lexicon.term_texts[t.row], values[t.code]) for t in terms if t.context is None]


def run_medspacy(terms: Sequence[tuple[str, str]], notes: Sequence[str], warm_up: int) -> dict[str, float]:
    """Return the peer's figures on the notes after the first `warm_up`: load, first answer, peak memory, p50, p99.

    Terms and notes travel in a temporary folder that only this user can read and that is removed. Raises
    PeerUnavailable.
    """
    python = medspacy_python()
    with TemporaryDirectory(prefix="chartcoder-bench-") as name:
        (Path(name) / "terms.json").write_text(json.dumps(terms), encoding="utf-8")
        (Path(name) / "notes.json").write_text(json.dumps(notes), encoding="utf-8")
        command = [str(python), "-I", str(_SCRIPT), name, str(warm_up), repr(time.time())]
        try:
            done = subprocess.run(command, check=True, capture_output=True, timeout=_RUN_TIMEOUT_S)
            figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        except (OSError, subprocess.SubprocessError, ValueError, IndexError) as error:
            raise PeerUnavailable(f"medspaCy {RELEASE} does not run here ({type(error).__name__})") from None
    return figures
