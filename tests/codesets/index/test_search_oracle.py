"""The search engine against a slow, plain one: every core scored, none left out.

The engine scores the 48 cores that cover the query best (and of these only those that can still matter); the
oracle scores all, word by word, without the inverted index. Tolerance: the score at each of the first five ranks
agrees to a rounding step of 0.0001, and every code found scores what the oracle says; codes may differ only where
scores tie.
"""

import numpy as np
import pytest

from codesets.icd10cm.release import IcdRelease
from codesets.index.leaves import choose_leaves
from codesets.index.lexicon import Lexicon, Term, open_lexicon
from codesets.index.search import CodeSearch, Query, likeness_of, score_of

FIRST = 5
STEP = 1.0001e-4
LEAVES = 4
LEAST_BASE = 0.05
UNKNOWN_WEIGHT = 6.0
QUERIES = [
    "type 2 diabetes with neuropathy",
    "t2dm neuropathy",
    "hypertention",
    "copd exacerbation",
    "left knee pain",
    "osteoarthritis right hip",
    "heart failure",
    "acute on chronic systolic heart failure",
    "ckd stage 3b",
    "pnemonia",
    "uti",
    "low back pain",
    "closed fracture of left distal radius initial encounter",
    "fracture",
    "fractu",
    "ankle sprain",
    "depression",
    "major depressive disorder recurrent moderate",
    "gerd",
    "atrial fib",
    "iron deficency anemia",
    "morbid obesity",
    "migraine without aura",
    "otitis media left",
    "asthma mild intermittent",
    "strep throat",
    "personal history of breast cancer",
    "hyperlipidemia",
    "vitamin d defic",
    "burn of right hand second degree",
    "diverticulitis no fever",
    "pressure ulcer sacrum stage 2",
    "mi",
    "pe",
]


class Oracle:
    """Scores every core of the lexicon for a query, in plain Python."""

    def __init__(self, search: CodeSearch) -> None:
        self.search = search
        self.lexicon: Lexicon = search.lexicon
        self.cores = [frozenset(self.lexicon.core_stems.row(i)) for i in range(len(self.lexicon.core_stems))]

    def scores(self, text: str) -> dict[str, float]:
        """The best score of every code, over all readings of the query."""
        best: dict[str, float] = {}
        for query in self.search.readings(text):
            if query.stems:
                for code, score in self._reading(query).items():
                    best[code] = max(score, best.get(code, 0.0))
        return best

    def _reading(self, query: Query) -> dict[str, float]:
        lexicon = self.lexicon
        weights = lexicon.stem_weights
        meant = [{s: likeness * weights[s] for s, likeness in word} for word in query.stems]
        total = sum(max(word.values()) if word else UNKNOWN_WEIGHT for word in meant)
        covered = np.array(
            [sum(max((word[s] for s in core & word.keys()), default=0.0) for word in meant) for core in self.cores],
            dtype=np.float32,
        )
        nearby = frozenset(s for word in query.stems for s, likeness in word if likeness > 0.7)
        bases = self.search.core_scores(covered, total)
        best: dict[str, float] = {}
        for core in np.flatnonzero(bases > LEAST_BASE).tolist():
            terms = [lexicon.term(t) for t in lexicon.core_terms.row(core)]
            for leaf in choose_leaves(lexicon, terms, query.attributes, nearby)[:LEAVES]:
                likeness = self._likeness(query, terms, lexicon.term(leaf.term).code)
                code = lexicon.release.values[leaf.code]
                score = round(score_of(float(bases[core]), likeness, leaf.fit) - query.handicap, 4)
                best[code] = max(score, best.get(code, 0.0))
        return best

    def _likeness(self, query: Query, terms: list[Term], code: int) -> float:
        """The likeness of the query, as typed or expanded, to the likest of the core's terms for the code."""
        texts = [self.lexicon.term_texts[t.row] for t in terms if t.code == code]
        return max(likeness_of(" ".join(said), t) for said in (query.typed, query.words) for t in texts)


@pytest.fixture(scope="module")
def search(embedded: IcdRelease) -> CodeSearch:
    return CodeSearch(open_lexicon(embedded))


@pytest.fixture(scope="module")
def oracle(search: CodeSearch) -> Oracle:
    return Oracle(search)


@pytest.mark.parametrize("text", QUERIES)
def test_nothing_that_matters_is_left_out(search: CodeSearch, oracle: Oracle, text: str) -> None:
    hits = search.search(text, FIRST)
    wanted = oracle.scores(text)
    ranked = sorted(wanted.values(), reverse=True)[:FIRST]
    assert [h.score for h in hits] == pytest.approx(ranked, abs=STEP)
    assert [wanted[h.code] for h in hits] == pytest.approx([h.score for h in hits], abs=STEP)


def test_fewer_hits_are_the_first_of_more(search: CodeSearch) -> None:
    for text in QUERIES:
        assert search.search(text, 3) == search.search(text, 20)[:3]


def test_leaves_up_to_a_limit_are_the_first_of_all(search: CodeSearch) -> None:
    lexicon = search.lexicon
    words = frozenset(lexicon.core_stems.row(0))
    for core in range(0, len(lexicon.core_terms), 251):
        terms = [lexicon.term(t) for t in lexicon.core_terms.row(core)]
        for attributes in (0, 1, 6, 40):
            leaves = choose_leaves(lexicon, terms, attributes, words)
            assert choose_leaves(lexicon, terms, attributes, words, 4) == leaves[:4]


def test_no_hits_are_asked_for(search: CodeSearch) -> None:
    assert search.search("asthma", 0) == []
