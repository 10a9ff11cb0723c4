"""The image of every example is built before and after its migration; both must be the same to whoever runs them."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from uuid import uuid4

import differences
import pytest
from images import Image, answers, docker, why_no_docker

pytestmark = [pytest.mark.docker, pytest.mark.network]

EXAMPLES = Path(__file__).parents[2] / "examples"
MIGRATED = sorted(dockerfile.parents[1].name for dockerfile in EXAMPLES.glob("*/after/Dockerfile"))


@dataclass(frozen=True)
class Pair:
    """An example, a folder for copies of it, and the images of its two sides."""

    example: Path
    folder: Path
    prefix: str

    @cached_property
    def before(self) -> Image:
        return self.build("before")

    @cached_property
    def after(self) -> Image:
        return self.build("after")

    @cached_property
    def base(self) -> Image:
        """The base image: the Dockerfile as far as its first FROM."""
        text = (self.example / "before/Dockerfile").read_text(encoding="utf-8")
        start = re.match(r"(?s).*?^FROM [^\n]*\n", text, re.IGNORECASE | re.MULTILINE)
        assert start is not None
        context = self.folder / "base"
        context.mkdir()
        (context / "Dockerfile").write_text(start[0], encoding="utf-8")
        return Image.build(f"{self.prefix}:base", context)

    @property
    def paths(self) -> list[str]:
        """What to ask the service for; empty: the program is a script."""
        file = self.example / "paths.txt"
        return file.read_text(encoding="utf-8").split() if file.exists() else []

    @property
    def pinned(self) -> set[str]:
        """The installers that a requirements file names."""
        text = "\n".join(path.read_text(encoding="utf-8") for path in (self.example / "before").rglob("*.txt"))
        return {name for name in differences.INSTALLERS if re.search(rf"(?m)^{name}\b", text)}

    @property
    def migrated(self) -> set[str]:
        """The files that the migration adds, changes or removes, where COPY puts them in the image."""
        old, new = (_contents(self.example / side) for side in ("before", "after"))
        workdir = self.before.inspected["Config"]["WorkingDir"]
        return {f"{workdir}/{path}" for path in old.keys() | new.keys() if old.get(path) != new.get(path)}

    def build(self, side: str, tag: str = "") -> Image:
        context = self.folder / (tag or side)
        if not context.exists():
            shutil.copytree(self.example / side, context)
        return Image.build(f"{self.prefix}:{tag or side}", context)

    def remove_images(self) -> None:
        tags = docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", self.prefix).split()
        if tags:
            docker("image", "rm", "--force", *tags)


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def require_engine() -> None:
    reason = why_no_docker()
    if reason and os.environ.get("UVMIGRATE_REQUIRE_DOCKER") == "1":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="session", params=MIGRATED)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    require_engine()
    name: str = request.param
    pair = Pair(EXAMPLES / name, tmp_path_factory.mktemp(name), f"uvmigrate-test-{uuid4().hex[:8]}/{name}")
    yield pair
    pair.remove_images()


def test_the_program_answers_the_same(pair: Pair) -> None:
    if pair.paths:
        assert _service(pair.after, pair.paths) == _service(pair.before, pair.paths)
    else:
        assert _script(pair.after) == _script(pair.before)


def _service(image: Image, paths: list[str]) -> dict[str, list[str | int]]:
    (port,) = image.inspected["Config"]["ExposedPorts"]
    with image.serving() as container:
        return answers(container, port.removesuffix("/tcp"), paths)


def _script(image: Image) -> tuple[int, str]:
    finished = image.run()
    assert finished.stdout, finished.stderr
    return finished.returncode, finished.stdout


def test_the_health_check_passes(pair: Pair) -> None:
    check = pair.after.inspected["Config"].get("Healthcheck")
    if check is None:
        pytest.skip("the example has no health check")
    kind, *command = check["Test"]
    (port,) = pair.after.inspected["Config"]["ExposedPorts"]
    with pair.after.serving() as container:
        answers(container, port.removesuffix("/tcp"), pair.paths)
        docker("exec", container, *(["/bin/sh", "-c"] if kind == "CMD-SHELL" else []), *command)


def test_the_same_packages_are_installed(pair: Pair) -> None:
    assert differences.in_packages(pair.before.pip_list, pair.after.packages, pair.pinned) == []


def test_neither_installer_nor_compiler_nor_cache_is_left(pair: Pair) -> None:
    assert differences.in_leftovers(pair.after.files, pair.base.files) == []


def test_the_configuration_is_the_same(pair: Pair) -> None:
    before, after = pair.before.inspected["Config"], pair.after.inspected["Config"]
    assert differences.in_configuration(before, after, pair.after.environment) == []


def test_the_files_are_the_same(pair: Pair) -> None:
    found = differences.in_files(pair.before.files, pair.after.files, pair.after.environment, pair.migrated)
    assert found == []


def test_a_change_of_the_code_leaves_the_layer_of_the_environment_alone(pair: Pair, tmp_path: Path) -> None:
    inside = f"{pair.after.environment}/"
    layers = [
        digest
        for digest, paths in zip(pair.after.layers, pair.after.paths_by_layer(tmp_path), strict=True)
        if any(path.startswith(inside) for path in paths)
    ]
    assert len(layers) == 1
    context = pair.folder / "edited"
    shutil.copytree(pair.example / "after", context)
    source = min(path for path in context.rglob("*.py") if path.stat().st_size)
    source.write_text(source.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    edited = pair.build("after", "edited")
    assert edited.layers != pair.after.layers
    assert layers[0] in edited.layers
