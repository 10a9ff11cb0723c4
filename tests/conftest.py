"""What tests of several areas share."""

import fcntl
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest
from engine import docker
from hypothesis import settings

from migrate.errors import MigrateError
from migrate.images.engine import Engine
from migrate.repo import Repo

settings.register_profile("no deadline", deadline=None)  # machines are shared and noisy
settings.load_profile("no deadline")

RepoMaker = Callable[[Mapping[str, str | bytes]], Repo]


@pytest.fixture
def repo_of(tmp_path: Path) -> RepoMaker:
    """Return a function that writes files below a new folder and reads them as a repository."""

    def make(files: Mapping[str, str | bytes]) -> Repo:
        for path, content in files.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Repo.read(tmp_path)

    return make


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """Give a stack for what has to end with the test."""
    with ExitStack() as opened:
        yield opened


@pytest.fixture
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give uv a cache of the test's own, and no settings of this machine."""
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setenv("UV_NO_CONFIG", "1")


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """Give an engine that answers; what it made is removed at the end."""
    try:
        found = Engine.found("docker")
    except MigrateError as error:
        if os.environ.get("UVMIGRATE_REQUIRE_DOCKER") == "1":
            pytest.fail(str(error))
        pytest.skip(str(error))
    found.name = f"uvmigrate-test-{uuid4().hex[:12]}"
    yield found
    found.remove_everything()


@pytest.fixture
def alone_with_images(engine: Engine) -> Iterator[None]:  # noqa: ARG001 - it must answer
    """Let no other test compare images meanwhile, as what they are making would be taken for left over."""
    with Path(tempfile.gettempdir(), "uvmigrate-tests-compare.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture
def tag() -> Iterator[str]:
    """Give a tag for images, which are removed afterwards; without an engine the test is skipped, or fails."""
    if subprocess.run(["docker", "version"], check=False, capture_output=True).returncode:
        if os.environ.get("UVMIGRATE_REQUIRE_DOCKER") == "1":
            pytest.fail("the Docker engine does not answer")
        pytest.skip("the Docker engine does not answer")
    tag = f"uvmigrate-test-{uuid4().hex[:8]}"
    yield tag
    if tags := docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", tag).split():
        docker("image", "rm", "--force", *tags)
