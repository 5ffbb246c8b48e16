"""How far a batch is, on a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

Show = Callable[[int, int, int], None]


@contextmanager
def progress_shown(total_bytes: int) -> Iterator[Show]:
    """Return a function that shows bytes read, lines answered and lines failed; silent without a terminal."""
    console = Console(stderr=True)
    words = TextColumn("{task.fields[answered]:,} lines, {task.fields[failed]:,} with an error")
    columns = (BarColumn(), TaskProgressColumn(), words, TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=total_bytes, answered=0, failed=0)

        def show(read_bytes: int, answered: int, failed: int) -> None:
            progress.update(task, completed=read_bytes, answered=answered, failed=failed)

        yield show
