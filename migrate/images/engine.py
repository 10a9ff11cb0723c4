"""Docker, podman or buildah as a process: builds images, runs containers, and removes all that it made."""

import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from migrate.errors import MigrateError
from migrate.images.interrupts import undisturbed
from migrate.images.steps import Step, Watch
from migrate.process import Finished, ProgramMissing, TimedOut, run
from migrate.report.escape import masked, one_line

PROGRAMS = ("docker", "podman", "buildah")
_LONGEST_COMMAND = 600.0  # seconds for a command of the engine that is no build
_LONGEST_REMOVAL = 120.0
_NO_PROGRAM = re.compile(r'exec: "|executable')  # as runc and crun say that a program is none
_FULL = re.compile(r"no space left on device|disk quota exceeded", re.IGNORECASE)
# What a container may use: our questions need no rights, and no program of an image may fill this machine.
_LIMITS = ("--pids-limit", "4096", "--log-driver", "json-file", "--log-opt", "max-size=256m")
_NO_RIGHTS = ("--cap-drop", "ALL", "--cap-add", "DAC_READ_SEARCH", "--security-opt", "no-new-privileges")


class EngineFailed(MigrateError):
    """A command of the engine failed; the text is what it said last."""


class DiskFull(MigrateError):
    """There is no room for images or their copies."""


class BuildFailed(Exception):
    """The Dockerfile does not build; the text is the end of the build's output."""


@dataclass(frozen=True, slots=True)
class Build:
    """What a build is given beside its context, and how long it may take."""

    options: tuple[str, ...] = ()
    timeout: float = 3600.0


@dataclass(frozen=True, slots=True)
class Built:
    """A built image: its tag, the seconds that the build took, and its steps."""

    tag: str
    seconds: float
    steps: tuple[Step, ...]


