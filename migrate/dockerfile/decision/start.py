"""Whether what starts in the container still finds its packages in a virtual environment."""

import re
from collections.abc import Iterator
from posixpath import basename

from migrate.dockerfile.facts.facts import Facts
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.repo import UnreadableText

START = frozenset({"CMD", "ENTRYPOINT", "HEALTHCHECK"})
# Files that programs in a container read commands from.
_COMMAND_FILE = re.compile(r"(?:.*/)?(?:[^/.]+|[^/]+\.(?:sh|bash|conf|ini|cron|service)|[^/]*crontab[^/]*)")
_OLD_PLACE = re.compile(r"/usr/local/bin/([\w.-]+)")
_OLD_SHEBANG = re.compile(r"\A\ufeff?#![ \t]*(/usr/local/bin/python[\w.]*)")
_PIP = re.compile(r"(?<![\w./-])(?:pip[\d.]*|python[\d.]* -m pip) install\b")
# Programs that start others without the environment of the container, so without its PATH.
_FORGETS_PATH = re.compile(r"(?<![\w./-])(?:crond?|sudo|su -|su --login|runuser -l|env -i)(?![\w-])")


def start_obstacles(facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each start command, script or configuration that would not find its packages any more."""
    started = ""
    for index, step in facts.kept_steps:
        if step.instruction.keyword in START:
            text = re.sub(r'["\',\[\]]+', " ", step.instruction.arguments)
            started += f" {text}"
            yield from _at(facts, facts.path, facts.line(index), text)
    for path in sorted(facts.target.repo.files):
        yield from _in_file(facts, path, is_started=_names(started, path))


def _in_file(facts: Facts, path: str, *, is_started: bool) -> Iterator[Finding]:
    if path == facts.path or path.startswith((".github/", ".gitlab")):
        return
    try:
        text = facts.target.repo.text(path)
    except UnreadableText:
        return
    if shebang := _OLD_SHEBANG.search(text):
        yield kinds.BREAKS_AT_START.at(path, 1, reason=f"this script runs under {shebang[1]}")
    if not _COMMAND_FILE.fullmatch(path):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.lstrip().startswith("#"):
            continue
        if is_started:
            yield from _at(facts, path, number, line)
        elif old := _old_program(facts, line):
            yield kinds.BREAKS_AT_START.at(path, number, reason=f"it names {old}")


def _at(facts: Facts, path: str, line: int, text: str) -> Iterator[Finding]:
    if old := _old_program(facts, text):
        yield kinds.BREAKS_AT_START.at(path, line, reason=f"it names {old}")
    if _PIP.search(text):
        yield kinds.BREAKS_AT_START.at(path, line, reason="it calls pip when the container starts")
    if forgetful := _FORGETS_PATH.search(text):
        yield kinds.BREAKS_AT_START.at(path, line, reason=f"{forgetful[0]} does not pass PATH on")


def _old_program(facts: Facts, text: str) -> str | None:
    """Return the first program of the old installation that a text names by its whole path."""
    own = {basename(path) for path in facts.target.repo.files}
    made = " ".join(s.instruction.arguments for s in facts.stage.steps if s.instruction.keyword not in START)
    for match in _OLD_PLACE.finditer(text):
        if match[1] not in own and match[0] not in made:
            return match[0]
    return None


def _names(text: str, path: str) -> bool:
    return re.search(rf"(?:^|[\s/]){re.escape(basename(path))}(?:$|[\s;&|])", text) is not None
