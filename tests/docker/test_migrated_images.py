"""The image of every example is built before and after its migration; both must be the same to whoever runs them."""

import json
import re
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from migrate.images.archive import saved
from migrate.images.differences import INSTALLERS
from migrate.images.dockerfiles import base_of
from migrate.images.engine import Build, Engine
from migrate.images.image import Image
from migrate.images.model import Answer, Status
from migrate.images.proofs import CLAIMS, Pair, prove
from migrate.images.starts import Probe, start

pytestmark = [pytest.mark.docker, pytest.mark.network]

EXAMPLES = Path(__file__).parents[2] / "examples"
# A build does not find the repositories of an example, which exist for this machine's git only.
MIGRATED = sorted(
    example.name
    for example in EXAMPLES.iterdir()
    if (example / "after" / "Dockerfile").exists() and not (example / "repositories").exists()
)


@dataclass(frozen=True)
class Example:
    """An example, a folder for copies of it, and the images of its two sides."""

    name: str
    folder: Path
    engine: Engine

    @property
    def source(self) -> Path:
        return EXAMPLES / self.name

    @cached_property
    def pair(self) -> Pair:
        base = self.folder / "base"
        base.mkdir()
        text = base_of((self.source / "before/Dockerfile").read_text(encoding="utf-8"))
        assert text is not None
        (base / "Dockerfile").write_text(text, encoding="utf-8")
        stands_on = self.built("base")
        before, after = self.built("before"), self.built("after")
        return Pair(before, after, stands_on, stands_on, self.migrated, self.pinned, {}, self.folder)

    @property
    def paths(self) -> list[str]:
        """What to ask the service for; empty: the program is a script."""
        file = self.source / "paths.txt"
        return file.read_text(encoding="utf-8").split() if file.exists() else []

    @property
    def pinned(self) -> frozenset[str]:
        """The installers that a requirements file names."""
        text = "\n".join(path.read_text(encoding="utf-8") for path in (self.source / "before").rglob("*.txt"))
        return frozenset(name for name in INSTALLERS if re.search(rf"(?m)^{name}\b", text))

    @property
    def migrated(self) -> frozenset[str]:
        """The files that the migration adds, changes or removes."""
        old, new = (_contents(self.source / side) for side in ("before", "after"))
        return frozenset(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))

    def built(self, side: str) -> Image:
        context = self.folder / side
        if not context.exists():
            shutil.copytree(self.source / side, context)
        tag = f"{self.name}-{side}"
        return Image(self.engine, self.engine.build(tag, context / "Dockerfile", context, Build()).tag)


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="session", params=MIGRATED)
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Example:
    return Example(request.param, tmp_path_factory.mktemp(request.param), engine)


def test_the_program_answers_the_same(example: Example) -> None:
    assert example.pair.old is not None
    if not example.paths:
        assert _script(example.pair.new) == _script(example.pair.old)
    for path in example.paths:
        old, new = (_answer(image, path) for image in (example.pair.old, example.pair.new))
        assert new == old


def _answer(image: Image, path: str) -> Answer:
    (port,) = image.config["ExposedPorts"]
    found = start(image, Probe(f"http://127.0.0.1:{port.removesuffix('/tcp')}{path}"))
    assert found.answer is not None, found.why
    return found.answer


def _script(image: Image) -> tuple[int, str]:
    with image.engine.container(image.tag) as container:
        finished = image.engine.ended(container)
    assert finished.stdout, finished.stderr
    return finished.returncode, finished.stdout


def test_the_health_check_passes(example: Example) -> None:
    check = example.pair.new.config.get("Healthcheck")
    if check is None:
        pytest.skip("the example has no health check")
    kind, command = check["Test"]
    assert kind == "CMD-SHELL"
    assert start(example.pair.new, Probe(command)).why == ""


@pytest.mark.parametrize("claim", sorted(CLAIMS.keys() - {"probe"}))
def test_it_is_proven(example: Example, claim: str) -> None:
    proof = prove(claim, example.pair)
    assert (proof.status, proof.differences) == (Status.PASSED, ())


def test_pip_knows_the_same_packages(example: Example) -> None:
    assert example.pair.old is not None
    command = ("pip", "--disable-pip-version-check", "list", "--format", "json")
    listed = json.loads(example.engine.executed(example.pair.old.tag, command).stdout)
    assert {package["name"]: package["version"] for package in listed} == example.pair.old.packages.versions


def test_a_change_of_the_code_leaves_the_layer_of_the_environment_alone(example: Example, tmp_path: Path) -> None:
    if "--no-editable" in (example.source / "after/Dockerfile").read_text(encoding="utf-8"):
        pytest.skip("the code of a project that is installed is a part of the environment")
    inside = f"{example.pair.environment}/"
    with saved(example.engine, example.pair.new.tag, tmp_path) as archive:
        layers = [digest for digest in archive.layers if any(path.startswith(inside) for path in archive.paths(digest))]
    assert len(layers) == 1
    context = example.folder / "after"
    source = min(path for path in context.rglob("*.py") if path.stat().st_size)
    source.write_text(source.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    edited = example.engine.build(f"{example.name}-edited", context / "Dockerfile", context, Build())
    digests = Image(example.engine, edited.tag).layers
    assert digests != example.pair.new.layers
    assert layers[0] in digests
