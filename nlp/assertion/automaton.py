"""One automaton for all cues, built as notes need it: a walk over the words, whatever the number of cues."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from nlp.assertion.rules import Cue, classes_of_words, number_classes

_State = tuple[int, int, int, int]  # cue, slot, choice, word


class _Node:
    """A set of places in cues that the words read so far may have reached, filed by the word that each awaits."""

    __slots__ = ("awaited", "cues", "edges")

    def __init__(self, awaited: Mapping[str, Sequence[_State]], cues: tuple[Cue, ...]) -> None:
        self.awaited = awaited
        self.cues = cues
        self.edges: dict[str, _Node | None] = {}


class Automaton:
    """Finds the cues that begin at a word. The nodes are made on first use and kept: there are finitely many."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        self._cues = tuple(cues)
        self._classes = classes_of_words()
        self._nodes: dict[frozenset[_State], _Node] = {}
        self._vocabulary: set[str] = {w for cue in cues for slot in cue.slots for choice in slot for w in choice}
        self._vocabulary.update(w for w, names in self._classes.items() if self._vocabulary.intersection(names))
        start: set[_State] = set()
        for number in range(len(cues)):
            self._close(number, 0, start, set())
        self._start = _Node(self._by_word(start), ())
        firsts = set(self._start.awaited)
        self.firsts = firsts | {w for w, names in self._classes.items() if firsts.intersection(names)}

    def _close(self, number: int, slot: int, into: set[_State], done: set[int]) -> None:
        slots = self._cues[number].slots
        if slot == len(slots):
            done.add(number)
            return
        for choice, words in enumerate(slots[slot]):
            if words:
                into.add((number, slot, choice, 0))
            else:
                self._close(number, slot + 1, into, done)

    def _by_word(self, states: Iterable[_State]) -> dict[str, list[_State]]:
        awaited: dict[str, list[_State]] = defaultdict(list)
        for state in states:
            number, slot, choice, place = state
            awaited[self._cues[number].slots[slot][choice][place]].append(state)
        return dict(awaited)

    def _step(self, node: _Node, word: str) -> _Node | None:
        """Return the node that `word` leads to; remembers it where the word is of the vocabulary or a number."""
        if word[0].isdigit():
            names = (word, *number_classes(word), *self._classes.get(word, ()))
            key = word if word in self._vocabulary else "".join(number_classes(word))
        elif word in self._vocabulary:
            names = (word, *self._classes.get(word, ()))
            key = word
        else:
            return None
        if key in node.edges:
            return node.edges[key]
        into: set[_State] = set()
        done: set[int] = set()
        for name in names:
            for number, slot, choice, place in node.awaited.get(name, ()):
                if place + 1 < len(self._cues[number].slots[slot][choice]):
                    into.add((number, slot, choice, place + 1))
                else:
                    self._close(number, slot + 1, into, done)
        made: _Node | None = None
        if into or done:
            # A node is known by its open places and its finished cues together.
            known = frozenset(into) | {(number, -1, 0, 0) for number in done}
            made = self._nodes.get(known)
            if made is None:
                made = _Node(self._by_word(into), tuple(self._cues[n] for n in sorted(done)))
                self._nodes[known] = made
        node.edges[key] = made
        return made

    def find(self, words: Sequence[str], at: int, last: int) -> list[tuple[int, tuple[Cue, ...]]]:
        """Return (end, cues) for the cues that begin at word `at`, the longest last; line ends are passed over."""
        found: list[tuple[int, tuple[Cue, ...]]] = []
        node = self._start
        while at < last:
            word = words[at]
            at += 1
            if word == "\n":
                continue
            following = node.edges[word] if word in node.edges else self._step(node, word)
            if following is None:
                break
            node = following
            if node.cues:
                found.append((at, node.cues))
        return found


def core_span(cue: Cue, words: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Return the (start, end) of the cue proper in a match of its whole phrase from `start` to `end`."""
    low, high = cue.core
    if low == 0 and high == len(cue.slots):
        return start, end
    places = _align(cue, words, 0, start, end)
    if places is None:
        return start, end
    return places[low], places[high]


def _align(cue: Cue, words: Sequence[str], slot: int, at: int, end: int) -> list[int] | None:
    """Return where each slot begins, and the end, in a match of the slots from `slot` on; None for no match."""
    if slot == len(cue.slots):
        return [at] if at == end else None
    for choice in cue.slots[slot]:
        place = at
        for wanted in choice:
            while place < end and words[place] == "\n":
                place += 1
            if place == end or not _is_named(words[place], wanted):
                break
            place += 1
        else:
            rest = _align(cue, words, slot + 1, place, end)
            if rest is not None:
                return [at, *rest]
    return None


def _is_named(word: str, wanted: str) -> bool:
    if wanted[0] != "<":
        return word == wanted
    return wanted in classes_of_words().get(word, ()) or wanted in number_classes(word)
