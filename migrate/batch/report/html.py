"""A campaign's results as one HTML page that needs nothing else: totals, a chart, findings, and every repository.

Every text is escaped, and the page's own policy lets no script run but the one whose digest it names.
"""

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from pathlib import Path

from migrate.batch.model import Result, Results, State
from migrate.batch.report.data import count
from migrate.batch.report.images import compared, section, sizes
from migrate.batch.report.totals import Totals, advice, headline, title, totals
from migrate.batch.sources import Repository
from migrate.findings import Finding, Severity
from migrate.report.escape import one_line, shown

_FOLDER = Path(__file__).parent
_PERSON = (State.BLOCKED, State.FAILED)
_COLUMNS = ("repository", "outcome", "errors", "warnings", "seconds", "result")  # the first five sort
_NUMBERS = frozenset({"errors", "warnings", "seconds"})


def page(results: Results) -> Iterator[str]:
    """Yield the parts of the page; one repository at a time is in memory."""
    script, style = ((_FOLDER / name).read_text(encoding="utf-8") for name in ("page.js", "page.css"))
    counted = totals(results)
    yield _head(script, style)
    yield _cards(counted)
    yield _chart(counted)
    yield _codes(counted)
    yield _filter(counted)
    yield f'<div id="columns" class="columns">{"".join(map(_column, _COLUMNS))}</div><div id="repositories">\n'
    for repository, result in results():
        yield _row(repository, result)
    yield f"</div></main><script>{script}</script></body></html>\n"


def _head(script: str, style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; form-action 'none'"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width"><title>uvmigrate campaign</title>'
        f"<style>{style}</style></head><body><main><h1>From pip to uv</h1>\n"
    )


def _cards(counted: Totals) -> str:
    """Show the numbers that are looked for first."""
    states = counted.states
    cards = (
        ("repositories", states.total(), ""),
        ("planned or migrated", states[State.PLANNED] + states[State.MIGRATED], State.MIGRATED),
        ("need a person", sum(states[state] for state in _PERSON), State.FAILED),
        ("nothing to do", states[State.NOTHING] + states[State.SKIPPED], State.NOTHING),
        *([(f"images of {counted.sizes['repositories']}", counted.images, "")] if counted.sizes else []),
    )
    return f"""<dl class="cards">{
        "".join(f'<div class="mark {name}"><dt>{text}</dt><dd>{number}</dd></div>' for text, number, name in cards)
    }</dl>\n"""


def _chart(counted: Totals) -> str:
    """Draw one bar of all outcomes; its legend filters."""
    states = [(state, counted.states[state]) for state in State if counted.states[state]]
    total = counted.states.total() or 1
    parts, start = "", 0.0
    for state, number in states:
        width = 100 * number / total
        parts += f'<rect class="{state}" x="{start:.3f}%" width="{width:.3f}%" height="28">'
        parts += f"<title>{state}: {number}</title></rect>"
        start += width
    legend = "".join(
        f'<li><a class="key {state}" href="#state={state}">{state}</a> {number} '
        f"<small>{100 * number / total:.0f} %</small></li>"
        for state, number in states
    )
    return (
        f'<h2>Outcomes</h2><svg class="chart" role="img" aria-label="outcomes" width="100%" height="28">{parts}</svg>'
        f'<ul class="legend">{legend}</ul>\n'
    )


def _codes(counted: Totals) -> str:
    """List findings by code: what to fix once for many; infos are there for who opens them."""
    if not counted.codes:
        return ""
    infos = [each for each in counted.by_weight if counted.severities[each[0]] is Severity.INFO]
    serious = [each for each in counted.by_weight if each not in infos]
    more = f"<details><summary>infos ({len(infos)})</summary>{_table(counted, infos)}</details>" if infos else ""
    return f'<h2>Findings</h2><div id="codes">{_table(counted, serious) if serious else ""}{more}</div>\n'


