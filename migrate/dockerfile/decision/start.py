"""Whether what starts in the container still finds its packages in a virtual environment."""

import re
from collections.abc import Iterator
from posixpath import basename

from migrate.dockerfile.decision.inline import inline_requirements
from migrate.dockerfile.facts.facts import Facts
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.repo import UnreadableText

START = frozenset({"CMD", "ENTRYPOINT", "HEALTHCHECK"})
# Files that programs in a container read commands from.
_COMMAND_FILE = re.compile(r"(?:.*/)?(?:[^/.]+|[^/]+\.(?:sh|bash|conf|ini|cron|service)|[^/]*crontab[^/]*)")
# What builds other images; what this one is made of, the facts tell.
_DOCKERFILE = re.compile(r"(?i)(?:.*/)?(?:[^/]*\.)?(?:docker|container)file(?:[._-][^/]*)?")
OLD_PLACE = re.compile(r"/usr/local/bin/([\w.-]+)")
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
            kept = OLD_PLACE.sub(lambda match: "" if moves(facts, match[1]) else match[0], text)
            yield from _at(facts, facts.path, facts.line(index), kept)
    words = frozenset(re.split(r"[\s/;&|]+", started))
    for path in sorted(facts.target.repo.files):
        yield from _in_file(facts, path, is_started=basename(path) in words)


def moves(facts: Facts, program: str) -> bool:
    """Return whether a program of the old installation is surely one of the virtual environment too.

    That is Python itself, and a program that has the name of a required package.
    """
    from packaging.utils import canonicalize_name

    if _is_own(facts, f"/usr/local/bin/{program}"):
        return False
    image = facts.stage.image
    pythons = {"python", "python3", f"python{image.python}" if image and image.python else ""}
    required = {
        each.package for each in (*facts.target.requirements, *inline_requirements(facts)) if not each.spec.marker
    }
    return program in pythons or canonicalize_name(program) in required


def _in_file(facts: Facts, path: str, *, is_started: bool) -> Iterator[Finding]:
    if path.startswith((".github/", ".gitlab")) or _DOCKERFILE.fullmatch(path):
        return
    try:
        if not is_started and b"/usr/local/bin/" not in facts.target.repo.data(path):
            return
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
    return next((match[0] for match in OLD_PLACE.finditer(text) if not _is_own(facts, match[0])), None)


def _is_own(facts: Facts, place: str) -> bool:
    """Whether a program comes from the repository, or is made by a step of the stage."""
    made = " ".join(s.instruction.arguments for s in facts.stage.steps if s.instruction.keyword not in START)
    return place in made or any(basename(path) == basename(place) for path in facts.target.repo.files)
