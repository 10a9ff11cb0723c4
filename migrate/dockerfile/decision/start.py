"""Whether what starts in the container still finds its packages in a virtual environment."""

import re
from collections.abc import Iterator

from migrate.dockerfile.decision.moved_programs import moves, old_programs
from migrate.dockerfile.decision.programs import called_by_python, is_apart
from migrate.dockerfile.decision.scripts import (
    Script,
    cron_finds_programs,
    is_command_file,
    new_text,
    scripts,
    unclear_shebang,
    used_elsewhere,
)
from migrate.dockerfile.facts.commands import PLAIN_PROGRAMS
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.own_uv import PROGRAMS
from migrate.dockerfile.facts.stages import Step
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.text import line_at

_PIP = re.compile(r"(?<![\w.-])(?:pip[\d.]*|python[\d.]* -m pip) install\b")
_PACKAGES = re.compile(r"/usr/local/lib/python[\d.]+|site-packages")
_UV = re.compile(r"(?<![\w./-])(?:/[\w./-]*/)?(uvx?)(?=\s)")
# What tells the program of a server or a container: in code, compose files and the like.
_COMMAND = re.compile(r"\bcommand\W{1,12}(uvx?)(?![\w.-])")
_CONFIGURED = (".json", ".py", ".toml", ".yaml", ".yml")
# Programs that start others without the environment of the container, so without its PATH.
_FORGETS_PATH = re.compile(r"(?<![\w./-])(crond?|sudo|su -|su --login|runuser -l|env -i)(?![\w-])(?P<rest>.*)")
_SETS_PATH = re.compile(r"environment\s*=.*\bPATH\s*=(?!.*ENV_PATH)")


def start_obstacles(facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each start command, script or configuration that would not find its packages any more."""
    if facts.stage.image and facts.stage.image.own:
        yield from _own_pip(facts)
        return
    found = scripts(facts)
    for index, step in facts.starts:
        yield from _at(facts, found, facts.path, facts.line(index), _words(step))
    for script in found:
        yield from _in_script(facts, found, script)
    if facts.uv.is_used:
        yield from _uv_in_code(facts)


def _uv_in_code(facts: Facts) -> Iterator[Finding]:
    """Yield the first place in the code or its configuration that may call uv while the program runs."""
    for path in sorted(path for path in facts.target.repo.files if path.endswith(_CONFIGURED) and not is_apart(path)):
        text = facts.target.repo.readable(path)
        configured = _COMMAND.search(text)
        called = configured[1] if configured else next(called_by_python(text, PROGRAMS), None)
        if called:
            place = re.search(rf"\b{called}\b", text)
            yield kinds.UV_AT_WORK.at(path, line_at(text, place.start() if place else 0), program=called)
            return


def _own_pip(facts: Facts) -> Iterator[Finding]:
    """Yield the calls of pip at the start of an image whose own Python has the packages; nothing else moves there."""
    for index, step in facts.starts:
        yield from _installs(facts, facts.path, facts.line(index), _words(step))
    for script in scripts(facts):
        for number, line in script.lines if script.is_started else ():
            yield from _installs(facts, script.path, number, line)


def _installs(facts: Facts, path: str, line: int, text: str) -> Iterator[Finding]:
    """Yield what is wrong with a line that starts pip, or uv that the image has only because its build brought it."""
    if _PIP.search(text):
        yield kinds.PIP_AT_START.at(path, line)
    elif facts.uv.is_used and (called := _UV.search(text)):
        yield kinds.UV_AT_WORK.at(path, line, program=called[1])


def _words(step: Step) -> str:
    return re.sub(r'["\',\[\]]+', " ", step.instruction.arguments)


def changed_scripts(facts: Facts, venv: str) -> dict[str, str]:
    """Return the new texts of the files of a stage without obstacles that name programs of the old installation."""
    found = {script.path: (script.text, new_text(facts, script, venv)) for script in scripts(facts)}
    return {path: new for path, (old, new) in found.items() if new != old}


def _in_script(facts: Facts, found: tuple[Script, ...], script: Script) -> Iterator[Finding]:
    if shebang := unclear_shebang(facts, script):
        yield kinds.BREAKS_AT_START.at(script.path, 1, reason=f"this script runs under {shebang}")
    if not is_command_file(script):
        return
    if new_text(facts, script, "/opt/venv") != script.text and (reason := _stays(facts, script)):
        number = next(n for n, line in script.lines if any(old_programs(facts, line)))
        yield kinds.BREAKS_AT_START.at(script.path, number, reason=f"it names programs of the old place, and {reason}")
    for number, line in script.lines if script.is_started else ():
        yield from _at(facts, found, script.path, number, line)


def _stays(facts: Facts, script: Script) -> str | None:
    """Return why a script cannot name the programs of one environment."""
    if not any(any(old_programs(facts, line)) for _, line in script.lines):
        return None
    if facts.target.is_shared:
        return "other images or stages may start it too"
    elsewhere = used_elsewhere(facts, script)
    return f"{elsewhere} uses it outside of the image" if elsewhere else None


def _at(facts: Facts, found: tuple[Script, ...], path: str, line: int, text: str) -> Iterator[Finding]:
    if old := next((match[0] for match in old_programs(facts, text) if not moves(facts, match[1])), None):
        yield kinds.BREAKS_AT_START.at(path, line, reason=f"it names {old}")
    if place := _PACKAGES.search(text):
        yield kinds.BREAKS_AT_START.at(path, line, reason=f"it names {place[0]}")
    yield from _installs(facts, path, line, text)
    if _SETS_PATH.search(text):
        yield kinds.BREAKS_AT_START.at(path, line, reason="it sets PATH anew for a program")
    forgetful = _FORGETS_PATH.search(text)
    if forgetful and not _finds_programs(facts, found, forgetful):
        yield kinds.BREAKS_AT_START.at(path, line, reason=f"{forgetful[1]} does not pass PATH on")


def _finds_programs(facts: Facts, found: tuple[Script, ...], forgetful: re.Match[str]) -> bool:
    """Whether what a program starts without PATH is named by its whole path, or has nothing to do with Python."""
    if forgetful[1].startswith("cron"):
        return cron_finds_programs(facts, found)
    rest = forgetful["rest"]
    words = re.findall(r"[^\s;&|\"'()]+", re.sub(r"/usr/local/bin/", "\0", rest))
    named = [word[1:] for word in words if word.startswith("\0")]
    plain = [word for word in words if word in PLAIN_PROGRAMS or word == "service"]
    unclear = [word for word in words if word.endswith((".sh", ".bash")) or word.startswith("./") or moves(facts, word)]
    return bool(named or plain) and not unclear and all(moves(facts, word) for word in named)
