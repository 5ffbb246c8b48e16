"""The answer as a coder reads it on a terminal: codes with their words in context, then what was left out."""

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from api.excerpt import in_context, plain
from codesets.types import CodeSystem
from coding.types import Answer, Cue, Evidence, Problem, Severity, Suggestion, Suppressed
from nlp.types import Note, Setting

_SYSTEMS = {CodeSystem.ICD10CM: "ICD-10-CM", CodeSystem.CPT: "CPT", CodeSystem.HCPCS: "HCPCS"}
_SETTINGS = {
    Setting.OUTPATIENT: "Outpatient visit",
    Setting.INPATIENT: "Inpatient stay",
    Setting.ED: "Emergency department visit",
}
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_MOST_PLACES = 3
_MOST_ALTERNATIVES = 3
_LEAST_LIKELY = 0.05
_BAR = 5
_MARGIN = 30


def print_answer(answer: Answer, note: Note, console: Console) -> None:
    """Print the answer; without trailing blanks and with marks around the words where it is no terminal."""
    page = Group(*_Page(answer, note, console).parts())
    if console.is_terminal:
        console.print(page)
        return
    with console.capture() as captured:
        console.print(page)
    for line in captured.get().splitlines():
        console.out(line.rstrip(), highlight=False)


class _Page:
    def __init__(self, answer: Answer, note: Note, console: Console) -> None:
        self._answer = answer
        self._text = note.text
        self._marked = not console.is_terminal or console.is_dumb_terminal
        self._side = max(16, (console.width - _MARGIN) // 2)

    def parts(self) -> list[RenderableType]:
        answer = self._answer
        parts: list[RenderableType] = [_heading(answer), ""]
        if answer.suggestions:
            rows = _rows("#", "Code", "Display and words", "Score")
            for said in answer.suggestions:
                rows.add_row(str(said.rank), _code(said), Group(*self._supported(said)), _score(said.score))
            parts.append(rows)
        else:
            parts += [Text("No codes suggested."), ""]
        if answer.suppressed:
            rows = _rows("", "Code", "Display, words and reason")
            for left in answer.suppressed:
                rows.add_row("", Text(left.code.display), Group(*self._left_out(left)))
            parts += [Text("Left out", "bold"), rows, ""]
        if answer.problems:
            parts += [Text("Problems", "bold"), *map(_problem, answer.problems)]
        return parts

    def _supported(self, said: Suggestion) -> list[Text]:
        lines = [Text(said.display, "bold")]
        lines += [self._place(e, None) for e in said.evidence[:_MOST_PLACES]]
        more = len(said.evidence) - _MOST_PLACES
        if more > 0:
            lines.append(Text(f"and {more} more {'place' if more == 1 else 'places'}", "dim"))
        billed = [f"modifiers {', '.join(said.modifiers)}"] if said.modifiers else []
        billed += [f"units {said.units}"] if said.units is not None else []
        billed += [f"for {', '.join(said.diagnosis_pointers)}"] if said.diagnosis_pointers else []
        if billed:
            lines.append(Text("; ".join(billed)))
        others = [a for a in said.alternatives if a.score >= _LEAST_LIKELY][:_MOST_ALTERNATIVES]
        if others:
            lines.append(Text("or " + ", ".join(f"{a.code.display} {a.score:.0%}" for a in others), "dim"))
        lines += [Text(f"> {_with_source(p.message, p.guideline)}", "cyan") for p in said.prompts]
        return [*lines, Text()]

    def _left_out(self, left: Suppressed) -> list[Text]:
        return [Text(left.display), self._place(left.evidence, left.cue), _reason(left)]

    def _place(self, evidence: Evidence, cue: Cue | None) -> Text:
        section = f"{plain(evidence.section).replace('_', ' ')}: "
        words = in_context(self._text, evidence, cue, self._side, self._marked)
        return Text.assemble((section, "dim"), words)


def _rows(rank: str, code: str, words: str, *score: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", expand=True)
    table.add_column(rank, justify="right", min_width=2)
    table.add_column(code, no_wrap=True, min_width=12)
    table.add_column(words, ratio=1)
    for heading in score:
        table.add_column(heading, no_wrap=True)
    return table


def _heading(answer: Answer) -> Text:
    versions = answer.versions
    releases = [f"{_SYSTEMS[s]} {versions[s]}" for s in CodeSystem if versions.get(s)]
    words = ", ".join([answer.date_of_service.isoformat(), *releases])
    return Text.assemble((_SETTINGS[answer.setting], "bold"), f", {words}")


def _code(said: Suggestion) -> Text:
    code = Text(said.code.display, "bold green")
    if said.first_listed:
        return code.append("\nfirst-listed", "green")
    system = said.code.system
    return code if system is CodeSystem.ICD10CM else code.append(f"\n{_SYSTEMS[system]}", "dim")


def _score(score: float) -> Text:
    full = round(score * _BAR)
    return Text.assemble(("█" * full, "green"), ("░" * (_BAR - full), "dim"), f" {score:4.0%}")


def _reason(left: Suppressed) -> Text:
    words = left.reason.value.replace("_", " ")
    if left.cue:
        words += f": “{plain(left.cue.text)}”"
    if left.because:
        words += f": {left.because}"
    source = f"{left.rule}, guideline {left.guideline}" if left.guideline else left.rule
    return Text(words, "yellow").append(f" ({source})", "dim")


def _problem(problem: Problem) -> Text:
    codes = f" {', '.join(problem.codes)}" if problem.codes else ""
    heading = (f"{problem.severity.value}{codes}: ", _STYLES[problem.severity])
    return Text.assemble(heading, _with_source(problem.message, problem.guideline), (f" [{problem.rule}]", "dim"))


def _with_source(words: str, guideline: str | None) -> str:
    return f"{words} (guideline {guideline})" if guideline else words
