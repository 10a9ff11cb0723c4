"""Why a stage is left as it is: everything in it that is not certain to keep its meaning."""

import re
from collections.abc import Callable, Iterator, Sequence
from posixpath import basename

from migrate.dockerfile.decision.choices import choice_obstacles
from migrate.dockerfile.decision.includes import other_includes
from migrate.dockerfile.decision.pip_obstacles import pip_obstacles
from migrate.dockerfile.decision.start import start_obstacles
from migrate.dockerfile.decision.told import told_obstacles
from migrate.dockerfile.facts import apk, apt, uv_pip
from migrate.dockerfile.facts.commands import cleans_pip, installs_otherwise
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.own_uv import is_uv_alone
from migrate.dockerfile.facts.removals import words_left
from migrate.dockerfile.facts.runs import Run
from migrate.dockerfile.facts.stages import Step
from migrate.dockerfile.shell.model import Command, Word
from migrate.dockerfile.syntax.arrays import exec_form
from migrate.dockerfile.syntax.words import Pair
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds

INSTALLED_PLACE = re.compile(
    r"site-packages|dist-packages|/usr/local/lib/python|/usr/local/bin/(?:python|pip)[\d.]*\b|\.local/(?:lib|bin/\w)"
)
_PIP = re.compile(r"(?<![\w./-])pip(?:3(?:\.\d+)?)?(?![\w-])|get-pip")
_PACKAGE_SHELL = re.compile(r"\bpip|requirements|-m venv|virtualenv|\bapt(?:-get)?\b|\buvx?\b")
_INSTALLER = frozenset({"apk", "apt", "apt-get"})
# Variables that say where Python or uv finds its packages.
_PLACES = re.compile(r"VIRTUAL_ENV|PYTHONHOME|PYTHONUSERBASE|UV_\w+")


def obstacles(facts: Facts) -> tuple[Finding, ...]:
    """Return a finding for each reason to leave the stage untouched, in the order of the file."""
    return tuple(dict.fromkeys(_obstacles(facts)))


def _obstacles(facts: Facts) -> Iterator[Finding]:
    for index, step in enumerate(facts.stage.steps):
        keyword = step.instruction.keyword
        if keyword == "RUN":
            yield from _in_run(facts, index)
        is_checked = keyword in _CHECKS and index not in facts.exchange.taken
        for reason in _CHECKS[keyword](facts, step) if is_checked else ():
            yield kinds.STEP_UNCLEAR.at(facts.path, facts.line(index), reason=reason)
    for index in facts.dependency_steps[:1]:
        for reason in facts.target.unbuildable:
            yield kinds.NEEDS_MORE.at(facts.path, facts.line(index), reason=reason)
    yield from told_obstacles(facts)
    yield from choice_obstacles(facts)
    yield from start_obstacles(facts)


def _in_run(facts: Facts, index: int) -> Iterator[Finding]:
    run = facts.runs[index]
    line = facts.line(index)
    text = facts.stage.steps[index].instruction.arguments
    bodies = "".join(facts.dockerfile.text[h.start : h.end] for h in facts.stage.steps[index].instruction.heredocs)
    if INSTALLED_PLACE.search(text + bodies if run is None else _without_pip(facts, run)):
        yield kinds.STEP_UNCLEAR.at(facts.path, line, reason="it names the place of installed packages")
    if run is None:
        if _PACKAGE_SHELL.search(text + bodies) or facts.uv.is_named((text + bodies).split()):
            yield kinds.STEP_UNCLEAR.at(facts.path, line, reason="the shell text of this RUN is not understood")
        return
    if facts.idle_mounts(index) and not run.pip:
        yield kinds.STEP_UNCLEAR.at(facts.path, line, reason="it mounts a requirements file that is converted")
    for command in range(len(run.commands)):
        if (index, command) in facts.exchange.kept:
            continue
        yield from _in_command(facts, index, run, command)


def _in_command(facts: Facts, index: int, run: Run, number: int) -> Iterator[Finding]:
    command, place = run.commands[number], (index, number)
    line = facts.line(index)
    words = command.argv
    if number in run.pip:
        reasons = pip_obstacles(facts, index, run, number)
        yield from (kinds.PIP_UNCLEAR.at(facts.path, line, reason=reason) for reason in reasons)
        yield from _files(facts, index, number)
    elif number in run.apt or (words[:1] in {("apk",), ("xargs",)} and _INSTALLER.intersection(words)):
        if reason := _system_reason(facts, index, run, number):
            yield kinds.STEP_UNCLEAR.at(facts.path, line, reason=reason)
    elif place in facts.uv.installer or (facts.environments.path and place in facts.environments.made):
        return
    elif other := installs_otherwise(command):
        yield kinds.PIP_UNCLEAR.at(facts.path, line, reason=other)
    elif facts.uv.is_named(word.text for word in command.words):
        yield kinds.PIP_UNCLEAR.at(facts.path, line, reason="uv inside of another command")
    elif "pip" in command.text and _PIP.search(command.text) and not cleans_pip(command.words):
        yield kinds.PIP_UNCLEAR.at(facts.path, line, reason="pip inside of another command")
    elif "pip.conf" in command.text or any("pip.conf" in each.target.text for each in command.redirects):
        yield kinds.PIP_UNCLEAR.at(facts.path, line, reason="pip's configuration, which this command changes,")
    elif _names_converted(facts, command) and _means_converted(facts, words_left(facts, index, number)):
        program = command.words[0].text if command.words else "it"
        reason = f"{program} uses a requirements file that is converted"
        yield kinds.STEP_UNCLEAR.at(facts.path, line, reason=reason)


