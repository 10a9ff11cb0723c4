"""What becomes of Alpine's packages: what compiles is installed in the builder; what was removed again goes."""

from dataclasses import dataclass

from migrate.dockerfile.decision.shape import Part, Role
from migrate.dockerfile.decision.wheels import Wheels, wheels
from migrate.dockerfile.facts import apk
from migrate.dockerfile.facts.commands import is_plain
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.runs import Run
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds

# Programs that serve people and the start of the container, never a build; and Python, which the builder has already.
_PROGRAMS = frozenset(
    {
        "bash", "ca-certificates", "curl", "dumb-init", "htop", "jq", "less", "nano", "nginx", "openssh-client",
        "postgresql-client", "mysql-client", "redis", "screen", "su-exec",
        "py3-pip", "py3-setuptools", "py3-virtualenv", "py3-wheel", "python3",
        "supervisor", "tini", "tzdata", "vim", "wget",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AlpinePackages:
    """What the builder installs, and what there is to say."""

    builder: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def alpine_packages(part: Part) -> AlpinePackages:
    """Return what becomes of each `apk add` before pip that installs something to compile."""
    facts = part.facts
    found: dict[str, None] = {}
    findings: list[Finding] = []
    last = max(facts.dependency_steps, default=-1) if part.role is Role.SPLIT else -1
    for index, run in ((index, run) for index, run in facts.understood if index <= last):
        removed = removed_again(run)
        for number, command in enumerate(run.commands):
            call = apk.read(command.argv)
            if call and call.builds and not command.depth:
                known = wheels(part)
                needed = [name for name in call.packages if name not in _PROGRAMS] if number not in removed else []
                packages = () if known and not known.built else needed or call.packages
                found |= dict.fromkeys(packages)
                findings.append(_said(facts, index, call, known, is_removed=number in removed))
    return AlpinePackages(tuple(found), tuple(findings))


def _said(facts: Facts, index: int, call: apk.Apk, known: Wheels | None, *, is_removed: bool) -> Finding:
    because = f", because {known.reason}" if known else ""
    packages = ", ".join(call.packages if is_removed else call.building)
    if known and not known.built:
        kind = kinds.BUILD_PACKAGES_UNNEEDED if is_removed else kinds.BUILD_PACKAGES_STAY
        return kind.at(facts.path, facts.line(index), packages=packages + because)
    if is_removed:
        return kinds.BUILD_PACKAGES_MOVED.at(facts.path, facts.line(index), packages=packages + because)
    reason = "it is not known which libraries they leave behind on Alpine"
    return kinds.BUILD_PACKAGES_KEPT.at(facts.path, facts.line(index), packages=packages, reason=reason)


def removed_again(run: Run) -> frozenset[int]:
    """Return the commands of a RUN that install packages under one name, and remove that name again.

    Nothing if another command than pip, apk and plain ones stands in the RUN, which may need them.
    """
    calls = {
        number: call for number, each in enumerate(run.commands if run.pip else ()) if (call := apk.read(each.argv))
    }
    if not calls or any(number not in run.pip and not is_plain(each.argv) for number, each in enumerate(run.commands)):
        return frozenset()
    added = {call.virtual: number for number, call in calls.items() if call.action == "add" and call.virtual}
    return frozenset(
        each
        for number, call in calls.items()
        if call.action == "del" and len(call.packages) == 1 and (add := added.get(call.packages[0])) is not None
        for each in (add, number)
        if not run.commands[each].depth
    )
