"""Packages that join those of an image, for its own Python: where uv installs them, and why it cannot."""

from collections.abc import Iterator

from migrate.dockerfile.decision.choices import is_conditional
from migrate.dockerfile.decision.copies import CACHES_OF_PIP
from migrate.dockerfile.decision.shape import Part, Role
from migrate.dockerfile.decision.told import told
from migrate.dockerfile.decision.wheels import needs_git
from migrate.dockerfile.facts.facts import Facts
from migrate.requirements import Index

_MANAGERS = frozenset({"apt", "apt-get", "apk", "dnf", "microdnf", "yum"})


def joint(part: Part) -> tuple[int, int] | None:
    """Return the step and command of pip in whose place uv installs for the image's own Python."""
    return min(_installing(part.facts), default=None) if part.role is Role.JOINS else None


def joining_obstacles(part: Part) -> Iterator[tuple[int, str]]:
    """Yield the steps, and why uv cannot install for the image's own Python in a part."""
    facts = part.facts
    if part.role in {Role.TAKES, Role.MAKES, Role.SPLIT}:
        first = min((*facts.dependency_steps, *facts.exchange.taken), default=0)
        yield first, "packages travel between stages, and this image has a Python of its own"
    found = sorted(_installing(facts))
    for index, number in found:
        yield from ((index, reason) for reason in _in_command(facts, index, number))
    for index, run in facts.understood if found else ():
        between = (n for n in range(len(run.commands)) if found[0] < (index, n) < found[-1])
        if any(run.commands[number].argv[:1] and run.commands[number].argv[0] in _MANAGERS for number in between):
            yield index, "it installs packages of the system between two calls of pip"
    for index in facts.dependency_steps[:1]:
        yield from ((index, reason) for reason in _about(facts))


def _installing(facts: Facts) -> Iterator[tuple[int, int]]:
    return (key for key, install in facts.installs.items() if install.brings)


def _in_command(facts: Facts, index: int, number: int) -> Iterator[str]:
    run, step = facts.runs[index], facts.stage.steps[index]
    if run is None:
        return
    if step.instruction.arguments.startswith("[") or step.instruction.heredocs:
        yield "it is not one command line"
    if is_conditional(run) or facts.choosable:
        yield "what it installs is chosen by the build"
    if not step.is_root:
        yield "it installs as another user than root"
    if facts.installs[index, number].folders:
        yield "it installs the project into the image's own Python"
    if facts.path_at(index, number, ".") != step.workdir:
        yield "it installs in another folder than the working directory"
    if facts.exchange.target and (index, number) not in facts.exchange.meant:
        yield "one call of pip has a target, and another has none"
    for flag in step.instruction.flags:
        parts = dict(part.partition("=")[::2] for part in (flag.value or "").split(","))
        is_cache = parts.get("type") == "cache" and parts.get("target", parts.get("dst")) in CACHES_OF_PIP
        is_file = parts.get("type") == "bind" and parts.get("source", parts.get("src")) in facts.target.gone
        if flag.name != "mount" or not (is_cache or is_file):
            yield "it has an option or a mount that may be for something else than pip"


def _about(facts: Facts) -> Iterator[str]:
    indexes = (*facts.target.indexes, *(each.what for each in told(facts) if isinstance(each.what, Index)))
    if facts.environments.made:
        yield "it makes a virtual environment, and the image has a Python of its own"
    if needs_git(facts):
        yield "packages come from git, which the image need not have"
    if any(index.login for index in indexes):
        yield "an index needs credentials"
    if facts.exchange.target and any(not index.is_default for index in indexes):
        yield "several indexes, of which `uv pip install --target` does not know which package comes from where"
    if not facts.target.options.cache_mounts:
        yield "uv stays out of the image by a mount, which --no-cache-mounts excludes"