def _table(counted: Totals, codes: list[tuple[str, int]]) -> str:
    most = max(number for _, number in codes)
    rows = "".join(
        f'<tr><td><a class="chip {counted.severities[code]}" href="#code={escape(code)}">{escape(code)}</a></td>'
        f'<td>{counted.severities[code]}</td><td class="number">{number}</td>'
        f'<td><svg class="share" width="90" height="10" aria-hidden="true"><rect class="{counted.severities[code]}" '
        f'width="{max(2, 90 * number // most)}" height="10" rx="2"></rect></svg></td>'
        f"<td><b>{escape(title(code))}</b><br>{escape(headline(code))}<small>{escape(advice(code))}</small></td></tr>\n"
        for code, number in codes
    )
    header = (
        '<tr><th>code</th><th>severity</th><th class="number">repositories</th><th></th>'
        "<th>what it is, and what to do</th></tr>"
    )
    return f"<table><thead>{header}</thead><tbody>{rows}</tbody></table>"


def _filter(counted: Totals) -> str:
    states = "".join(f"<option>{state}</option>" for state in State if counted.states[state])
    codes = "".join(f"<option>{escape(code)}</option>" for code in sorted(counted.codes))
    return (
        '<h2>Repositories</h2><form id="filter"><input type="search" name="text" placeholder="contains…  ( / )" '
        'aria-label="contains"><label>outcome <select name="state"><option value="">all</option>'
        f'{states}</select></label><label>finding <select name="code"><option value="">all</option>{codes}</select>'
        '</label><button type="button" id="open">open all</button><button type="button" id="close">close all</button>'
        '<button type="reset">clear</button><output id="shown"></output></form>\n'
    )


def _column(name: str) -> str:
    text = f'<button type="button">{name}</button>' if name != _COLUMNS[-1] else name
    return f'<span class="{"number" if name in _NUMBERS else name}">{text}</span>'


def _row(repository: Repository, result: Result) -> str:
    """Return a line for a repository, which opens to the findings, the diff and what uv said."""
    codes = " ".join(sorted({finding.code for finding in result.findings}))
    keys = (repository.name, result.state, *_numbers(result))
    cells = (
        f'<span class="repository">{_text(repository.name)}</span>',
        f'<span><b class="chip {result.state}">{result.state}</b></span>',
        *(f'<span class="number">{number}</span>' for number in _numbers(result)),
        f'<span class="result">{_outcome(result)}</span>',
    )
    data = "".join(f' data-key{place}="{_text(str(key))}"' for place, key in enumerate(keys))
    return (
        f'<details data-state="{result.state}" data-codes="{escape(codes)}"{data}>'
        f'<summary class="columns">{"".join(cells)}</summary>{_details(repository, result)}</details>\n'
    )


def _numbers(result: Result) -> tuple[object, ...]:
    return count(result, Severity.ERROR), count(result, Severity.WARNING), f"{result.seconds:.1f}"


def _outcome(result: Result) -> str:
    if result.request.startswith(("https://", "http://")):
        return f'<a rel="noreferrer" href="{escape(result.request)}">{_text(result.request)}</a>'
    return _text(" · ".join(filter(None, (result.commit[:12] or result.reason, sizes(compared(result))))))


def _details(repository: Repository, result: Result) -> str:
    findings = "".join(map(_finding, result.findings))
    parts = [
        f"<p><code>{_text(repository.location)}</code></p>",
        f"<p>{_text(result.reason)}</p>" if result.reason else "",
        f"<h3>Findings</h3><ul>{findings}</ul>" if findings else "",
        f'<h3>Changes</h3><pre class="diff">{"".join(map(_line, result.diff.splitlines()))}</pre>'
        if result.diff
        else "",
        section(comparison) if (comparison := compared(result)) else "",
        f"<h3>uv</h3><pre>{escape(shown(result.uv))}</pre>" if result.uv.strip() else "",
    ]
    return f'<div class="details">{"".join(parts)}</div>'


def _finding(finding: Finding) -> str:
    place = finding.path if finding.line is None else f"{finding.path}:{finding.line}"
    return (
        f'<li><b class="chip {finding.severity}">{escape(finding.code)}</b> {finding.severity} '
        f"<code>{_text(place)}</code> {_text(finding.message)}<small>{_text(finding.hint)}</small></li>"
    )


def _line(line: str) -> str:
    text = escape(shown(line))
    if line.startswith(("--- ", "+++ ", "@@ ")):
        return f"<b>{text}</b>\n"
    name = {"+": "ins", "-": "del"}.get(line[:1])
    return f"<{name}>{text}</{name}>\n" if name else f"{text}\n"


def _text(text: str) -> str:
    return escape(one_line(text))
