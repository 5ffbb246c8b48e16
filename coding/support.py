"""What in a note speaks for each code: lexicon matches and learned phrases, before assertion and rules."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from codesets.index.lexicon import Lexicon
from coding.linking import Link
from models.phrases import Meaning, PhraseTable, Source
from nlp.types import Phrase

_MAX_RANK = 4
_MIN_SHARE = 0.05
_MUCH_COMPANY = 3
_CLOSE_COMPANY = 0.35
LINK_FEATURES = (
    "phrase_share",
    "phrase_second",
    "phrase_odds",
    "phrase_words",
    "phrase_credit",
    "phrase_seen",
    "term_words",
    "lexical",
    "quality",
    "weight",
    "mentions",
    "fit",
    "words",
    "source",
    "rank",
    "alternative",
    "company_share",
    "company",
    "company_odds",
    "frequency",
    "category_lexical",
    "category_phrase",
    "chapter",
    "note_chars",
)
"""The features of `link_features`, in order."""


@dataclass(slots=True)
class Support:
    """What speaks for one code: (link, rank of the code among its leaves) and (phrase, meaning).

    `company` are the phrases, by row, that come with the code in documents and do not mean it.
    """

    links: list[tuple[Link, int]] = field(default_factory=list)
    phrases: list[tuple[Phrase, Meaning]] = field(default_factory=list)
    company: dict[int, Meaning] = field(default_factory=dict)

    @property
    def is_stated(self) -> bool:
        """True where words of the note mean the code; else other words only keep its company."""
        return bool(self.links or self.phrases)


def collect_support(
    lexicon: Lexicon,
    links: Iterable[Link],
    phrases: Iterable[Phrase],
    table: PhraseTable | None,
    categories: Collection[str] | None = None,
) -> dict[str, Support]:
    """Return code (canonical) → its support, in code order; only codes of `categories` where they are given."""
    found: dict[str, Support] = defaultdict(Support)
    values = lexicon.release.values
    for link in links:
        for rank, leaf in enumerate(link.leaves[:_MAX_RANK]):
            value = values[leaf.code]
            if categories is None or value[:3] in categories:
                found[value].links.append((link, rank))
    if table is not None:
        for phrase in {p.row: p for p in phrases}.values():
            for meaning in table.meanings(phrase.row):
                if categories is not None and meaning.code[:3] not in categories:
                    continue
                if meaning.source is Source.DOCUMENT:
                    found[meaning.code].company[phrase.row] = meaning
                elif meaning.probability >= _MIN_SHARE:
                    found[meaning.code].phrases.append((phrase, meaning))
    return {value: one for value, one in sorted(found.items()) if one.is_stated or _is_close(one.company)}


def _is_close(company: dict[int, Meaning]) -> bool:
    """Tell whether company alone makes a code likely."""
    return len(company) >= _MUCH_COMPANY or any(m.share >= _CLOSE_COMPANY for m in company.values())


def link_features(
    lexicon: Lexicon,
    support: dict[str, Support],
    table: PhraseTable | None,
    note_chars: int,
    wanted: Collection[str] | None = None,
) -> list[list[float]]:
    """Return a row of `LINK_FEATURES` per code in the order of `support`, or only for those `wanted`."""
    lexical = Counter(v[:3] for v, s in support.items() if any(rank == 0 for _, rank in s.links))
    phrasal: dict[str, float] = defaultdict(float)
    for value, one in support.items():
        phrasal[value[:3]] = max([phrasal[value[:3]], *(m.probability for _, m in one.phrases)])
    frequency = table.frequency if table is not None else {}
    return [
        [
            *_of_phrases(one.phrases),
            *_of_links(lexicon, one.links),
            *_of_company(one.company.values(), frequency.get(value, 0.0)),
            frequency.get(value, 0.0),
            float(lexical[value[:3]]),
            phrasal[value[:3]],
            float(ord(value[0])),
            float(note_chars),
        ]
        for value, one in support.items()
        if wanted is None or value in wanted
    ]


def _of_phrases(phrases: Sequence[tuple[Phrase, Meaning]]) -> tuple[float, ...]:
    learned = {p.row: (m.probability, p.words, m) for p, m in phrases if m.source is Source.SENTENCE}
    terms = max((p.words for p, m in phrases if m.source is Source.TERM), default=0)
    if not learned:
        return 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, float(terms)
    ordered = sorted(learned.values(), key=lambda x: (-x[0], -x[1], x[2].seen))
    best, words, meaning = ordered[0]
    second = ordered[1][0] if len(ordered) > 1 else 0.0
    odds = -sum(math.log(1 - min(p, 0.99)) for p, _, _ in ordered)
    return best, second, odds, float(words), meaning.share * meaning.seen, float(meaning.seen), float(terms)


def _of_company(company: Collection[Meaning], frequency: float) -> tuple[float, float, float]:
    odds = sum(math.log(m.share / frequency) for m in company) if frequency else 0.0
    return max((m.share for m in company), default=0.0), float(len(company)), odds


def _of_links(lexicon: Lexicon, links: Sequence[tuple[Link, int]]) -> tuple[float, ...]:
    own = [link for link, rank in links if rank == 0]
    rank = float(min((rank for _, rank in links), default=9))
    alternative = max((link.mention.quality / (1 + rank) for link, rank in links if rank), default=0.0)
    if not own:
        return 0.0, 0.0, 0.0, 0.0, -9.0, 0.0, 9.0, rank, alternative
    sizes = [len(lexicon.core_stems.row(link.mention.core)) for link in own]
    return (
        sum(link.mention.quality * math.log1p(n) for link, n in zip(own, sizes, strict=True)),
        max(link.mention.quality for link in own),
        max(float(lexicon.core_weights[link.mention.core]) for link in own),
        float(len(own)),
        max(link.best.fit for link in own),
        float(max(sizes)),
        float(min(lexicon.term(link.best.term).source for link in own)),
        rank,
        alternative,
    )
