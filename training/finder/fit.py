"""Trains a finder on every other labelled note and CodiEsp's training half; it is measured on the other notes.

python -m training.finder.fit --out build/finder

The notes of the reported halves are never read.
"""

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.training import Example
from thinc.api import fix_random_seed

from codesets.index.lexicon import open_lexicon
from codesets.registry import CodeSets
from eval.day import DAY
from eval.goldnotes.read import GoldNote
from eval.sources import data_folder
from nlp.pipeline import NoteReader, NoteTokenizer
from training.finder.spans import Text, coded_texts, labelled_texts
from training.forest import SEED
from training.notes import transcribed_notes, written_notes
from training.phrases import read_coded_documents

_LABEL = "FINDING"
_BATCH = 16
_DROPOUT = 0.1
_TOK2VEC = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "pretrained_vectors": None,
    "width": 64,
    "depth": 2,
    "embed_size": 2000,
    "window_size": 1,
    "maxout_pieces": 2,
    "subword_features": True,
}
_MODEL = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "hidden_width": 64,
    "maxout_pieces": 2,
    "use_upper": True,
    "nO": None,
    "tok2vec": _TOK2VEC,
}


def halves() -> tuple[list[GoldNote], list[GoldNote]]:
    """Return the labelled notes to learn from, and those to measure on: every other note."""
    notes = [*written_notes(), *transcribed_notes()]
    return notes[::2], notes[1::2]


def blank() -> Language:
    """Return a finder that has not learned, over the project's tokens."""
    language = spacy.blank("en")
    language.tokenizer = NoteTokenizer(language.vocab)
    language.add_pipe("ner", config={"model": _MODEL})
    return language


def open_finder(folder: Path) -> Language:
    """Return a finder that was written by `fit`."""
    return blank().from_disk(folder, exclude=["tokenizer"])


def fit(texts: Sequence[Text], minutes: float, out: Path) -> None:
    """Train for so many minutes of processor time, at most twelve passes; write averaged weights after each pass."""
    language = blank()
    examples = [
        Example.from_dict(language.make_doc(t.text), {"entities": [(s, e, _LABEL) for s, e in t.spans]})
        for t in texts
    ]
    random.seed(SEED)
    fix_random_seed(SEED)
    optimizer = language.initialize(lambda: examples[:100])
    started = time.process_time()
    for turn in range(12):
        random.shuffle(examples)
        losses: dict[str, float] = {}
        for at in range(0, len(examples), _BATCH):
            language.update(examples[at : at + _BATCH], sgd=optimizer, drop=_DROPOUT, losses=losses)
        spent = time.process_time() - started
        print(f"pass {turn + 1}  loss {losses['ner']:.0f}  {spent:.0f} s", flush=True)
        with language.use_params(optimizer.averages):
            language.to_disk(out, exclude=["tokenizer"])
        if spent > minutes * 60:
            break


def main() -> None:
    """Make the texts and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/finder"))
    parser.add_argument("--minutes", type=float, default=5.0, help="of processor time")
    options = parser.parse_args()
    lexicon = open_lexicon(CodeSets.open().icd10cm(DAY))
    reader = NoteReader(lexicon)
    documents = read_coded_documents(data_folder() / "labelled" / "codiesp_train.jsonl")
    coded = [t for d in documents for t in coded_texts(reader, lexicon.release, d)]
    texts = [*coded, *(t for gold in halves()[0] for t in labelled_texts(reader, gold))]
    print(f"{len(texts)} texts, {sum(len(t.spans) for t in texts)} spans", flush=True)
    fit(texts, options.minutes, options.out)


if __name__ == "__main__":
    main()