@dataclass
class Engine:
    """One engine during one comparison. Everything that it makes has `name` in its tag or label.

    `secrets` are texts that no message may contain. `temporary` is the folder in which podman and buildah keep the
    cache mounts of builds; Docker keeps its own.
    """

    program: str
    builder: tuple[str, ...]
    secrets: frozenset[str] = frozenset()
    name: str = field(default_factory=lambda: f"uvmigrate-compare-{uuid4().hex[:12]}")
    scopes: list[str] = field(default_factory=list)
    temporary: Path | None = None

    @classmethod
    def found(cls, wanted: str | None = None, secrets: frozenset[str] = frozenset()) -> "Engine":
        """Return the engine that is wanted, else docker or podman, whichever answers first.

        Raises MigrateError if there is none, or none that answers.
        """
        refusal: MigrateError | None = None
        for program in (wanted,) if wanted else PROGRAMS[:2]:
            engine = _engine(program, secrets)
            try:
                engine.ask("version")
            except ProgramMissing:
                continue
            except MigrateError as error:
                refusal = refusal or MigrateError(f"{program} is installed, but its engine does not answer ({error})")
            else:
                return engine
        if refusal:
            raise refusal
        raise MigrateError(_missing(wanted))

    def run(self, *arguments: str | Path, timeout: float = _LONGEST_COMMAND) -> Finished:
        """Run a command of the engine to its end. Raises as `process.run` does, DiskFull if there is no room."""
        finished = self._process((self.program, *map(str, arguments)), timeout=timeout)
        if finished.returncode and _FULL.search(finished.stderr):
            raise DiskFull(f"the disk is full: {self._said(finished, _FULL)}")
        return finished

    def ask(self, *arguments: str | Path, timeout: float = _LONGEST_COMMAND) -> str:
        """Return what a command prints. Raises EngineFailed if it fails."""
        finished = self.run(*arguments, timeout=timeout)
        if finished.returncode:
            raise EngineFailed(f"{self.program} {arguments[0]}: {self._said(finished)}")
        return finished.stdout

    def build(self, name: str, dockerfile: Path, context: Path, wanted: Build, *, watch: Watch | None = None) -> Built:
        """Build an image and tag it with `name`. Raises BuildFailed, DiskFull, MigrateError."""
        tag = f"{self.name}:{name}"
        watch = watch or Watch()
        options = ("--progress", "plain") if self.program == "docker" else ("--format", "docker")
        files = ("--file", str(dockerfile), "--tag", tag, str(context))
        with watch:
            finished = self._process(
                (*self.builder, *options, *wanted.options, *files), timeout=wanted.timeout, watch=watch
            )
        if finished.returncode and _FULL.search(finished.stderr):
            raise DiskFull(f"the disk is full: the build says {self._said(finished, _FULL)}")
        if finished.returncode:
            raise BuildFailed(self._said(finished))
        return Built(tag, watch.seconds, watch.steps)

    def inspected(self, tag: str) -> Any:
        """Return what the engine says of an image."""
        return json.loads(self.ask("image", "inspect", tag))[0]

    def history(self, tag: str) -> str:
        """Return the commands that made an image, as the image itself records them."""
        return self.ask("history", "--no-trunc", "--format", "{{.CreatedBy}}", tag)

    @contextmanager
    def container(self, tag: str, options: Sequence[str] = (), command: Sequence[str] = ()) -> Iterator[str]:
        """Give a new container without a network, which is removed at the end."""
        fixed = ("create", "--label", self.name, "--network", "none", *_LIMITS)
        made = self.ask(*fixed, *options, tag, *command).split()[-1]
        try:
            yield made
        finally:
            with undisturbed():
                self.run("rm", "--force", "--volumes", made, timeout=_LONGEST_REMOVAL)

    def executed(
        self, tag: str, program: Sequence[str], *, user: str | None = None, timeout: float = 300.0
    ) -> Finished:
        """Run a program of an image to its end, without a network and without rights. Raises TimedOut."""
        entry, *rest = program
        options = ("--entrypoint", entry, *(("--user", user) if user else ()), *_NO_RIGHTS)
        with self.container(tag, options, rest) as container:
            return self.ended(container, timeout=timeout)

    def ended(self, container: str, *, timeout: float = 300.0) -> Finished:
        """Start a container and return what it left at its end. Raises TimedOut, EngineFailed."""
        started = self.started(container)
        if started.returncode:
            return started
        code = int(self.ask("wait", container, timeout=timeout).split()[-1])
        logs = self.run("logs", container)
        return Finished(code, logs.stdout, logs.stderr)

    def started(self, container: str) -> Finished:
        """Start a container; it fails if its program is none. Raises EngineFailed if the engine starts no container."""
        finished = self.run("start", container)
        if finished.returncode and not _NO_PROGRAM.search(finished.stderr):
            raise EngineFailed(f"{self.program} builds images but starts no container: {self._said(finished)}")
        return finished

    def remove_tag(self, tag: str) -> None:
        """Remove one image that was built here."""
        self.run("image", "rm", "--force", tag, timeout=_LONGEST_REMOVAL)

    def remove_everything(self, *, keep_images: bool = False) -> None:
        """Remove containers, images and cache mounts of this comparison."""
        with undisturbed():
            with suppress(MigrateError):
                if containers := self.run("ps", "--all", "--quiet", "--filter", f"label={self.name}").stdout.split():
                    self.run("rm", "--force", "--volumes", *containers, timeout=_LONGEST_REMOVAL)
            with suppress(MigrateError):
                if not keep_images and (tags := self.tags()):
                    self.run("image", "rm", "--force", *tags, timeout=_LONGEST_REMOVAL)
            with suppress(MigrateError):
                self._remove_stages()
            with suppress(MigrateError, ValueError):
                self._remove_cache_mounts()

    def tags(self) -> tuple[str, ...]:
        """Return the tags that this comparison has made; podman lists all other tags of the same images as well."""
        listed = self.run("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", "--filter", f"reference=*{self.name}")
        return tuple(tag for tag in listed.stdout.split() if self.name in tag)

    def _remove_stages(self) -> None:
        """Remove the images without a name that podman leaves of stages, as far as they have mounted our caches."""
        if self.program == "docker":
            return
        for image in self.run("image", "ls", "--quiet", "--filter", "dangling=true").stdout.split():
            if self.name in self.run("history", "--no-trunc", "--format", "{{.CreatedBy}}", image).stdout:
                self.run("image", "rm", "--force", image, timeout=_LONGEST_REMOVAL)

    def _remove_cache_mounts(self) -> None:
        if self.program != "docker" or not self.scopes:
            return
        caches = json.loads(self.run("system", "df", "--verbose", "--format", "{{json .BuildCache}}").stdout or "[]")
        for cache in caches:
            if any(scope in cache.get("Description", "") for scope in self.scopes):
                self.run("builder", "prune", "--force", "--all", "--filter", f"id={cache['ID']}")

    def _process(self, command: Sequence[str], *, timeout: float, watch: Watch | None = None) -> Finished:
        environment = os.environ | {"DOCKER_BUILDKIT": "1", "BUILDKIT_PROGRESS": "plain", "NO_COLOR": "1"}
        if self.program != "docker" and self.temporary:
            environment["TMPDIR"] = str(self.temporary)
        return run(command, cwd=Path("/"), environment=environment, show=watch, timeout=timeout)

    def _said(self, finished: Finished, about: re.Pattern[str] = re.compile("")) -> str:
        """Return the last thing that a failed command said, without secrets; only lines `about` something."""
        said = (finished.stderr or finished.stdout).splitlines()
        lines = [line for line in said if line.strip() and about.search(line)]
        text = one_line(" / ".join(line.strip() for line in lines[-3:]) or f"exit code {finished.returncode}")
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return masked(text)[-1500:]


def _engine(program: str, secrets: frozenset[str]) -> Engine:
    if Path(program).name == "buildah":  # builds but runs nothing; podman has the same store of images
        return Engine("podman", (program, "build"), secrets)
    return Engine(program, (program, "build"), secrets)


def _missing(wanted: str | None) -> str:
    if wanted == "buildah":
        return "buildah builds images but runs none; podman, which has the same images, is not installed or not on PATH"
    if wanted:
        return f"{wanted} is not installed or not on PATH"
    return "there is no engine to build images with: neither docker nor podman is installed"


__all__ = ["PROGRAMS", "Build", "BuildFailed", "Built", "DiskFull", "Engine", "EngineFailed", "TimedOut"]
