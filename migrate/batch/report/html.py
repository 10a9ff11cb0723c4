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
from migrate.batch.report.totals import Totals, headline, totals
from migrate.batch.sources import Repository
from migrate.findings import Finding, Severity
from migrate.report.escape import one_line, shown

_FOLDER = Path(__file__).parent
_WIDTH = 400  # of the longest bar
_COLUMNS = ("repository", "outcome", "errors", "warnings", "seconds", "result")
_NUMBERS = frozenset({"errors", "warnings", "seconds"})


def page(results: Results) -> Iterator[str]:
    """Yield the parts of the page; one repository at a time is in memory."""
    script, style = ((_FOLDER / name).read_text(encoding="utf-8") for name in ("page.js", "page.css"))
    counted = totals(results)
    yield _head(script, style)
    yield _chart(counted)
    yield _codes(counted)
    yield _filter(counted)
    yield f'<table id="repositories"><thead><tr>{"".join(map(_column, _COLUMNS))}</tr></thead><tbody>\n'
    for repository, result in results():
        yield _row(repository, result)
    yield f"</tbody></table></main><script>{script}</script></body></html>\n"


def _head(script: str, style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; form-action 'none'"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width"><title>uvmigrate campaign</title>'
        f"<style>{style}</style></head><body><main><h1>From pip to uv</h1>\n"
    )


def _chart(counted: Totals) -> str:
    """Draw a bar for each outcome, with its number."""
    states = [(state, counted.states[state]) for state in State if counted.states[state]]
    longest = max((number for _, number in states), default=1)
    bars = "".join(
        f'<g class="{state}" transform="translate(0 {26 * row})"><text x="0" y="16">{state}</text>'
        f'<rect x="90" y="2" height="20" width="{max(2, _WIDTH * number // longest)}"></rect>'
        f'<text x="{100 + max(2, _WIDTH * number // longest)}" y="16">{number}</text></g>'
        for row, (state, number) in enumerate(states)
    )
    total = sum(number for _, number in states)
    height = 26 * len(states)
    return (
        f"<h2>{total} repositories</h2>"
        f'<svg class="chart" role="img" aria-label="outcomes" width="600" height="{height}">{bars}</svg>\n'
    )


def _codes(counted: Totals) -> str:
    rows = "".join(
        f'<tr><td class="mark {counted.severities[code]}"><a href="#code={escape(code)}">{escape(code)}</a></td>'
        f'<td>{counted.severities[code]}</td><td class="number">{number}</td><td>{escape(headline(code))}</td></tr>\n'
        for code, number in counted.by_weight
    )
    header = '<tr><th>code</th><th>severity</th><th class="number">repositories</th><th>what it is</th></tr>'
    return f'<h2>Findings</h2><table id="codes"><thead>{header}</thead><tbody>{rows}</tbody></table>\n'


def _filter(counted: Totals) -> str:
    states = "".join(f"<option>{state}</option>" for state in State if counted.states[state])
    codes = "".join(f"<option>{escape(code)}</option>" for code in sorted(counted.codes))
    return (
        '<h2>Repositories</h2><form id="filter"><input type="search" name="text" placeholder="contains…" '
        'aria-label="contains"><label>outcome <select name="state"><option value="">all</option>'
        f'{states}</select></label><label>finding <select name="code"><option value="">all</option>{codes}</select>'
        '</label><output id="shown"></output></form>\n'
    )


def _column(name: str) -> str:
    return f'<th{_class(name)}><button type="button">{name}</button></th>'


def _class(name: str) -> str:
    return ' class="number"' if name in _NUMBERS else ""


def _row(repository: Repository, result: Result) -> str:
    codes = " ".join(sorted({finding.code for finding in result.findings}))
    return (
        f'<tr data-state="{result.state}" data-codes="{escape(codes)}">'
        f'<td data-key="{_text(repository.name)}">{_details(repository, result)}</td>'
        f'<td class="mark {result.state}">{result.state}</td>'
        f'<td class="number">{count(result, Severity.ERROR)}</td>'
        f'<td class="number">{count(result, Severity.WARNING)}</td><td class="number">{result.seconds:.1f}</td>'
        f"<td>{_outcome(result)}</td></tr>\n"
    )


def _outcome(result: Result) -> str:
    if result.request.startswith(("https://", "http://")):
        return f'<a rel="noreferrer" href="{escape(result.request)}">{_text(result.request)}</a>'
    return _text(result.commit[:12] or result.reason)


def _details(repository: Repository, result: Result) -> str:
    """Return the name, which opens to the findings, the diff and what uv said."""
    findings = "".join(map(_finding, result.findings))
    parts = [
        f"<p>{_text(repository.location)}</p>",
        f"<p>{_text(result.reason)}</p>" if result.reason else "",
        f"<ul>{findings}</ul>" if findings else "",
        f'<pre class="diff">{"".join(map(_line, result.diff.splitlines()))}</pre>' if result.diff else "",
        f"<pre>{escape(shown(result.uv))}</pre>" if result.uv.strip() else "",
    ]
    return f"<details><summary>{_text(repository.name)}</summary>{''.join(parts)}</details>"


def _finding(finding: Finding) -> str:
    place = finding.path if finding.line is None else f"{finding.path}:{finding.line}"
    return (
        f'<li class="mark {finding.severity}">{finding.severity} {escape(finding.code)} <code>{_text(place)}</code>: '
        f"{_text(finding.message)}<br>{_text(finding.hint)}</li>"
    )


def _line(line: str) -> str:
    name = {"+": "ins", "-": "del"}.get(line[:1])
    text = escape(shown(line))
    return f"<{name}>{text}</{name}>\n" if name else f"{text}\n"


def _text(text: str) -> str:
    return escape(one_line(text))
