"""Many processes that answer chunks of lines; the answers come in the order of the lines."""

from collections.abc import Generator, Iterable, Iterator
from itertools import chain, islice
from multiprocessing.connection import wait

from api.batch.lines import Answered, Terms, failed_line, line_identity
from api.batch.process import Worker
from api.ports import OpenSuggester
from codesets.errors import ChartcoderError

CHUNK = 32
_AHEAD = 4


class Pool:
    """Answers lines with `size` processes.

    A process that dies while it answers a line (out of memory, a crash in a library) costs that line, which
    gets the error `worker_died`; another process takes over the rest of its chunk.
    """

    def __init__(self, open_suggester: OpenSuggester, terms: Terms, size: int) -> None:
        self._open_suggester = open_suggester
        self._terms = terms
        self._size = size
        self._workers: list[Worker] = []
        self._finished: dict[int, list[Answered]] = {}

    def answer(self, lines: Iterable[bytes]) -> Generator[list[Answered]]:
        """Return the answers chunk by chunk, in the order of the lines.

        Raises ChartcoderError where a process cannot open its suggester.
        """
        chunks = _chunks(lines)
        waiting = next(chunks, None)
        given = passed_on = 0
        try:
            while waiting is not None or passed_on < given:
                for worker in self._idle() if self._workers or waiting is None else [self._start()]:
                    if waiting is None or given - passed_on >= self._size * _AHEAD:
                        break
                    worker.give(given, waiting, [])
                    waiting = next(chunks, None)
                    given += 1
                self._receive()
                while passed_on in self._finished:
                    yield self._finished.pop(passed_on)
                    passed_on += 1
        finally:
            for worker in self._workers:
                worker.stop()
            self._workers.clear()

    def _start(self) -> Worker:
        worker = Worker(self._open_suggester, self._terms)
        self._workers.append(worker)
        return worker

    def _idle(self) -> list[Worker]:
        """Return the processes without work; the others start when the first has built the indexes."""
        if any(worker.ready for worker in self._workers):
            while len(self._workers) < self._size:
                self._start()
        return [worker for worker in self._workers if worker.done]

    def _receive(self) -> None:
        ready = wait([worker.connection for worker in self._workers])
        for worker in [w for w in self._workers if w.connection in ready]:
            try:
                worker.receive()
            except EOFError:
                worker = self._replaced(worker)
            if worker.lines and worker.done:
                self._finished[worker.chunk] = worker.answers
                worker.give(-1, (), [])

    def _replaced(self, dead: Worker) -> Worker:
        """Return a new process in the place of a dead one, for the lines after the one that it died of."""
        if not dead.ready:
            raise ChartcoderError("a process ended while it loaded the indexes: is there memory for it?")
        self._workers.remove(dead)
        dead.stop()
        answers = dead.answers
        if not dead.done:
            line_id, _ = line_identity(dead.lines[len(answers)], self._terms.max_line_bytes)
            message = "the process that read this line died: send it alone to find out why"
            answers.append(failed_line(line_id, "worker_died", message))
        worker = self._start()
        worker.give(dead.chunk, dead.lines, answers)
        return worker


def _chunks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    lines = iter(lines)
    for first in lines:
        yield list(chain([first], islice(lines, CHUNK - 1)))
