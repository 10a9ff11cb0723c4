"""What uv needs around a pyproject.toml to lock it: local packages, and the credentials that no file may hold."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from migrate.findings import Finding
from migrate.findings import indexes as kinds
from migrate.findings import requirements as requirements_kinds
from migrate.repo import Repo, UnreadableText
from migrate.requirements import Index, Login, Requirement, Requirements

_VARIABLE = re.compile(r"\$\{([A-Z0-9_]+)\}")


@dataclass(frozen=True, slots=True)
class Around:
    """Files of the repository by relative path, and variables for uv's environment, which may be secret."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)


class _Missing(Exception):
    """An environment variable that holds a name or password is not set; the text is its name."""


def around(repo: Repo, wanted: Requirements) -> tuple[Around, tuple[Finding, ...]]:
    """Return what uv needs to lock some requirements, and what there is to say: of severity error if it is not all."""
    files: dict[str, bytes] = {}
    environment: dict[str, str] = {}
    findings = [
        *_logins(wanted, environment),
        *(finding for one in wanted.requirements if (finding := _folder(repo, one, files))),
    ]
    for setting in wanted.settings:
        if setting.key == "find-links" and "://" not in str(setting.value):
            try:
                files |= {path: repo.data(path) for path in _below(repo, str(setting.value))}
            except UnreadableText as error:
                findings.append(requirements_kinds.LOCAL.at(wanted.files[0], reason=error))
    return Around(files, environment), tuple(findings)


def variable_of(index: Index) -> str:
    """Return the start of the names of the variables from which uv takes the credentials of an index."""
    return f"UV_INDEX_{re.sub(r'[^A-Z0-9]', '_', index.name.upper())}"


def _logins(wanted: Requirements, environment: dict[str, str]) -> Iterator[Finding]:
    repositories: list[tuple[str, str]] = []
    for index in wanted.indexes:
        path, line = _place(wanted, index)
        if index.login is None:
            continue
        variable = variable_of(index)
        try:
            username, password = _expanded(index.login)
        except _Missing as error:
            if f"{variable}_PASSWORD" not in os.environ and f"{variable}_USERNAME" not in os.environ:
                yield kinds.CREDENTIALS_MISSING.at(path, line, place=f"the index {index.name}", name=error)
                continue
        else:
            environment |= {f"{variable}_USERNAME": username, f"{variable}_PASSWORD": password}
        yield kinds.CREDENTIALS.at(path, line, name=index.name, variable=variable)
    for one in wanted.requirements:
        if one.source is None or one.source.login is None:
            continue
        try:
            username, password = _expanded(one.source.login)
        except _Missing as error:
            yield kinds.CREDENTIALS_MISSING.at(one.path, one.line, place=f"the repository of {one.text}", name=error)
            continue
        clean = one.source.login.url
        scheme, _, rest = clean.partition("://")
        user = quote(username, safe="") + (f":{quote(password, safe='')}" if password else "")
        repositories.append((f"url.{scheme}://{user}@{rest}.insteadOf", clean))
        yield kinds.CREDENTIALS_GIT.at(one.path, one.line, name=one.text)
    environment |= _git_configuration(repositories)


def _git_configuration(settings: list[tuple[str, str]]) -> dict[str, str]:
    """Return git's settings as variables, behind those that are set already."""
    if not settings:
        return {}
    known = os.environ.get("GIT_CONFIG_COUNT", "0")
    start = int(known) if known.isdecimal() else 0
    variables = {"GIT_CONFIG_COUNT": str(start + len(settings)), "GIT_TERMINAL_PROMPT": "0"}
    for number, (key, value) in enumerate(settings, start=start):
        variables |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return variables


def _expanded(login: Login) -> tuple[str, str]:
    def value(match: re.Match[str]) -> str:
        if match[1] not in os.environ:
            raise _Missing(match[1])
        return os.environ[match[1]]

    return _VARIABLE.sub(value, login.username), _VARIABLE.sub(value, login.password)


def _place(wanted: Requirements, index: Index) -> tuple[str, int]:
    named = (line for line in wanted.lines if f"[[tool.uv.index]] {index.name}" in (line.result or "").split(", "))
    line = next(named)
    return line.path, line.number


def _folder(repo: Repo, requirement: Requirement, files: dict[str, bytes]) -> Finding | None:
    if requirement.source is None or requirement.source.local is None:
        return None
    try:
        files |= {path: repo.data(path) for path in _below(repo, requirement.source.local)}
    except UnreadableText as error:
        return requirements_kinds.LOCAL.at(requirement.path, requirement.line, reason=error)
    return None


def _below(repo: Repo, path: str) -> list[str]:
    folder = path.removeprefix("./").rstrip("/")
    return [file for file in repo.files if file == folder or file.startswith(f"{folder}/")]
