"""Makes models/phrases: phrases learned from coded documents, and terms that the lexicon does not resolve itself.

python -m training.phrase_table --out build/phrases-1
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from codesets.index.lexicon import Lexicon, open_lexicon
from codesets.index.words import fold, token_spans
from codesets.registry import CodeSets
from coding.linking import link_mention
from eval.day import DAY
from eval.sources import data_folder
from models.phrases import MAX_WORDS, Source, stem_hash
from nlp.mentions.phrases import content_stem
from nlp.pipeline import NoteReader
from nlp.types import Note, Patient
from training.artifact import CODIESP, DOID, INDEX, MONDO, seal
from training.phrases import Association, CodedDocument, Phrase, learn, learn_company, read_coded_documents
from training.sources import Wording, index_wordings, mondo_wordings, ontology_wordings

VERSION = 1
_MIN_LETTERS = 4


def unresolved_terms(wordings: Iterable[Wording], lexicon: Lexicon) -> dict[Phrase, Counter[str]]:
    """Return the terms of at most MAX_WORDS words, as phrases, that the lexicon does not link to their code."""
    reader = NoteReader(lexicon)
    found: dict[Phrase, Counter[str]] = defaultdict(Counter)
    for wording in wordings:
        folded = (fold(wording.text[s:e]) for s, e in token_spans(wording.text))
        stems = [s for s in map(content_stem, folded) if s]
        if not 1 < len(set(stems)) <= MAX_WORDS and not (len(stems) == 1 and len(stems[0]) > _MIN_LETTERS):
            continue
        mentions = reader.read(Note(wording.text, DAY)).mentions
        links = [link for m in mentions for link in link_mention(lexicon, m, Patient())]
        if wording.code not in {lexicon.release.values[link.best.code] for link in links}:
            found[tuple(sorted(set(stems)))][wording.code] += 1
    return found


def read_terms(data: Path, lexicon: Lexicon) -> dict[Phrase, Counter[str]]:
    """Return the terms of the terminologies in the data folder that the lexicon does not link to their code."""
    release = lexicon.release
    sources = (index_wordings(data, release), ontology_wordings(data, release), mondo_wordings(data, release))
    return unresolved_terms((w for source in sources for w in source), lexicon)


def write_table(
    folder: Path,
    associations: Sequence[Association],
    terms: dict[Phrase, Counter[str]],
    documents: Sequence[CodedDocument],
) -> None:
    """Write the arrays of a `models.phrases.PhraseTable`; terms that were also learned give way."""
    rows: dict[Phrase, list[tuple[str, float, int, Source]]] = defaultdict(list)
    for a in associations:
        rows[a.phrase].append((a.code, a.credit / a.seen, a.seen, a.source))
    learned = {a.phrase for a in associations if a.source is Source.SENTENCE}
    for phrase, codes in terms.items():
        if phrase not in learned:
            rows[phrase] += [(code, n / codes.total(), 0, Source.TERM) for code, n in sorted(codes.items())]
    frequency = Counter(c for d in documents for c in d.codes)
    names = sorted({code for meanings in rows.values() for code, *_ in meanings} | set(frequency))
    numbers = {code: n for n, code in enumerate(names)}
    keyed = sorted((sum(map(stem_hash, phrase)) % 2**64, sorted(meanings)) for phrase, meanings in rows.items())
    flat = [meaning for _, meanings in keyed for meaning in meanings]
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, NDArray[Any]] = {
        "keys": np.array([key for key, _ in keyed], dtype=np.uint64),
        "offsets": np.cumsum([0, *(len(m) for _, m in keyed)], dtype=np.uint32),
        "codes": np.array([numbers[code] for code, *_ in flat], dtype=np.uint16),
        "shares": np.array([share for _, share, *_ in flat], dtype=np.float16),
        "seen": np.array([min(seen, 65535) for _, _, seen, _ in flat], dtype=np.uint16),
        "sources": np.array([source for *_, source in flat], dtype=np.uint8),
        "frequency": np.array([frequency[name] / len(documents) for name in names], dtype=np.float32),
    }
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    (folder / "codes.txt").write_text("\n".join(names) + "\n", encoding="ascii")


def main() -> None:
    """Learn, read the terminologies, write and seal the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build") / f"phrases-{VERSION}")
    options = parser.parse_args()
    data = data_folder()
    documents = read_coded_documents(data / "labelled" / "codiesp_train.jsonl")
    lexicon = open_lexicon(CodeSets.open().icd10cm(DAY))
    release = lexicon.release
    terms = read_terms(data, lexicon)
    associations = [*learn(documents), *learn_company(documents)]
    write_table(options.out, associations, terms, documents)
    seal(options.out, "phrases", VERSION, release.code_set.release, (CODIESP, INDEX, DOID, MONDO), {})
    counts = {"learned": len({a.phrase for a in associations}), "terms": len(terms), "documents": len(documents)}
    (options.out / "metrics.json").write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")
    print(counts)


if __name__ == "__main__":
    main()
