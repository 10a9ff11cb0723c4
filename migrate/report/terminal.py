"""A plan as text for a person: what changes, what to know, and what happens next."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from migrate.findings import Finding, Severity
from migrate.plan import Account, Change, Plan
from migrate.report.diff import unified
from migrate.report.escape import masked, one_line, shown
from migrate.report.lockdiff import summary
from migrate.text import listed

_NONE, _BOLD, _RED, _GREEN, _YELLOW, _CYAN = 0, 1, 31, 32, 33, 36  # ANSI codes ("select graphic rendition")
_MARKS = {"+": _GREEN, "-": _RED, "~": _YELLOW}
_SEVERITIES = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW, Severity.INFO: _CYAN}
_ORDER = list(_SEVERITIES)

_Styled = tuple[int, str]


def preview(  # noqa: PLR0913 - the options of the command line
    plan: Plan,
    *,
    colour: bool,
    full_lock: bool,
    applied: bool = False,
    escape: bool = False,
    lines: bool = False,
) -> str:
    """Return what a plan changes, its findings, and one line about what `apply` would do or, if `applied`, has done.

    Every changed file is a unified diff, but a `uv.lock` is a list of packages unless `full_lock` is set; if `applied`,
    each is one line. Findings come by severity, errors first, then by place; what is said of several lines of a file is
    said once.

    `colour` adds ANSI colours and shows what could command or deceive a terminal as escapes; `escape` does only the
    latter, for a terminal without colours. With neither the text of the files is given as it is, as for a pipe.
    `lines` adds what became of each logical line of the requirements files.
    A finding's hint takes one line, and so does each line of its message, indented after the first; what a terminal
    would obey is an escape there in every case.
    """
    safe = shown if colour or escape else str
    paint = _coloured if colour else _plain
    if applied:
        parts = [[f"{_verb(change)}d {one_line(change.path)}" for change in plan.changes]]
    else:
        parts = [[paint(style, safe(line)) for style, line in _change(change, full_lock)] for change in plan.changes]
    if lines:
        parts.append([_account(line) for line in plan.lines])
    parts.append([line for same in _together(plan.findings) for line in _finding(same, paint)])
    parts.append([_closing(plan, applied=applied)])
    return masked("\n".join("".join(f"{line}\n" for line in part) for part in parts if part))


def _coloured(style: int, text: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if style and text else text


def _plain(_style: int, text: str) -> str:
    return text


def _change(change: Change, full_lock: bool) -> Iterator[_Styled]:
    is_lock = change.path.rpartition("/")[2] == "uv.lock"
    return _summary(change) if is_lock and not full_lock else _diff(change)


def _diff(change: Change) -> Iterator[_Styled]:
    in_header = True
    for line in unified(change).removesuffix("\n").split("\n"):
        if line.startswith("@@"):
            in_header = False
            yield _CYAN, line
        else:
            yield _BOLD if in_header else _MARKS.get(line[:1], _NONE), line


def _summary(change: Change) -> Iterator[_Styled]:
    heading, *packages = summary(change).removesuffix("\n").split("\n")
    yield _BOLD, heading
    for line in packages:
        yield _MARKS[line.split()[0]], line


def _rank(finding: Finding) -> tuple[int, str, int, str]:
    return _ORDER.index(finding.severity), finding.path, finding.line or 0, finding.code


def _together(findings: Iterable[Finding]) -> Iterable[list[Finding]]:
    """Return the findings in their order, each with those that say the same of other lines."""
    same: dict[Finding, list[Finding]] = {}
    for finding in sorted(findings, key=_rank):
        same.setdefault(replace(finding, line=finding.line and 0), []).append(finding)
    return same.values()


def _finding(same: list[Finding], paint: Callable[[int, str], str]) -> Iterator[str]:
    finding, *others = same
    place = finding.path if finding.line is None else f"{finding.path}:{finding.line}"
    kind = paint(_SEVERITIES[finding.severity], f"{finding.severity} {finding.code}")
    first, *rest = finding.message.split("\n")
    yield f"{one_line(place)}: {kind}: {one_line(first)}"
    yield from (f"    {one_line(line)}" for line in rest)
    if others:
        yield f"    and in line {', '.join(str(other.line) for other in others)}"
    if finding.hint:
        yield f"    hint: {one_line(finding.hint)}"


def _account(line: Account) -> str:
    went = f" → {one_line(line.result)}" if line.result else ""
    return f"{one_line(line.path)}:{line.line}: {line.outcome}: {one_line(line.text)}{went}"


def _verb(change: Change) -> str:
    return "create" if change.before is None else "delete" if change.after is None else "change"


def _closing(plan: Plan, *, applied: bool) -> str:
    verbs = [_verb(change) for change in plan.changes]
    counts = {verb: verbs.count(verb) for verb in ("change", "create", "delete")}
    steps = [(f"{verb}d" if applied else verb, count) for verb, count in counts.items() if count]
    if not steps:
        return "Nothing to change."
    (verb, count), *others = steps
    phrases = [f"{verb} {count} {'file' if count == 1 else 'files'}", *(f"{verb} {count}" for verb, count in others)]
    sentence = listed(phrases)
    return f"{sentence.capitalize()}." if applied else f"uvmigrate apply would {sentence}."
