"""Answers on forms and grids: `Diabetes: N`, `CHF 0, HTN 1`, `Asthma ( ) Yes (x) No`, `+cough, -wheezing`."""

from collections.abc import Sequence
from typing import NamedTuple

from nlp.tokens import Tokens

_YES = frozenset(("yes", "y", "pos", "positive", "present", "+", "1"))
_NO = frozenset(("no", "n", "neg", "negative", "none", "never", "denies", "denied", "absent", "nil", "-", "–", "0"))
_ANSWERS = _YES | _NO
_LABELS = {"yes": True, "y": True, "no": False, "n": False}
_SIGNS = frozenset("+-–01")
_DASHES = frozenset("-–")
_PARTS = frozenset(":?|=-–—.")
_UNTICKED = frozenset("☐□")
_TICKED = frozenset("☑☒✓✔■")
_TICKS = frozenset("x✓✔*")
_OPEN = {"[": "]", "(": ")", "_": "_"}
_EDGES = frozenset(("\n", ",", ";", ".", "|", "/", ")", "("))
_AFTER = _ANSWERS | _PARTS | _UNTICKED | _TICKED | _OPEN.keys()
_WIDE = 2
_LINE_TOKENS = 40
_MAX_BOXES = 3


class Answer(NamedTuple):
    """What a form says of a finding, and the tokens (`last` excluded) that say it."""

    is_yes: bool
    first: int
    last: int


def read_answers(tokens: Tokens, first: int, places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Answer]:
    """Return the answers given to findings; `places` are their rows counted from token `first`.

    A sign, a number or a bare word is an answer only beside another: `fever -, cough +`, not `Diabetes - see below`.
    """
    found: dict[tuple[int, int], Answer] = {}
    weak: dict[tuple[int, int], Answer] = {}
    words = tokens.folded
    for place in places:
        low, high = first + place[0], first + place[1]
        answer = None
        if high < len(words) and words[high] in _AFTER:
            answer = _ticked_label(words, high) or _after(tokens, high)
        if answer is None and low and words[low - 1] in _DASHES and _is_prefixed(tokens, low - 1):
            answer = Answer(is_yes=False, first=low - 1, last=low)
        if answer is None:
            continue
        plain = answer.first == high and words[high] in _ANSWERS
        bare = plain and not (place[0] == 0 and _is_end(tokens, answer.last))
        sign = words[answer.first] in _SIGNS and answer.first >= high
        (weak if sign or bare else found)[place] = answer
    return {**found, **weak} if weak and _answered_items(tokens, first) > 1 else found


def _answered_items(tokens: Tokens, at: int) -> int:
    """Return how many items of a line end in a word, a sign or a number that may answer."""
    words = tokens.folded
    found = 0
    for place in range(at + 1, min(at + _LINE_TOKENS, len(words))):
        if words[place] == "\n":
            break
        found += words[place] in _ANSWERS and words[place - 1][0].isalpha() and _is_edge(tokens, place + 1)
    return found


def _after(tokens: Tokens, at: int) -> Answer | None:
    """Return the answer behind a finding that ends at `at`."""
    words = tokens.folded
    start = at
    while at < len(words) and words[at] in _PARTS and not (words[at] in _DASHES and _is_edge(tokens, at + 1)):
        at += 1
    if at == len(words) or (at - start == 1 and words[start] == "."):
        return None
    if at == start and words[at] in _DASHES and tokens.starts[at] == tokens.ends[at - 1]:
        return None  # `ER+/PR+/HER2-`
    word = words[at]
    end = at + 1
    while word == "+" and end < len(words) and words[end] == "+":
        end += 1
    if word not in _ANSWERS:
        return None
    if not _is_edge(tokens, end) and not (at > start and words[start] == "?"):
        return None
    return Answer(word in _YES, at, end)


def _ticked_label(words: Sequence[str], at: int) -> Answer | None:
    """Return the label of the one ticked box in a run of boxes and labels: `[ ] yes [x] no`, `Y ☑ N ☐`."""
    start = at + (words[at] in (":", "|"))
    at = start
    boxes: list[bool] = []
    labels: list[bool] = []
    while at < len(words) and max(len(boxes), len(labels)) < _MAX_BOXES:
        if words[at] in _LABELS:
            labels.append(_LABELS[words[at]])
            at += 1
            continue
        ticked, end = _box(words, at)
        if ticked is None:
            break
        boxes.append(ticked)
        at = end
    if len(labels) != len(boxes) or len(boxes) < 2 or sum(boxes) != 1:
        return None
    return Answer(labels[boxes.index(True)], start, at)


def _box(words: Sequence[str], at: int) -> tuple[bool | None, int]:
    word = words[at]
    if word in _UNTICKED or word in _TICKED:
        return word in _TICKED, at + 1
    close = _OPEN.get(word)
    if close is None:
        return None, at
    inner = words[at + 1 : at + 3]
    if inner[:1] == [close]:
        return False, at + 2
    if len(inner) == 2 and inner[0] in _TICKS and inner[1] == close:
        return True, at + 3
    return None, at


def _is_end(tokens: Tokens, at: int) -> bool:
    return at >= len(tokens) or tokens.folded[at] in ("\n", ";", ".", "|")


def _is_edge(tokens: Tokens, at: int) -> bool:
    """Say whether an item ends before token `at`: at a mark, a line's end, or a wide gap as between columns."""
    if at >= len(tokens) or tokens.folded[at] in _EDGES:
        return True
    return tokens.starts[at] - tokens.ends[at - 1] >= _WIDE


def _is_prefixed(tokens: Tokens, dash: int) -> bool:
    """Say whether a dash before a finding denies it: a plus stands before another finding of the line."""
    words = tokens.folded
    touches = tokens.ends[dash] == tokens.starts[dash + 1]
    if dash and words[dash - 1] not in _EDGES and (tokens.ends[dash - 1] == tokens.starts[dash] or not touches):
        return False
    low = high = dash
    while low and words[low - 1] != "\n" and dash - low < _LINE_TOKENS:
        low -= 1
    while high < len(words) and words[high] != "\n" and high - dash < _LINE_TOKENS:
        high += 1
    return any(
        words[at] == "+" and words[at + 1][0].isalpha() and (at == low or words[at - 1] in _EDGES)
        for at in range(low, high - 1)
    )
