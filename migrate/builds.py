"""Who builds which Dockerfile from which context: compose, bake files, workflows, and `docker build` in scripts."""

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import translate
from posixpath import basename, dirname, join
from typing import Any

from migrate.compose import Argument, line_of, load, mapping, services, within
from migrate.devcontainer import containers
from migrate.once import once
from migrate.repo import Repo
from migrate.text import line_at

_SCRIPTS = (
    "makefile", "gnumakefile", "*.mk", "justfile", "taskfile.yml", "taskfile.yaml", "*.sh", "*.bash", "jenkinsfile",
    "tasks.py", "noxfile.py", "tox.ini", ".gitlab-ci.yml", "*.md", "*.rst", "azure-pipelines.yml", "cloudbuild.yaml",
    "cloudbuild.yml", "package.json",
)  # fmt: skip
_SCRIPT = re.compile("|".join(map(translate, _SCRIPTS)))
_WORKFLOW = re.compile(r"(?:\.github/(?:workflows|actions/.+)|\.circleci|\.gitea/workflows)/[^/]+\.ya?ml")
_COMMAND = re.compile(
    r"\b(?:docker|podman|buildah)[ \t]+(?:buildx[ \t]+|image[ \t]+)?(?:build|bud)\b(?P<rest>[^\n|;&`\"]*)"
)
_BAKE_TARGET = re.compile(r'target\s+"(?P<name>[\w.-]+)"\s*\{(?P<body>(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}')
_BAKE_VALUE = re.compile(r'^\s*(?P<key>context|dockerfile|target)\s*=\s*"(?P<value>[^"\n]*)"', re.MULTILINE)
_BAKE_ARGUMENTS = re.compile(r"^\s*args\s*=\s*\{(?P<body>(?:[^{}]|\{[^{}]*\})*)\}", re.MULTILINE)
_BAKE_ARGUMENT = re.compile(r'"?(?P<name>\w+)"?\s*[=:]\s*"(?P<value>[^"\n]*)"')
# Options of `docker build` that have no value in the next word.
_SWITCHES = frozenset(
    {
        "--no-cache",
        "--pull",
        "--push",
        "--load",
        "--quiet",
        "-q",
        "--rm",
        "--force-rm",
        "--squash",
        "--compress",
        "--debug",
        "-D",
    }
)
_UNCLEAR = re.compile(r"[$`]|://|^git@|^- ")
_BUILDING_ACTION = re.compile(r"docker/build-push-action(?:@|$)")


@dataclass(frozen=True, slots=True)
class Build:
    """A place that builds an image; paths are of the repository, "" is its root.

    `target` is the stage that it asks for, by name or number, `args` are the build arguments that it gives.
    """

    dockerfile: str
    context: str
    path: str
    line: int
    target: str | None = None
    args: Mapping[str, Argument] = field(default_factory=dict)


@once
def builds(repo: Repo) -> tuple[Build, ...]:
    """Return all builds that files of a repository name with certain paths, in the order compose, bake, CI, scripts."""
    found = [*_of_services(repo)]
    for path in sorted(repo.files):
        name = basename(path).lower()
        if name.startswith("docker-bake") and name.endswith((".hcl", ".json")):
            found += _of_bake(path, repo.readable(path))
        elif _WORKFLOW.fullmatch(path):
            found += [*_of_workflow(path, repo.readable(path)), *_of_script(repo, path)]
        elif _SCRIPT.fullmatch(name):
            found += _of_script(repo, path)
    return tuple(build for build in found if build.dockerfile in repo.files)


def _of_services(repo: Repo) -> Iterator[Build]:
    for service in (*services(repo), *containers(repo)):
        if built := service.build:
            yield Build(built.dockerfile, built.context, service.path, built.line, built.target, built.args)


def _of_bake(path: str, text: str) -> Iterator[Build]:
    if path.endswith(".json"):
        try:
            targets = mapping(mapping(json.loads(text or "{}")).get("target"))
        except (ValueError, RecursionError):
            return
        found = [(mapping(value), 1) for value in targets.values()]
    else:
        found = [(_bake_values(match["body"]), line_at(text, match.start())) for match in _BAKE_TARGET.finditer(text)]
    for values, line in found:
        args = mapping(values.get("args"))
        said = _Said(path, line, values.get("context", "."), values.get("dockerfile"), values.get("target"), args)
        yield from said.builds(dirname(path), is_in_context=True)


