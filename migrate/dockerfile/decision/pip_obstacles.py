"""Why a call of pip is left as it is: what it is told, and what stands around it in the shell."""

import re
from collections.abc import Iterator
from posixpath import join

from migrate.dockerfile.decision.build_variables import variable_obstacles
from migrate.dockerfile.decision.choices import is_conditional
from migrate.dockerfile.decision.inline import inline_obstacles
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.pip import VARIABLE, Install, is_idle, read_install
from migrate.dockerfile.facts.pip_options import UnclearPip
from migrate.dockerfile.facts.runs import Run, secret_variable
from migrate.dockerfile.facts.uv_pip import behind_uv, is_harmless

# Where the output of a command may go without being missed.
_NOWHERE = re.compile(r"/dev/(?:null|stdout|stderr)|[12]")


def pip_obstacles(facts: Facts, index: int, run: Run, number: int) -> Iterator[str]:
    """Yield the reasons to leave a call of pip, the command `number` of a RUN, as it is."""
    arguments = run.pip[number]
    is_by_uv = behind_uv(run.commands[number].argv) is not None
    yield from _pip_surroundings(run, number)
    yield from variable_obstacles(facts, run, index, number)
    if arguments is None:
        yield VARIABLE
    elif not is_idle(arguments):
        try:
            install = read_install(arguments)
        except UnclearPip as error:
            yield str(error).replace("`pip ", "`uv pip ") if is_by_uv else str(error)
            return
        if not (install.files or install.arguments or install.folders):
            yield "`pip install` of nothing"
        known = facts.installs.get((index, number), install)
        if known.brings and not facts.environments.gets(run, index, number):
            yield "`uv pip` for an environment that is not certain" if is_by_uv else "pip of another environment"
        yield from _by_uv(facts, run, index, number)
        yield from inline_obstacles(facts, known)


def _pip_surroundings(run: Run, number: int) -> Iterator[str]:
    command = run.commands[number]
    if command.depth and not is_conditional(run):
        yield "pip inside of a condition, loop or subshell"
    beside = {command.operator_before, command.operator_after}
    if command.negated or beside & {"||", "|&", "&"} or ("|" in beside and not _is_download(run, number)):
        yield "pip whose outcome another command uses"
    arguments = run.pip[number]
    is_written = any(not _NOWHERE.fullmatch(redirect.target.text) for redirect in command.redirects)
    if is_written and arguments and is_idle(arguments):
        yield f"`pip {arguments[0]}` into a file (`uv export` writes one from uv.lock)"
    elif is_written:
        yield "pip with < or > outside of quotes, which the shell takes for a file,"
    mounts = [flag.value or "" for flag in run.step.instruction.flags if flag.name == "mount"]
    if any("type=ssh" in mount or ("type=secret" in mount and not _is_read(run, mount)) for mount in mounts):
        yield "pip with a secret or SSH mount"


def _by_uv(facts: Facts, run: Run, index: int, number: int) -> Iterator[str]:
    """Yield why what `uv pip` is told otherwise than by its words is not carried over, and what it would remove."""
    words = behind_uv(run.commands[number].argv)
    if words is None:
        return
    for name in (word.text.partition("=")[0] for word in run.set_for(number)):
        if name.startswith("UV_") and not is_harmless(name):
            yield f"uv's setting {name}"
    install = facts.installs.get((index, number))
    if install and install.brings:
        yield from _by_uv_alone(facts, install)
    earlier = [place for place, install in facts.installs.items() if place < (index, number) and install.brings]
    if words[:2] == ["pip", "sync"] and (earlier or facts.stage.base):
        yield "`uv pip sync`, which removes what was installed before,"


def _by_uv_alone(facts: Facts, install: Install) -> Iterator[str]:
    """Yield why `uv pip` may have taken other packages than pip would have, as which the lock is made."""
    files, project = facts.target.repo.files, facts.target.project
    pyproject = join(project, "pyproject.toml")
    if join(project, "uv.toml") in files or (
        pyproject in files and "[tool.uv.pip" in facts.target.repo.readable(pyproject)
    ):
        yield "`uv pip` with settings in uv.toml or [tool.uv.pip]"
    is_partial = not (install.files or install.folders)
    named = ("--extra-index-url", "--find-links", *(["--index-url"] if is_partial else []))
    if any(option.startswith(named) for option in install.options) or any(
        not each.is_default for each in facts.target.indexes
    ):
        yield "`uv pip` with several indexes, of which it takes the first that has a package,"


def _is_download(run: Run, number: int) -> bool:
    """Whether a command is one of two that bring pip: `curl … get-pip.py | python`."""
    around = [each for each in (number - 1, number, number + 1) if run.pip.get(each) == ("install", "pip")]
    return len(around) > 1


def _is_read(run: Run, mount: str) -> bool:
    """Whether a secret is surely only there for the credentials of an index."""
    found = re.search(r"(?:^|,)id=([^,]+)", mount)
    variable = f"${{{secret_variable(found[1])}}}" if found else "\0"
    return any(variable in word for arguments in run.pip.values() for word in arguments or ())
