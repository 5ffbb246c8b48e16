"""A site's own rules: what is switched off, how much a problem matters there, what is always asked, own words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from codesets.index.aliases import Alias
from coding.types import Problem, Prompt, Severity
from nlp.types import Setting


@dataclass(frozen=True, slots=True)
class Ask:
    """A question that goes with every code that starts with one of the prefixes."""

    codes: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class SettingRules:
    """What a site changes for one setting: rules that are off, severities by rule, what is always asked."""

    disabled: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    asks: tuple[Ask, ...] = ()

    def problems(self, found: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Return the problems that are on, with the site's severities."""
        return tuple(
            Problem(p.rule, self.severities.get(p.rule, p.severity), p.codes, p.message, p.guideline)
            for p in found
            if p.rule not in self.disabled
        )

    def prompts(self, value: str, found: tuple[Prompt, ...]) -> tuple[Prompt, ...]:
        """Return the prompts of a code that are on, then what the site always asks of it."""
        own = (Prompt("site.ask", a.message, None) for a in self.asks if value.startswith(a.codes))
        return (*(p for p in found if p.rule not in self.disabled), *own)


@dataclass(frozen=True, slots=True)
class Site:
    """The changes of a site by setting, and its own words; `version` names the content, empty without a file."""

    by_setting: Mapping[Setting, SettingRules] = field(default_factory=dict)
    synonyms: tuple[Alias, ...] = ()
    version: str = ""

    def of(self, setting: Setting) -> SettingRules:
        """Return what holds for a setting."""
        return self.by_setting.get(setting, _NOTHING)


_NOTHING = SettingRules()
NO_SITE = Site()
