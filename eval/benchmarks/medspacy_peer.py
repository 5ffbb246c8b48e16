"""The peer, run by peer.py with the Python of its own environment: medspaCy with our terms.

Arguments: a folder with terms.json ([term, code] pairs) and notes.json, how many of its first notes warm up and
are not timed, and the time at which the process was started. Prints one line of JSON. Imports nothing of ours.
"""

import json
import math
import sys
import time
from pathlib import Path


def main() -> None:
    """Load, answer one note, warm up, time each note."""
    folder, warm_up, started = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    loading = time.perf_counter()
    import medspacy  # type: ignore[import-not-found]  # lives in the peer's environment
    from medspacy.ner import TargetRule  # type: ignore[import-not-found]

    terms = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
    nlp = medspacy.load()
    nlp.add_pipe("medspacy_sectionizer")
    matcher = nlp.get_pipe("medspacy_target_matcher")
    matcher.add([TargetRule(term, "ICD10CM", metadata={"code": code}) for term, code in terms])
    load_s = time.perf_counter() - loading
    notes = json.loads((folder / "notes.json").read_text(encoding="utf-8"))
    nlp(notes[0])
    first_answer_s = time.time() - started
    memory_first_mb = _peak_mb()
    for note in notes[:warm_up]:
        nlp(note)
    notes = notes[warm_up:]
    seconds = []
    found = 0
    for note in notes:
        begun = time.perf_counter()
        doc = nlp(note)
        seconds.append(time.perf_counter() - begun)
        found += len(doc.ents)
    seconds.sort()
    figures = {
        "terms": len(terms),
        "found_per_note": round(found / len(notes), 2),
        "load_s": round(load_s, 3),
        "first_answer_s": round(first_answer_s, 3),
        "memory_first_mb": memory_first_mb,
        "memory_mb": _peak_mb(),
        "p50_ms": round(1000 * seconds[max(0, math.ceil(0.5 * len(seconds)) - 1)], 3),
        "p99_ms": round(1000 * seconds[max(0, math.ceil(0.99 * len(seconds)) - 1)], 3),
        "per_second": round(len(seconds) / sum(seconds), 1),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


def _peak_mb() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return round(next(int(x.split()[1]) for x in lines if x.startswith("VmHWM:")) / 1024, 1)


if __name__ == "__main__":
    main()
