"""The new first stage: uv, the compilers and headers, and the virtual environment."""

import re
from collections.abc import Iterator
from posixpath import join

from migrate.dockerfile.decision.decide import Decision
from migrate.dockerfile.decision.shape import Role
from migrate.dockerfile.decision.wheels import needs_git
from migrate.dockerfile.facts import apk
from migrate.dockerfile.facts.bases import SystemPython, system_python
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.images import PYTHON
from migrate.dockerfile.facts.runs import Run
from migrate.dockerfile.rules.comments import moved
from migrate.dockerfile.rules.layout import above_comments, after_line, line_start
from migrate.dockerfile.rules.style import style_of
from migrate.text import Edit

CACHE = "/root/.cache/uv"
_DIRECTIVES = re.compile(r"(?:[ \t]*#[ \t]*(?:syntax|escape|check)[ \t]*=.*\n)*", re.IGNORECASE)
_OF_THE_FILE = re.compile(r"copyright|dockerfile|licen[cs]e|SPDX", re.IGNORECASE)
_PLAIN_INSTALL = ("apt-get", "install", "-y", "--no-install-recommends")


def builder(facts: Facts, decision: Decision) -> Iterator[Edit]:
    """Insert the builder in front of the stage; one that has an environment already is built upon its builder.

    before: FROM python:3.12-slim
    after:  FROM python:3.12-slim AS builder … RUN uv sync …  FROM python:3.12-slim
    """
    if decision.role is not Role.SPLIT:
        return
    style = style_of(facts)
    steps = () if decision.upon else (style.instruction("WORKDIR", decision.project),)
    lines = (
        _from(facts, decision),
        *preparation(facts, decision),
        *steps,
        *installation(facts, decision),
        *project(facts, decision),
        style.newline,
    )
    position = _position(facts)
    yield Edit(position, position, "".join(lines))


def _position(facts: Facts) -> int:
    """Return where the builder goes: above the comments of the stage, but below those at the head of the file.

    At the head of the file, those directly above FROM are the stage's if they name it, or speak of a stage or an image.
    """
    text, start = facts.dockerfile.text, facts.stage.start
    earlier = [each for each in facts.dockerfile.instructions if each.start < start.start]
    if not earlier:
        own, name = line_start(text, start.start), facts.stage.name
        above = above_comments(text, start)
        above += len(_DIRECTIVES.match(text[above:own])[0]) if not above else 0  # type: ignore[index] # may be empty
        words = rf"\b(?:{re.escape(name or '')}|stage|(?:base|final|production|runtime)\s+image)\b"
        is_its_own = name and re.search(words, text[above:own], re.IGNORECASE)
        return above if is_its_own and not _OF_THE_FILE.search(text[above:own]) else own
    between = after_line(text, earlier[-1].end)
    comment = re.search(r"(?m)^[ \t]*#", text[between : start.start])
    return between + comment.start() if comment else line_start(text, start.start)


def preparation(facts: Facts, decision: Decision) -> Iterator[str]:
    """Yield the steps that bring the variables of builds, the compilers, and uv with its settings."""
    style, said = style_of(facts), moved(facts, decision)
    yield from (style.instruction(keyword, *each) for keyword, each in decision.build.instructions)
    yield from said["system"]
    yield from _system_packages(facts, decision)
    yield from said["uv"]
    if decision.upon is None:
        settings = ["UV_COMPILE_BYTECODE=1", "UV_LINK_MODE=copy", "UV_PYTHON_DOWNLOADS=0"]
        if decision.venv != join(decision.project, ".venv"):
            settings.append(f"UV_PROJECT_ENVIRONMENT={decision.venv}")
        if python := _interpreter(facts):
            settings.append(f"UV_PYTHON={python}")
        if not facts.target.options.cache_mounts:
            settings.append("UV_NO_CACHE=1")
        yield style.instruction("COPY", f"--from={uv_image(facts)} /uv /uvx /bin/")
        yield style.instruction("ENV", *settings)


def uv_image(facts: Facts) -> str:
    """Return the image that uv is copied from: of the version that wrote the lock, if the options name no other."""
    return facts.target.options.uv_image or f"ghcr.io/astral-sh/uv:{facts.target.uv_version}"


def installation(facts: Facts, decision: Decision, *, leaves_all_to_the_project: bool = False) -> Iterator[str]:
    """Yield the steps that install the packages; the files are there already if it stands on another builder."""
    style, layer, said = style_of(facts), decision.layer, moved(facts, decision)
    if decision.upon is None:
        files = " ".join(join(facts.target.project, name) for name in ("pyproject.toml", "uv.lock"))
        yield from said["files"]
        yield style.instruction("COPY", f"{files} ./")
    chosen = decision.choices
    known = facts.stage.steps[decision.anchor].arguments if decision.role is Role.MAKES else ()
    arguments = dict.fromkeys((*decision.credentials.arguments, *chosen.declared))
    yield from (style.instruction("ARG", each) for each in arguments if each.partition("=")[0] not in known)
    yield from said["sync"]
    if not (layer and (decision.upon or leaves_all_to_the_project)):
        extras = [option for option in (layer.options if layer else ()) if option.startswith("--extra ")]
        if decision.local:
            first = ("uv sync --frozen --no-install-project --no-install-local", *decision.sync, *extras)
            yield run(facts, decision, " ".join(first))
            yield from (style.instruction("COPY", each) for each in decision.local)
        check = "--frozen" if facts.target.is_dynamic else "--locked"
        first = ("uv sync", check, "--no-install-project")
        if chosen.options is not None:
            branches = (
                f"    {value}) {' '.join((*first, *options, *extras))} ;;" for value, options in chosen.options.items()
            )
            yield run(facts, decision, f'case "${chosen.argument}" in', *branches, "    *) exit 1 ;;", "esac")
        base = [" ".join((*first, *decision.sync, *extras))] if chosen.options is None and chosen.has_base else []
        if base and _is_one_step(decision):
            yield run(facts, decision, *style.chained(*base, *chosen.scripts))
        else:
            yield from (run(facts, decision, script) for script in (*base, *chosen.scripts))


