"""Files of the claim commands: an encounter with its codes and fees in, a private file out."""

import os
from pathlib import Path

from claims.assembly import assemble
from claims.encounter import Accepted, read_accepted, read_encounter
from claims.fees import read_fees
from claims.findings import Finding, Severity
from claims.model import Claim
from claims.repairs import Repair, repair
from codesets.errors import BadClaim


def read_claims(
    encounter: Path, codes: Path | None, fees: Path | None, accept: str | None = None
) -> tuple[list[Claim], list[Repair]]:
    """Return the claims that an encounter, its accepted codes and the fees make, with repairs of their format.

    `accept` names those of the codes that the coder accepts, in the order in which they shall stand.
    """
    accepted = read_accepted(codes) if codes else []
    if accept is not None:
        accepted = chosen(accepted, accept)
    claims = assemble(read_encounter(encounter), accepted, read_fees(fees) if fees else None)
    repaired = [repair(claim) for claim in claims]
    return [claim for claim, _ in repaired], list(dict.fromkeys(r for _, done in repaired for r in done))


def chosen(suggested: list[Accepted], accept: str) -> list[Accepted]:
    """Return the suggested codes that the words of `accept` name, in that order.

    The first diagnosis among them becomes the first-listed one; lines no longer point at what was not accepted.
    """
    by_code = {one.code.replace(".", ""): one for one in suggested}
    names = dict.fromkeys(name.upper().replace(".", "") for name in accept.replace(",", " ").split())
    if not by_code.keys() >= names.keys():
        raise BadClaim("--accept: a code is not among the suggested ones; add what was not suggested to --codes")
    left_out = {one.code for name, one in by_code.items() if name not in names}
    return [_without(by_code[name], left_out) for name in names]


def _without(one: Accepted, left_out: set[str]) -> Accepted:
    pointers = tuple(p for p in one.diagnosis_pointers if p not in left_out)
    return one.model_copy(update={"first_listed": False, "diagnosis_pointers": pointers})


def write_private(path: Path, text: str) -> None:
    """Put the text in the place of a file at once, readable by its owner alone."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii", newline="") as file:
            file.write(text)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise BadClaim(f"the file cannot be written ({error.strerror}): name another with --out") from None


def unreadable(reason: str) -> Finding:
    """Return the finding that a file could not be read at all."""
    return Finding("file.unreadable", Severity.ERROR, "", "", "", reason, "A6:21", "999")
