"""One process that answers lines: it opens its own suggester and sends each answer once it is made."""

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection

from api.batch.lines import Answered, Terms, answer_line
from api.ports import OpenSuggester
from codesets.errors import ChartcoderError, CodeSetError

_STOP_S = 5.0


class Worker:
    """A process and the chunk of lines that it is to answer; `answers` are those that have come, in order."""

    def __init__(self, open_suggester: OpenSuggester, terms: Terms) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=serve_lines, args=(theirs, open_suggester, terms), daemon=True)
        with _interrupts_ignored():
            self._process.start()
        theirs.close()
        self.ready = False
        self.give(-1, (), [])

    def give(self, chunk: int, lines: Sequence[bytes], answers: list[Answered]) -> None:
        """Have the lines answered that have no answer yet; `receive` reports where the process is gone."""
        self.chunk, self.lines, self.answers = chunk, lines, answers
        if self.ready:
            self._send()

    def _send(self) -> None:
        if not self.done:
            with suppress(OSError):
                self.connection.send(self.lines[len(self.answers) :])

    def receive(self) -> None:
        """Take what the process sent. Raises EOFError where it is gone, ChartcoderError if it cannot open."""
        try:
            message = self.connection.recv()
        except OSError:
            raise EOFError from None
        if isinstance(message, ChartcoderError):
            raise message
        if isinstance(message, Answered):
            self.answers.append(message)
        else:
            self.ready = True
            self._send()

    @property
    def done(self) -> bool:
        """Whether every line of the chunk is answered."""
        return len(self.answers) == len(self.lines)

    def stop(self) -> None:
        """End the process."""
        self.connection.close()
        self._process.terminate()
        self._process.join(_STOP_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()


def serve_lines(connection: Connection, open_suggester: OpenSuggester, terms: Terms) -> None:
    """Answer the lines that come through the connection until it closes. Runs in the process."""
    with suppress(EOFError, OSError):
        try:
            suggester = open_suggester()
        except ChartcoderError as error:
            connection.send(error)
            return
        except Exception as error:
            connection.send(CodeSetError(f"the indexes cannot be loaded: unexpected {type(error).__name__}"))
            return
        connection.send(True)
        while True:
            for line in connection.recv():
                connection.send(answer_line(suggester, line, terms))


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Let a process that starts meanwhile ignore Ctrl-C: the one that started it ends it in order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
