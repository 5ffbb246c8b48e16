"""What a note says of each finding: present, absent, doubtful, past, a relative's, or only feared.

The idea is ConText's (Harkema et al. 2009): cues, their scopes and what ends them. The cues are data (cues.tsv).
"""

from bisect import bisect_left
from collections.abc import Sequence

from nlp.assertion.answers import Answer, read_answers
from nlp.assertion.course import Course, course_of
from nlp.assertion.reader import CueReader, Hit, Reading
from nlp.assertion.rules import PRECEDENCE, CueKind, read_classes, read_priors
from nlp.sections.finder import is_carried
from nlp.tokens import Tokens
from nlp.types import PRESENT, Assertion, AssertionKind, Direction, Section, Sentence, Span

_RANK = {kind: n for n, kind in enumerate(PRECEDENCE)}
_DOUBTED = ".doubted"
_KINDS = {kind: (AssertionKind(kind.value), f"assertion.{kind.value}") for kind in PRECEDENCE}
_LASTING = frozenset(("chronic", "longstanding", "lifelong"))
_OF_THIS_ENCOUNTER = frozenset(
    (
        "hospital_course",
        "discharge_diagnosis",
        "admission_diagnosis",
        "assessment",
        "assessment_plan",
        "chief_complaint",
    )
)
_OF_ADVICE = frozenset(("plan", "assessment", "assessment_plan", "instructions", "precautions"))
_OF_THE_PAST = frozenset(("pmh", "psh"))
_DENIED_TOKENS = 5
_DENIALS = frozenset(("no", "not", "neg", "negative", "denies", "denied", "without", "none", "never"))
_AFTER_ALLERGEN = frozenset(("-", "–", "—", ":", "(", "=", "→", "causes", "caused"))
_DENYING_TOKENS = 14
_BEFORE_DENIAL = {
    "no": frozenset(
        (
            *(",", "show", "showed", "shows", "reveal", "revealed", "reveals", "demonstrate", "demonstrated"),
            *("demonstrates", "has", "have", "had", "is", "was", "are", "were", "exhibits", "exhibited"),
        )
    ),
    "without": frozenset(("is", "was", "are", "were", "appears", "appeared", "remains")),
}
_NEGATIVE = frozenset(("neg", "negative"))
_STUDIES = frozenset(("ct", "mri", "cta", "xr", "film", "films", "scan", "us", "ultrasound", "duplex"))
_CLEAR = frozenset(("clean", "clear", "normal", "negative", "unremarkable", "well", "intact", "patent", "free"))
_ANSWERED = frozenset((CueKind.NEGATED, CueKind.UNCERTAIN, CueKind.HYPOTHETICAL))
_ENDLESS = frozenset((Course.CHRONIC, Course.REMITTING))


