"""Reads a site's rules from a YAML file; every mistake is told with its line."""

from collections.abc import Hashable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from codesets.errors import BadRequest
from codesets.index.aliases import Alias
from coding.rules.catalog import catalog
from coding.rules.site import Ask, SettingRules, Site
from coding.types import Severity
from nlp.types import Setting

_MAX_BYTES = 1_000_000
_CODE = r"^[A-Z][0-9][0-9A-Z](?:\.?[0-9A-Z]{1,4})?$"
Path_ = tuple[str | int, ...]
"""The keys and positions that lead to a value of the file."""

CodeText = Annotated[str, StringConstraints(pattern=_CODE)]
Words = Annotated[str, StringConstraints(min_length=2, max_length=200, strip_whitespace=True)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Synonym(_Part):
    term: Words
    code: CodeText


class _Ask(_Part):
    codes: Annotated[list[CodeText], Field(min_length=1)]
    message: Words


class _Setting(_Part):
    disable: list[str] = []
    severity: dict[str, Severity] = {}
    ask: list[_Ask] = []


class _File(_Part):
    synonyms: list[_Synonym] = []
    all: _Setting = _Setting()
    outpatient: _Setting = _Setting()
    inpatient: _Setting = _Setting()
    ed: _Setting = _Setting()


def read_site(path: Path) -> Site:
    """Return the rules of a site's file.

    Raises BadRequest with file, line and what to do, where the file cannot be read, is not YAML, holds a key or value
    that is not known, a rule that does not exist or one that keeps notes safe and stays on.
    """
    content = _content(path)
    try:
        node = yaml.compose(content, Loader=yaml.SafeLoader)
        data = yaml.load(content, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadRequest(f"{path.name}:{line}: not YAML: {error.problem}") from None
    except (yaml.YAMLError, RecursionError):
        raise BadRequest(f"{path.name}: not YAML") from None
    lines = dict(_lines(node, ()))
    try:
        file = _File.model_validate(data or {})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise BadRequest(f"{path.name}:{_line(lines, first['loc'])}: {first['msg']}") from None
    _check_rules(path, file, lines)
    synonyms = tuple(Alias(s.term, s.code.replace(".", ""), None, None, "site") for s in file.synonyms)
    settings = {s: _merged(file.all, getattr(file, s.value)) for s in Setting}
    return Site(settings, synonyms, sha256(content).hexdigest()[:12])


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise BadRequest(f"{path.name}: cannot be read: {error.strerror}") from None
    if len(content) > _MAX_BYTES:
        raise BadRequest(f"{path.name}: larger than {_MAX_BYTES:,} bytes")
    return content


class _Loader(yaml.SafeLoader):
    """A SafeLoader that refuses a key that stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, "a key stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _lines(node: yaml.Node | None, path: Path_) -> Iterator[tuple[Path_, int]]:
    """Yield the path of every value with the line on which it stands."""
    if node is None:
        return
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*path, key.value), key.start_mark.line + 1
            yield from ((p, n) for p, n in _lines(value, (*path, key.value)) if p != (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for at, item in enumerate(node.value):
            yield from _lines(item, (*path, at))


def _line(lines: dict[Path_, int], path: Path_) -> int:
    """Return the line of a value, or of the nearest thing that holds it."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _check_rules(path: Path, file: _File, lines: dict[Path_, int]) -> None:
    known = catalog()
    for name in ("all", *(s.value for s in Setting)):
        part: _Setting = getattr(file, name)
        for at, rule in enumerate(part.disable):
            card = known.get(rule)
            if card is None or not card.can_be_disabled:
                why = "no rule has this name" if card is None else "this rule cannot be switched off"
                raise BadRequest(
                    f"{path.name}:{_line(lines, (name, 'disable', at))}: {why}: see chartcoder rules list"
                )
        for rule in part.severity:
            if rule not in known:
                line = _line(lines, (name, "severity", rule))
                raise BadRequest(f"{path.name}:{line}: no rule has this name: see chartcoder rules list")


def _merged(every: _Setting, own: _Setting) -> SettingRules:
    asks = tuple(Ask(tuple(c.replace(".", "") for c in a.codes), a.message) for a in (*every.ask, *own.ask))
    return SettingRules(frozenset((*every.disable, *own.disable)), {**every.severity, **own.severity}, asks)