def _is_one_step(decision: Decision) -> bool:
    """Whether what is installed in any case and what the build chooses can be one RUN."""
    scripts = decision.choices.scripts
    return (
        len(scripts) == 1
        and scripts[0].startswith(("if ", "case "))
        and not (decision.credentials.variables or decision.build.of_command)
    )


def project(facts: Facts, decision: Decision, *, has_code: bool = False) -> Iterator[str]:
    """Yield the steps that install the project itself, if the old ones did; `has_code`: its code is there."""
    layer = decision.layer
    if layer is None:
        return
    if not has_code:
        yield from (style_of(facts).instruction("COPY", source) for source in layer.sources)
    yield run(facts, decision, " ".join(dict.fromkeys(("uv sync --locked", *decision.sync, *layer.options))))


def run(facts: Facts, decision: Decision, *lines: str) -> str:
    """Return the step that lets uv install."""
    given = decision.credentials
    variables = (*decision.build.of_command, *given.variables)
    if variables and not lines[0].startswith("uv "):
        variables = (f"export {' '.join(variables)} &&",)
    is_root = decision.role is not Role.MAKES or facts.stage.steps[decision.anchor].is_root
    cache = [f"--mount=type=cache,target={CACHE}"] if facts.target.options.cache_mounts and is_root else []
    return style_of(facts).instruction("RUN", *cache, *given.mounts, *variables, *lines)


def _from(facts: Facts, decision: Decision) -> str:
    start = facts.stage.start
    written = [facts.dockerfile.text[flag.start : flag.end] for flag in start.flags] if decision.upon is None else []
    image, style = decision.upon or start.arguments.split()[0], style_of(facts)
    return style.instruction("FROM", " ".join((*written, image, style.keyword("AS"), decision.builder)))


def _interpreter(facts: Facts) -> str | None:
    """Return the Python that uv has to be told: the distribution's, or the image's own against a `.python-version`."""
    if python := _system_python(facts):
        return python.path
    stray = join(facts.target.project, ".python-version")
    return PYTHON if stray in facts.target.repo.files else None


def _system_python(facts: Facts) -> SystemPython | None:
    image = facts.stage.image
    python = system_python(facts.stage) if image and not image.is_official_python else ""
    return None if isinstance(python, str) else python


def _needed(facts: Facts, decision: Decision) -> Iterator[str]:
    """Yield what a new builder needs: the distribution's Python, if the stage installs it; git, if packages do."""
    image, python = facts.stage.image, _system_python(facts)
    if python and python.is_installed_here and decision.role is Role.SPLIT:
        yield python.package
    has_git = any("git" in change.builder for change in decision.system.values()) or _installs_git(facts, decision)
    if image is None or has_git or not needs_git(facts):
        return
    if image.is_alpine or "slim" in (image.tag or "") or not image.is_official_python:
        yield from () if image.is_alpine or image.is_official_python else ("ca-certificates",)
        yield "git"  # the full images bring it


def _installs_git(facts: Facts, decision: Decision) -> bool:
    """Whether a stage in which uv installs has git from a step before it, and nothing removes packages again."""
    found: list[str] = []
    for index, run in facts.understood if decision.role is Role.MAKES else ():
        if index < decision.anchor:
            calls = filter(None, (apk.read(command.argv) for command in run.commands))
            found += (word for call in calls for word in (call.action, *call.packages))
            found += (word for call in run.apt.values() for word in (call.action, *call.packages))
    return "git" in found and not {"del", "purge", "remove"}.intersection(found)


def _system_packages(facts: Facts, decision: Decision) -> Iterator[str]:
    """Yield the steps that install what the builder needs, those that a step of the file installs in its manner."""
    style, needed = style_of(facts), tuple(_needed(facts, decision)) if decision.upon is None else ()
    if facts.stage.image and facts.stage.image.is_alpine:
        names = " ".join(dict.fromkeys((*needed, *decision.apk)))
        yield from [style.instruction("RUN", f"apk add --no-cache {names}")] if names else []
        return
    installs: dict[tuple[str, ...], dict[str, None]] = {}
    for (index, number), change in sorted(decision.system.items()):
        old = facts.runs[index]
        if old is not None and change.builder:
            installs.setdefault(tuple(_install_words(old, number)), {}).update(dict.fromkeys(change.builder))
    if needed:
        words = next(iter(installs), _PLAIN_INSTALL)
        own = installs.pop(words, {})
        asks = _system_python(facts) and not words[0].startswith("DEBIAN_FRONTEND")  # Python may bring tzdata
        first = ("DEBIAN_FRONTEND=noninteractive", *words) if asks else words
        installs = {first: dict.fromkeys((*needed, *own)), **installs}
    for install, packages in installs.items():
        yield style.run("apt-get update", " ".join((*install, *packages)), "rm -rf /var/lib/apt/lists/*")


def _install_words(run: Run, number: int) -> Iterator[str]:
    """Yield the command as it is written up to its packages: variables, program, options and sub-command."""
    command = run.commands[number]
    yield from (assignment.text for assignment in command.assignments)
    yield from (word.text for index, word in enumerate(command.words) if index not in run.apt[number].words)