class Asserter:
    """Decides the assertion of the mentions of a sentence. Stateless between calls; one instance serves all notes."""

    def __init__(self) -> None:
        self._reader = CueReader()
        self._priors = read_priors()
        classes = read_classes()
        self._reactions, self._symptoms = classes["reaction"], classes["symptom"]
        self._preventable = classes["preventable"]

    def assert_mentions(
        self,
        tokens: Tokens,
        sentence: Sentence,
        section: Section,
        mentions: Sequence[tuple[int, int]],
        year: int | None = None,
    ) -> list[Assertion]:
        """Return the assertion of each mention, in order.

        `mentions` are (first, last) token rows of `tokens`, `last` excluded, inside `sentence`. `year` is the year
        of service where it is known: a finding dated in it is not past. Spans are code points of the note.
        """
        if not mentions:
            return []
        first = sentence.first
        places = [_trimmed(tokens, first, low - first, high - first) for low, high in mentions]
        reading = self._reader.read(tokens, first, sentence.last, places, year)
        prior, is_over = self._prior(tokens, section)
        answers = read_answers(tokens, first, places)
        if prior is None and not reading.hits and not answers:
            return [PRESENT] * len(places)
        asserted = []
        for low, high in places:
            answer = answers.get((low, high))
            if answer is not None and not answer.is_yes:
                asserted.append(_from_answer(answer, tokens))
                continue
            best = self._decide(reading, places, low, high, section.kind)
            if answer is not None and best is not None and best.cue.kind in _ANSWERED:
                best = None
            if (
                prior is not None
                and (best is None or _RANK[prior] < _RANK[best.cue.kind])
                and (section.kind != "immunizations" or not self._preventable.isdisjoint(reading.words[low:high]))
                and (is_over or self._section_decides(prior, reading, low, high))
            ):
                asserted.append(_from_section(prior, section))
            else:
                asserted.append(PRESENT if best is None else _from_hit(best, tokens, first))
        return asserted

    def _prior(self, tokens: Tokens, section: Section) -> tuple[CueKind | None, bool]:
        """Return what the section's heading or kind says of its findings, and whether all of them are over."""
        heading = section.heading
        if heading is not None:
            low, high = bisect_left(tokens.starts, heading.start), bisect_left(tokens.starts, heading.end)
            words = " ".join(w for w in tokens.folded[low:high] if w != ":")
            known = self._priors.headings.get(words)
            if known is not None:
                return known, known is CueKind.HISTORICAL
            if section.kind == "problem_list" and is_carried(" ".join(tokens.folded[low:high])):
                return CueKind.HISTORICAL, False
        return self._priors.sections.get(section.kind), False

    def _decide(
        self, reading: Reading, places: Sequence[tuple[int, int]], low: int, high: int, section: str
    ) -> Hit | None:
        """Return the cue that decides the mention `low` to `high`: the highest kind, of that the nearest."""
        best: Hit | None = None
        best_key = (len(_RANK), 0, False)
        cancelled: frozenset[str] = frozenset()
        for hit in reading.hits:
            if hit.start < low and high <= hit.end and hit.cue.kind is CueKind.HISTORICAL:
                distance = 0  # `quit smoking 10 years ago`
            elif hit.forward:
                if not hit.low <= low < hit.high:
                    continue
                distance = low - hit.end
            else:
                if not hit.low < high <= hit.high:
                    continue
                distance = hit.start - high
            if not self._applies(reading.words, hit, places, low, high) or not _suits(hit, section):
                continue
            if hit.cue.kind is CueKind.AFFIRMS:
                cancelled |= hit.cue.ends
                continue
            key = (_RANK[hit.cue.kind], distance, "doubted" not in hit.cue.flags)
            if key < best_key:
                best, best_key = hit, key
        return None if best is not None and best.cue.kind in cancelled else best

    def _applies(self, words: list[str], hit: Hit, places: Sequence[tuple[int, int]], low: int, high: int) -> bool:
        """Say whether a cue counts for a mention in its scope."""
        flags = hit.cue.flags
        if (
            hit.start < high
            and hit.end > low
            and not (hit.cue.kind is CueKind.HISTORICAL and hit.start < low and high <= hit.end)
        ):
            return False
        for other_low, other_high in places:
            # A cue that is part of another mention counts for what is nested there or touches it, and as a status;
            # a relative is whom the rest is about too: in `mother has diabetes and gout` the first is one mention.
            # A mention that lies inside a cue takes nothing from it: `denies` may be a phrase that the lexicon knows.
            if hit.start < other_high and hit.end > other_low and not hit.start <= other_low <= other_high <= hit.end:
                nested = other_low <= low and high <= other_high
                is_kin = hit.cue.kind is CueKind.FAMILY and hit.start <= other_low
                if not nested and not is_kin and "status" not in flags and "hug" not in flags:
                    return False
        if hit.cue.of and hit.cue.of.isdisjoint(words[low:high]):
            return False
        if not flags:
            return True
        if "hug" in flags and hit.start != high:
            return False
        if "reaction" in flags and self._reactions.isdisjoint(words[low:high]):
            return False
        if "disease" in flags and not self._symptoms.isdisjoint(words[low:high]):
            return False
        if "resolvable" in flags and _course(words, low, high) in _ENDLESS:
            return False
        if "remitting" in flags and _course(words, low, high) is Course.CHRONIC:
            return False
        return "episode" not in flags or _course(words, low, high) is Course.RESOLVABLE

    @staticmethod
    def _section_decides(prior: CueKind, reading: Reading, low: int, high: int) -> bool:
        """Say whether the section may decide a mention.

        Not where the sentence turns to the patient before it, nor where the mention itself names a status.
        """
        if prior is CueKind.HISTORICAL:
            if _course(reading.words, low, high) is not Course.RESOLVABLE:
                return False
        elif prior is CueKind.CONDITIONAL:
            if any(w.startswith("allerg") for w in reading.words[low:high]):
                return low > 0 and reading.words[low - 1] in _AFTER_ALLERGEN
            return _course(reading.words, low, high) not in _ENDLESS
        else:
            family = prior is CueKind.FAMILY
            turns = [at for at, strong in reading.turns if at <= low and (strong or family)]
            if turns and not any(h.cue.kind is prior and turns[-1] < h.start < low for h in reading.hits):
                return False
        return not any("status" in h.cue.flags and h.start < high and h.end > low for h in reading.hits)


