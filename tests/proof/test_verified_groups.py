"""What `verify` says of dependency groups that images install: real uv, an index on loopback."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import uvmigrate
from verified import IMAGE, image, index_on_loopback, verified


@pytest.fixture(autouse=True)
def _index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with index_on_loopback(tmp_path_factory.mktemp("cache")):
        yield


def test_groups_that_images_install_are_compared(tmp_path: Path) -> None:
    files = {
        "Dockerfile": image("requirements.txt"),
        "requirements.txt": "dep==1.0\n",
        "dev.Dockerfile": image("requirements.txt", "requirements-dev.txt"),
        "requirements-dev.txt": "app\n",
        "docs.Dockerfile": image("requirements-docs.txt"),
        "requirements-docs.txt": "idle\n",
        "requirements-lint.txt": "app==2.0\n",
    }
    code, text = verified(tmp_path, files)
    assert text.splitlines() == [
        "Python 3.11, uv against the lock: 1 same, 0 changed, 0 added, 0 removed",
        "with dev: Python 3.11, uv against the lock: 2 same, 0 changed, 0 added, 0 removed",
        "only docs: Python 3.11, uv against the lock: 1 same, 0 changed, 0 added, 0 removed",
    ]
    assert code == 0


BESIDE = {"dev.Dockerfile": image("requirements.txt", "requirements-dev.txt"), "requirements-dev.txt": "dep<2\n"}
ALONE = {"worker.Dockerfile": image("requirements-worker.txt"), "requirements-worker.txt": "dep\n"}


@pytest.mark.parametrize(
    ("files", "head", "finding"),
    [
        ({"requirements.txt": "dep\n"} | BESIDE, "Python 3.11", "U426"),
        ({"requirements.txt": "elsewhere\n"}, "Python 3.11", "U427"),
        ({"requirements.txt": "dep<2\n"} | ALONE, "only worker: Python 3.11", "U428"),
    ],
)
def test_what_a_lock_for_more_than_an_image_moves_is_announced(
    tmp_path: Path, files: dict[str, str | bytes], head: str, finding: str
) -> None:
    code, text = verified(tmp_path, {"Dockerfile": IMAGE} | files)
    lines = text.splitlines()
    changed = [number for number, line in enumerate(lines) if line.startswith("  changed")]
    assert [lines[number] for number in changed] == [f"  changed  dep  2.0 → 1.0  (announced: {finding})"]
    assert lines[changed[0] - 1].startswith(head)
    assert code == 0


@pytest.mark.parametrize(
    "files", [{}, {"requirements-dev.txt": "app\ndep\n"} | {"dev.Dockerfile": BESIDE["dev.Dockerfile"]}]
)
def test_an_older_version_in_a_lock_is_not_announced(tmp_path: Path, files: dict[str, str | bytes]) -> None:
    verified(tmp_path, {"Dockerfile": IMAGE, "requirements.txt": "dep\n"} | files)
    lock = ("uv", "lock", "--upgrade-package", "dep<2")
    subprocess.run(lock, cwd=tmp_path, check=True, capture_output=True)
    after = uvmigrate("verify", "--fast", cwd=tmp_path)
    assert after.returncode == 1
    assert "  changed  dep  2.0 → 1.0\n" in after.stdout