def _without_pip(facts: Facts, run: Run) -> str:
    """Return the text of a RUN without its calls of pip, and of compileall for the stage's own environment."""
    instruction = run.step.instruction
    text, position = "", instruction.arguments_start
    compiling = (
        n
        for n, each in enumerate(run.commands)
        if "compileall" in each.argv and _compiles_own_environment(facts, each.argv)
    )
    for number in sorted({*run.pip, *compiling}):
        text += facts.dockerfile.masked[position : run.commands[number].start]
        position = run.commands[number].end
    return text + facts.dockerfile.masked[position : instruction.end]


def _compiles_own_environment(facts: Facts, words: Sequence[str | None]) -> bool:
    """Whether a command compiles what is in the environment that the stage makes, which keeps its path."""
    match words:
        case ("python" | "python3", "-m", "compileall", *rest):
            python = facts.stage.image.python if facts.stage.image else None
            place = f"{facts.environments.path}/lib/python{python}/site-packages" if python else ""
            paths = [word for word in rest if not (word and word.startswith("-"))]
            return bool(place and paths) and all((word or "").rstrip("/") == place for word in paths)
    return False


def _system_reason(facts: Facts, index: int, run: Run, number: int) -> str | None:
    words = run.commands[number].argv
    if number in run.apt:
        return _apt_reason(run, number)
    if words[0] == "apk" and index <= max(facts.dependency_steps, default=-1) and apk.read(words) is None:
        return "apk with a variable or an option that is not known"
    if words[0] == "xargs":
        return "the packages that xargs gives to the installer are not known"
    return None


def _apt_reason(run: Run, number: int) -> str | None:
    command = run.apt[number]
    if command.action not in {"install", *apt.REMOVING}:
        return None
    if "" in command.packages:
        return "apt with a variable in its arguments"
    around = {run.commands[number].operator_before, run.commands[number].operator_after}
    if run.commands[number].depth:
        reason = "apt inside of a condition, loop or subshell"
    elif run.commands[number].negated or "||" in around:
        reason = "apt whose outcome another command uses"
    elif not command.is_clear:
        reason = "apt with an option that uvmigrate does not know"
    else:
        return None
    builds = any(apt.only_builds(package) or apt.is_header(package) for package in command.packages)
    return reason if builds else None


def _files(facts: Facts, index: int, number: int) -> Iterator[Finding]:
    install = facts.installs.get((index, number))
    for written in filter(None, install.files if install else ()):
        file = facts.context_file(index, number, written)
        if file not in facts.target.gone:
            yield kinds.REQUIREMENTS_FILE_GONE.at(facts.path, facts.line(index), file=file or written)
        for other in other_includes(facts, index, number, written):
            yield kinds.OTHER_INCLUDE.at(facts.path, facts.line(index), file=file or written, other=other)
    for written in install.constraints if install else ():
        if facts.context_file(index, number, written) not in facts.target.constraints:
            yield kinds.PIP_UNCLEAR.at(facts.path, facts.line(index), reason=f"the option -c {written}")


def _names_converted(facts: Facts, command: Command) -> bool:
    received = command.received
    return any(name in received for name in facts.target.names_gone)


def _means_converted(facts: Facts, words: Sequence[Word]) -> bool:
    gone, names = facts.target.gone, facts.target.names_gone
    values = [word.value for word in words if word.value]
    return any(value in gone or ("/" in value and basename(value) in names) for value in values)


def _env(facts: Facts, step: Step) -> Iterator[str]:
    yield from _place(facts, step)
    for pair in step.assigned:
        if (
            _PLACES.fullmatch(pair.name)
            and not _is_own_environment(facts, step, pair)
            and not uv_pip.is_harmless(pair.name)
        ):
            yield f"{pair.name} says where packages are"
        elif pair.name == "PATH" and not re.search(r"\$\{?PATH\b", pair.value or ""):
            yield "it replaces PATH, which the virtual environment extends"


def _is_own_environment(facts: Facts, step: Step, pair: Pair) -> bool:
    path = facts.environments.path
    return path is not None and pair.name == "VIRTUAL_ENV" and path == step.expand(pair.value or "")


def _place(facts: Facts, step: Step) -> Iterator[str]:
    text = step.instruction.arguments
    if step.instruction.keyword == "ENV" and facts.site_packages:
        text = facts.site_packages.sub("", text)  # rules/installed_places.py
    if INSTALLED_PLACE.search(text):
        yield "it names the place of installed packages"


def _brought(facts: Facts, step: Step) -> Iterator[str]:
    yield from _place(facts, step)
    if facts.uv.may_come_by(step):
        stage, _ = step.from_stage or (None, None)
        if stage and not is_uv_alone(stage):
            yield f"it copies uv from the stage {stage.reference}, which is not the image of uv alone"
        else:
            yield "it brings uv in a way that uvmigrate does not take back"


def _onbuild(_: Facts, step: Step) -> Iterator[str]:
    if _PACKAGE_SHELL.search(step.instruction.arguments):
        yield "it installs packages in the images that are built on this one"


def _shell(_: Facts, step: Step) -> Iterator[str]:
    words = exec_form(step.instruction.arguments)
    if not words or not re.fullmatch(r"(?:.*/)?(?:ba|da|a)?sh", words[0]):
        yield "it replaces the shell by one that uvmigrate does not read"


_CHECKS: dict[str, Callable[[Facts, Step], Iterator[str]]] = {
    "ADD": _brought,
    "ARG": _env,
    "COPY": _brought,
    "ENV": _env,
    "ONBUILD": _onbuild,
    "SHELL": _shell,
}
