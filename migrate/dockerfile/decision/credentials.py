"""Credentials of indexes for the builder, from build arguments and secrets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrate.dockerfile.decision.told import told
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.runs import BRACED, secret_variable
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.requirements import Index

_ID = re.compile(r"(?:^|,)id=([^,]+)")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the step that installs needs: ARG instructions, mounts of secrets, variables for the command."""

    arguments: tuple[str, ...] = ()
    mounts: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def credentials(facts: Facts) -> Credentials:
    """Return what the installation of a stage without obstacles needs to be let in.

    An index gets its credentials as pip did, if that was from build arguments or secrets; those that stand in a file
    are secrets from now on.
    """
    given = {each.what.name: each for each in told(facts) if isinstance(each.what, Index)}
    indexes = {index.name: index for index in facts.target.indexes}
    indexes |= {name: each.what for name, each in given.items() if isinstance(each.what, Index)}
    written, variables, mounts = "", [], []
    findings: list[Finding] = []
    for index in (index for index in indexes.values() if index.login):
        name = re.sub(r"[^A-Z0-9]", "_", f"UV_INDEX_{index.name.upper()}")
        each = given.get(index.name)
        login = each.login if each else None
        if login is None or not BRACED.search(login.partition(":")[2] or login):
            ids = [f"{name}_USERNAME", *([f"{name}_PASSWORD"] if index.login and index.login.password else [])]
            login = ":".join(f"${{{id_}}}" for id_ in ids)
            mounts += [f"--mount=type=secret,id={id_},required=true" for id_ in ids]
            line = each.line if each else None
            findings.append(kinds.SECRETS_NEEDED.at(facts.path, line, index=index.name, names=" and ".join(ids)))
        username, _, password = login.partition(":")
        variables += [f"{name}_USERNAME={_shell(facts, username)}"] if username else []
        variables += [f"{name}_PASSWORD={_shell(facts, password)}"] if password else []
        written += login
    names = frozenset(BRACED.findall(written))
    used = [mount for mount in _secrets(facts) if (found := _ID.search(mount)) and secret_variable(found[1]) in names]
    return Credentials(
        tuple(_arguments(facts, names)), (*mounts, *dict.fromkeys(used)), tuple(variables), tuple(findings)
    )


def _shell(facts: Facts, text: str) -> str:
    """Return a part of a login as the shell of the builder has to be told it."""
    secrets = {secret_variable(found[1]): found[1] for mount in _secrets(facts) if (found := _ID.search(mount))}
    known = {name for step in facts.stage.steps for name in step.arguments}

    def value(match: re.Match[str]) -> str:
        name = match[1]
        return f"${{{name}}}" if name in known else f"$(cat /run/secrets/{secrets.get(name, name)})"

    new = BRACED.sub(value, text)
    return f'"{new}"' if new != text or "$" in text else text


def _secrets(facts: Facts) -> Iterator[str]:
    """Yield the mounts of secrets of the steps that install, as they are written."""
    for index in facts.dependency_steps:
        for flag in facts.stage.steps[index].instruction.flags:
            if flag.name == "mount" and "type=secret" in (flag.value or ""):
                yield facts.dockerfile.text[flag.start : flag.end]


def _arguments(facts: Facts, names: frozenset[str]) -> Iterator[str]:
    """Yield what declares build arguments, as it is written first."""
    seen: set[str] = set()
    for step in facts.stage.steps:
        for pair in step.assigned if step.instruction.keyword == "ARG" else ():
            if pair.name in names - seen:
                seen.add(pair.name)
                yield facts.dockerfile.text[pair.start : pair.end]