def _trimmed(tokens: Tokens, first: int, low: int, high: int) -> tuple[int, int]:
    """Return a mention without what stands before a denial inside it: `head CT: no hemorrhage` is a hemorrhage.

    So are `cervical spine, no fracture` and `the mouth is without thrush`; `migraine without aura` is one finding.
    """
    words = tokens.folded[first + low : first + high] if low >= 0 else []
    if ":" in words[:-2]:
        at = words.index(":")
        if words[at + 1] in _DENIALS and len(words) - at <= _DENIED_TOKENS:
            return low + at + 2, high
    for at in range(1, len(words) - 1):
        if len(words) > _DENYING_TOKENS:
            break
        before = words[at - 1]
        if words[at] == "for" and before in _NEGATIVE:
            return low + at + 1, high  # `carotid duplex neg for stenosis`
        if before in _BEFORE_DENIAL.get(words[at], ()):
            return low + at + 1, high
        clear = before in _STUDIES or (before == "with" and not _CLEAR.isdisjoint(words[: at - 1]))
        if words[at] == "no" and clear:
            return low + at + 1, high  # `C-spine CT no fracture`, `urine clean with no infection`
    return low, high


def _suits(hit: Hit, section: str) -> bool:
    """Say whether a cue counts in a kind of section."""
    if "advice" in hit.cue.flags:
        return section in _OF_ADVICE
    if "past" in hit.cue.flags:
        return section in _OF_THE_PAST
    return "background" not in hit.cue.flags or section not in _OF_THIS_ENCOUNTER


def _course(words: list[str], low: int, high: int) -> Course:
    """Return the course of a mention; `chronic` shortly before it tells as well."""
    before = words[max(0, low - 4) : low]
    if not _LASTING.isdisjoint(before):
        place = max(n for n, word in enumerate(before) if word in _LASTING)
        if "," not in before[place:]:
            return Course.CHRONIC
    return course_of(tuple(words[low:high]))


def _from_answer(answer: Answer, tokens: Tokens) -> Assertion:
    cue = Span(tokens.starts[answer.first], tokens.ends[answer.last - 1])
    return Assertion(AssertionKind.NEGATED, "assertion.negated.answer", cue, None, Direction.BACKWARD)


def _from_section(prior: CueKind, section: Section) -> Assertion:
    kind, rule = _KINDS[prior]
    scope = Span(section.start, section.end)
    return Assertion(kind, f"{rule}.section", section.heading, scope, Direction.SECTION)


def _from_hit(hit: Hit, tokens: Tokens, first: int) -> Assertion:
    kind, rule = _KINDS[hit.cue.kind]
    if "doubted" in hit.cue.flags:
        rule += _DOUBTED
    starts, ends = tokens.starts, tokens.ends
    cue = Span(starts[first + hit.start], ends[first + hit.end - 1])
    scope = Span(starts[first + hit.low], ends[first + hit.high - 1]) if hit.low < hit.high else None
    return Assertion(kind, rule, cue, scope, Direction.FORWARD if hit.forward else Direction.BACKWARD)
