"""What an installation recognised and did."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class InstallReport:
    """What was recognised at a path and what its installation did.

    `files` are (name, kind), `passed_over` the members of a zip that are no official file. `added`,
    `deleted`, `reclassified` (header became billable or the reverse) and `revised` (title) count codes
    against `compared_with`, a release, '' where nothing is compared. `terms` are the Index terms with a code;
    `modifiers` and `terminated` (codes with a last day) count what a HCPCS file holds, `rows` those of a table.
    """

    files: tuple[tuple[str, str], ...]
    passed_over: tuple[str, ...]
    effective_from: date
    effective_to: date | None
    done: str
    compared_with: str = ""
    codes: int = 0
    billable: int = 0
    added: int = 0
    deleted: int = 0
    reclassified: int = 0
    revised: int = 0
    terms: int = 0
    modifiers: int = 0
    terminated: int = 0
    rows: int = 0

    @property
    def release(self) -> str:
        """The release's name: its first day in force."""
        return self.effective_from.isoformat()
