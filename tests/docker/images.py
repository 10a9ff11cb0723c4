"""Docker images as values: built from a folder, asked what is in them, and how the program in them answers."""

import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

INSIDE = Path(__file__).parent / "inside"


class DockerError(Exception):
    """A docker command failed; the text is what it said last."""


def docker(*arguments: str | Path, stdin: str = "") -> str:
    """Return what a docker command prints on stdout. Raises DockerError if it fails."""
    finished = subprocess.run(
        ["docker", *arguments],
        check=False,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"DOCKER_BUILDKIT": "1"},
    )
    if finished.returncode:
        raise DockerError(f"docker {arguments[0]}: {finished.stderr[-4000:]}")
    return finished.stdout


def why_no_docker() -> str | None:
    """Return None if a Docker engine answers, else the reason why the tests cannot run."""
    if shutil.which("docker") is None:
        return "docker is not installed"
    try:
        docker("version")
    except DockerError as error:
        return f"the Docker engine does not answer ({str(error).strip()})"
    return None


@dataclass(frozen=True, slots=True)
class File:
    """A file of an image: type as `ls` shows it, permissions, owner, and SHA-256 or the target of a link."""

    type: str
    mode: int
    user: int
    group: int
    content: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of an image by absolute path, those that pip recorded, and those that a Debian package brought."""

    files: Mapping[str, File]
    pip: frozenset[str] = frozenset()
    debian: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Image:
    """A local image; what it says of itself is asked once."""

    tag: str

    @classmethod
    def build(cls, tag: str, context: Path) -> "Image":
        """Build the Dockerfile of a folder. Raises DockerError with the end of the build's output."""
        docker("build", "--progress", "plain", "--tag", tag, context)
        return cls(tag)

    @cached_property
    def inspected(self) -> Any:
        """What `docker image inspect` says."""
        return json.loads(docker("image", "inspect", self.tag))[0]

    @property
    def layers(self) -> tuple[str, ...]:
        """The digests of the layers, the base image's first."""
        return tuple(self.inspected["RootFS"]["Layers"])

    @cached_property
    def files(self) -> Listing:
        """What the file system holds; only the kernel's and the engine's own files and bytecode are left out."""
        listed = self._python("list_files.py", "--user", "0")
        files = {path: File(*entry) for path, entry in listed["files"].items()}
        return Listing(files, frozenset(listed["pip"]), listed["debian"])

    @cached_property
    def environment(self) -> str:
        """The folder of the environment to which the image's own `python` belongs."""
        return str(self._python("list_packages.py")["prefix"])

    @cached_property
    def packages(self) -> dict[str, str]:
        """Names and versions of what the image's own `python` can import."""
        return dict(self._python("list_packages.py")["packages"])

    @cached_property
    def pip_list(self) -> dict[str, str]:
        """Names and versions that `pip list` shows."""
        command = ("pip", "--disable-pip-version-check", "list", "--format", "json")
        listed = self.run(*command, options=["--entrypoint", ""])
        return {package["name"]: package["version"] for package in json.loads(listed.stdout)}

    def run(self, *command: str, options: Sequence[str] = (), stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run a container without a network to its end; return its exit code and output."""
        container = docker("create", "--rm", "--interactive", "--network", "none", *options, self.tag, *command).strip()
        return subprocess.run(
            ["docker", "start", "--attach", "--interactive", container],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Start the program as the image says, without a network, and give the container's id; it goes at the end."""
        container = docker("create", "--network", "none", self.tag).strip()
        try:
            docker("start", container)
            yield container
        finally:
            docker("rm", "--force", "--volumes", container)

    def paths_by_layer(self, folder: Path) -> list[list[str]]:
        """Return the absolute paths that each layer brings, in the order of `layers`; needs an empty `folder`."""
        archive = folder / "image.tar"
        docker("save", "--output", archive, self.tag)
        with tarfile.open(archive) as image:
            manifest = image.extractfile("manifest.json")
            assert manifest is not None
            return [_paths(image, name) for name in json.load(manifest)[0]["Layers"]]

    def _python(self, script: str, *options: str) -> Any:
        finished = self.run("-IB", "-", options=["--entrypoint", "python", *options], stdin=_source(script))
        if finished.returncode:
            raise DockerError(f"{script} in {self.tag}: {finished.stderr[-4000:]}")
        return json.loads(finished.stdout)


def answers(container: str, port: str, paths: Sequence[str]) -> dict[str, list[str | int]]:
    """Return status, content type and body for each path, asked inside a serving container.

    Raises DockerError with the container's log if the service does not answer.
    """
    try:
        command = ("exec", "--interactive", container, "python", "-IB", "-", port, *paths)
        printed = docker(*command, stdin=_source("ask.py"))
    except DockerError as error:
        raise DockerError(f"{error}\n{docker('logs', container)}") from error
    return dict(json.loads(printed))


def _source(script: str) -> str:
    return (INSIDE / script).read_text(encoding="utf-8")


def _paths(image: tarfile.TarFile, name: str) -> list[str]:
    layer = image.extractfile(name)
    assert layer is not None
    with tarfile.open(fileobj=layer) as entries:
        return [f"/{entry.name.removeprefix('./').rstrip('/')}" for entry in entries]