def _bake_values(body: str) -> dict[str, Any]:
    values: dict[str, Any] = {each["key"]: each["value"] for each in _BAKE_VALUE.finditer(body)}
    block = _BAKE_ARGUMENTS.search(body)
    return values | {
        "args": {each["name"]: each["value"] for each in _BAKE_ARGUMENT.finditer(block["body"])} if block else {}
    }


@dataclass(frozen=True, slots=True)
class _Said:
    """What a place says of a build, as it stands there."""

    path: str
    line: int
    context: Any
    dockerfile: Any = None
    target: Any = None
    args: Mapping[str, Any] = field(default_factory=dict)

    def builds(self, folder: str, *, is_in_context: bool) -> Iterator[Build]:
        """Yield the build as seen from a folder, if its paths are certain.

        The Dockerfile is relative to the folder or, if it `is_in_context`, to the context.
        """
        name = self.dockerfile or "Dockerfile"
        if not isinstance(self.context, str) or not isinstance(name, str) or _UNCLEAR.search(f"{self.context} {name}"):
            return
        base = join(folder, self.context) if is_in_context or not self.dockerfile else folder
        context, dockerfile = within(join(folder, self.context)), within(join(base, name))
        if context is not None and dockerfile is not None:
            target = self.target if isinstance(self.target, str) else None
            args = {name: Argument(_certain(value), self.line) for name, value in self.args.items()}
            yield Build(dockerfile, context, self.path, self.line, target, args)


def _certain(value: Any) -> str | None:
    return value if isinstance(value, str) and not set("$`") & set(value) else None


def _of_workflow(path: str, text: str) -> Iterator[Build]:
    jobs = mapping(mapping(load(text)).get("jobs")) if "build-push-action" in text else {}
    for job in jobs.values():
        steps = mapping(job).get("steps")
        for position, step in enumerate(steps if isinstance(steps, list) else ()):
            if _BUILDING_ACTION.match(str(mapping(step).get("uses"))):
                given = mapping(mapping(step).get("with"))
                context = str(given.get("context", ".")).removeprefix("{{defaultContext}}:")
                lines = str(given.get("build-args") or "").splitlines()
                args = {
                    name.strip(): value for name, equals, value in (each.partition("=") for each in lines) if equals
                }
                said = _Said(path, line_of(steps, position), context, given.get("file"), given.get("target"), args)
                yield from said.builds("", is_in_context=False)


def _of_script(repo: Repo, path: str) -> Iterator[Build]:
    """Yield what `docker build` commands of a text build, from the root or from the folder of the text."""
    written = repo.readable(path)
    text = re.sub(r"\\\r?\n", lambda match: " " * len(match[0]), written)
    for match in _COMMAND.finditer(text):
        options, words = _words(match["rest"])
        if len(words) != 1:
            continue
        last = {name: values[-1] for name, values in options.items()}
        args = {
            name: value
            for name, equals, value in (each.partition("=") for each in options.get("--build-arg", ()))
            if equals
        }
        said = _Said(path, line_at(written, match.start()), words[0], last.get("-f"), last.get("--target"), args)
        seen = (build for folder in ("", dirname(path)) for build in said.builds(folder, is_in_context=False))
        yield from [build for build in seen if build.dockerfile in repo.files][:1]


def _words(rest: str) -> tuple[dict[str, list[str]], list[str]]:
    """Return the options of a `docker build`, each with its values, and its other words."""
    try:
        words = shlex.split(rest.partition(" #")[0])
    except ValueError:
        return {}, []
    options: dict[str, list[str]] = {}
    others: list[str] = []
    while words:
        word = words.pop(0)
        name, equals, value = word.partition("=")
        if not word.startswith("-") or word == "-":
            others.append(word)
        elif name not in _SWITCHES and (equals or words):
            options.setdefault("-f" if name == "--file" else name, []).append(value if equals else words.pop(0))
    return options, others
