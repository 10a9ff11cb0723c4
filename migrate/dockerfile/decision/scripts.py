"""The files of the image that start programs: scripts, configurations of supervisors, crontabs."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from posixpath import basename

from migrate.dockerfile.decision.moved_programs import in_environment, moves, old_programs
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.sources import places
from migrate.names import is_dockerfile
from migrate.once import once
from migrate.repo import Repo, UnreadableText

_COMMAND_FILE = re.compile(r"(?:.*/)?(?:[^/.]+|\.?[^/]+\.(?:sh|bash|conf|ini|cron)|[^/]*cron[^/]*)")
_SHEBANG = re.compile(r"(\A\ufeff?#![ \t]*)(/usr/local/bin/(python[\w.]*))(?=[ \t]*\r?(?:\n|\Z))")
_ANY_SHEBANG = re.compile(r"\A\ufeff?#![ \t]*/usr/local/bin/(python[\w.]*)")
_CRONTAB = re.compile(r"(?:.*/)?[^/]*cron[^/]*|(?:.*/)?cron(?:\.d|tabs)?/.*")
_CRON_PATH = re.compile(r"(?m)^([ \t]*PATH[ \t]*=.*?)(/usr/local/bin)(?=[:\s\"']|$)")
_JOB = re.compile(r"(?m)^[ \t]*(?:@\w+[ \t]+|(?:[\d*/,a-zA-Z-]+[ \t]+){5})(?=\S)(?P<command>.*)$")
# Files that say how programs start elsewhere than in the image.
_OUTSIDE = re.compile(
    r"(?:.*/)?(?:[Mm]akefile|[^/]+\.mk|justfile|[Pp]rocfile[^/]*|Vagrantfile|Jenkinsfile|tox\.ini|noxfile\.py|package\.json"
    r"|[^/]+\.service|\.gitlab-ci\.yml)|\.github/.*"
)


@dataclass(frozen=True, slots=True)
class Script:
    """A file of the context that is in the image: its path and text, and whether the image surely starts it."""

    path: str
    text: str
    is_started: bool

    @property
    def is_crontab(self) -> bool:
        """Whether cron reads it."""
        return _CRONTAB.fullmatch(self.path) is not None

    @property
    def lines(self) -> Iterator[tuple[int, str]]:
        """Its lines without comments, with their numbers."""
        lines = enumerate(self.text.split("\n"), start=1)
        return ((number, line) for number, line in lines if not line.lstrip().startswith("#"))


@once
def scripts(facts: Facts) -> tuple[Script, ...]:
    """Return the files of the image that may start programs; those that start others in what they name come along."""
    texts = dict(_texts(facts))
    words = _words(" ".join(step.instruction.arguments for _, step in facts.starts))
    started: set[str] = set()
    while new := {path for path in texts if path not in started and basename(path) in words}:
        started |= new
        words = words.union(*(_words(texts[path]) for path in new))
    return tuple(
        Script(path, text, path in started)
        for path, text in sorted(texts.items())
        if _COMMAND_FILE.fullmatch(path) or path in started or _ANY_SHEBANG.search(text)
    )


def new_text(facts: Facts, script: Script, venv: str) -> str:
    """Return the text of a script that finds its programs in the environment at `venv`; the same if it does anyway."""
    text = _SHEBANG.sub(
        lambda match: f"{match[1]}/usr/bin/env {match[3]}" if moves(facts, match[3]) else match[0], script.text
    )
    if not is_command_file(script):
        return text
    if script.is_crontab:
        text = _CRON_PATH.sub(rf"\1{venv}/bin:\2", text)
    head, newline, rest = text.partition("\n")
    lines = [head] if head.startswith("#!") else []
    rest = rest if lines else text
    changed = (
        line if line.lstrip().startswith("#") else in_environment(facts, line, venv) for line in rest.split("\n")
    )
    return (newline if lines else "").join([*lines, "\n".join(changed)])


def is_command_file(script: Script) -> bool:
    """Return whether a script is not Python code: its lines are commands, or the settings of what starts them."""
    return _COMMAND_FILE.fullmatch(script.path) is not None


def unclear_shebang(facts: Facts, script: Script) -> str | None:
    """Return the interpreter that a script names, if it is the old one and env cannot find it in its place."""
    match = _ANY_SHEBANG.search(script.text)
    is_clear = match is None or (_SHEBANG.search(script.text) and moves(facts, match[1]))
    return None if is_clear or match is None else f"/usr/local/bin/{match[1]}"


def used_elsewhere(facts: Facts, script: Script) -> str | None:
    """Return the file that uses a script outside of the image, where the environment is not there."""
    word = re.compile(rf"(?<![\w.-]){re.escape(basename(script.path))}(?![\w-])")
    for path in sorted(facts.target.repo.files):
        is_outside = path not in {facts.path, script.path} and (_OUTSIDE.fullmatch(path) or is_dockerfile(path))
        if is_outside and word.search(facts.target.repo.readable(path)):
            return path
    return None


def cron_finds_programs(facts: Facts, found: tuple[Script, ...]) -> bool:
    """Return whether each job of the crontabs of the image surely finds its programs, and there is one."""
    crontabs = [script for script in found if script.is_crontab and _JOB.search(script.text)]
    return bool(crontabs) and all(
        _CRON_PATH.search(script.text) or all(_is_clear(facts, job["command"]) for job in _JOB.finditer(script.text))
        for script in crontabs
    )


def _is_clear(facts: Facts, command: str) -> bool:
    """Whether a job names all of its programs of the old installation by their whole path, and starts no script."""
    named = [match for match in old_programs(facts, command) if moves(facts, match[1])]
    others = re.findall(r"(?<![\w./-])([A-Za-z][\w.-]*)", re.sub(r"/[^\s;&|'\"]*", " ", command))
    return bool(named) and not any(word.endswith((".sh", ".bash")) or moves(facts, word) for word in others)


def _texts(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield the files of the context that are in the image; all of them if it copies no folder."""
    files = facts.target.repo.files
    copied = tuple(places(facts.stage, len(facts.stage.steps), files))
    folders = {place.context for place in copied if place.is_folder}
    single = {place.context for place in copied if not place.is_folder}
    starts = tuple(f"{folder}/" for folder in folders)
    for path, text in _all_texts(facts.target.repo):
        if not folders or "." in folders or path in single or path.startswith(starts):
            yield path, text


@once
def _all_texts(repo: Repo) -> tuple[tuple[str, str], ...]:
    """Return the files of a repository that may start programs, with their texts."""
    found: list[tuple[str, str]] = []
    for path in repo.files:
        if path.startswith((".github/", ".gitlab")) or is_dockerfile(path):
            continue
        with suppress(UnreadableText):
            is_script = path.endswith(".py") and repo.data(path).startswith((b"#!", b"\xef\xbb\xbf#!"))
            if is_script or _COMMAND_FILE.fullmatch(path):
                found.append((path, repo.text(path)))
    return tuple(found)


def _words(text: str) -> frozenset[str]:
    """Return the last parts of the paths that a text names."""
    return frozenset(basename(word) for word in re.split(r"[\s;&|\"'(),\[\]<>=]+", text) if word)
