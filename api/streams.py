"""Standard output: bytes as they are, and tables that any encoding can show."""

import sys

from rich.console import Console


def write_line(data: bytes) -> None:
    """Write a line of bytes, UTF-8 whatever the terminal's encoding is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data + b"\n")
    sys.stdout.buffer.flush()


def table_console() -> Console:
    """Return the console for tables; a character that the terminal's encoding lacks is shown as `?`."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    return Console(markup=False, highlight=False, emoji=False)
