"""The one suggester of the process behind the event loop: opened in the background, one piece of work at a time."""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from api.ports import OpenSuggester, Suggests
from api.problems import RequestRefused, detail_of
from api.settings import Settings
from codesets.errors import ChartcoderError

_log = logging.getLogger("chartcoder.api")
Result = TypeVar("Result")


class Lane:
    """One thread with a bounded queue: what runs in it need not be safe for threads."""

    def __init__(self, name: str, capacity: int, timeout_s: float) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._room = threading.BoundedSemaphore(capacity)
        self._timeout_s = timeout_s

    async def run(self, work: Callable[[], Result]) -> Result:
        """Return what `work` returns; raises RequestRefused where the queue is full or the time is up.

        Work that has begun is not interrupted: it keeps its place in the queue until it ends.
        """
        if not self._room.acquire(blocking=False):
            raise RequestRefused("busy", "too many requests are waiting: send it again later")
        future = self._thread.submit(work)
        future.add_done_callback(self._leave)
        try:
            async with asyncio.timeout(self._timeout_s):
                return await asyncio.wrap_future(future)
        except TimeoutError:
            message = f"no answer within {self._timeout_s:g} s: send it again later, or send a shorter note"
            raise RequestRefused("timeout", message) from None

    def _leave(self, _future: Future[Result]) -> None:
        self._room.release()

    def submit(self, work: Callable[[], None]) -> None:
        """Run `work` in the thread before anything that is sent later."""
        self._thread.submit(work)

    def close(self) -> None:
        """Drop what is waiting."""
        self._thread.shutdown(wait=False, cancel_futures=True)


class Reception:
    """Passes work to the suggester. Notes have one lane, look-ups another: a long note does not stop typing."""

    def __init__(self, open_suggester: OpenSuggester, settings: Settings) -> None:
        self._open_suggester = open_suggester
        self._suggester: Suggests | None = None
        self._failure: str | None = None
        self._notes = Lane("chartcoder-notes", settings.max_waiting, settings.request_timeout_s)
        self._look_ups = Lane("chartcoder-look-ups", settings.max_waiting, settings.request_timeout_s)

    def start(self) -> None:
        """Begin to load the indexes in the background."""
        self._notes.submit(self._open)

    def _open(self) -> None:
        try:
            self._suggester = self._open_suggester()
        except ChartcoderError as error:
            self._failure = detail_of(error)
            _log.error("not ready: %s", error)
        except Exception as error:
            self._failure = "the indexes could not be loaded: see the log"
            _log.error("not ready: unexpected %s", type(error).__name__)

    def suggester(self) -> Suggests:
        """Return the suggester; raises RequestRefused while the indexes are being loaded, or why they are not."""
        if self._failure is not None:
            raise RequestRefused("not_ready", self._failure)
        if self._suggester is None:
            raise RequestRefused("not_ready", "the indexes are being loaded: send it again in a moment")
        return self._suggester

    async def read(self, work: Callable[[Suggests], Result]) -> Result:
        """Return what `work` makes of a note with the suggester, one note at a time."""
        suggester = self.suggester()
        return await self._notes.run(lambda: work(suggester))

    async def look_up(self, work: Callable[[Suggests], Result]) -> Result:
        """Return what `work` finds in the indexes, which are only read."""
        suggester = self.suggester()
        return await self._look_ups.run(lambda: work(suggester))

    def close(self) -> None:
        """Stop: what is waiting is dropped."""
        self._notes.close()
        self._look_ups.close()
