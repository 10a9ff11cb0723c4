"""The two changes after which images are built again."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from migrate.images.contexts import Contexts
from migrate.images.edits import NotPossible, code_file, with_code_changed, with_dependency
from migrate.images.model import File, Listing
from migrate.lock.uv import Uv
from migrate.options import Options
from migrate.repo import Repo

LOCK = 'version = 1\nrequires-python = ">=3.9"\n'
PYPROJECT = '[project]\nname = "p"\nversion = "0"\nrequires-python = ">=3.9"\ndependencies = [\n    "idna==3.7",\n]\n'


def both(folder: Path, old: Mapping[str, str], new: Mapping[str, str]) -> Contexts:
    for side, files in (("old", old), ("new", new)):
        for path, text in files.items():
            file = folder / side / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        (folder / side).mkdir(exist_ok=True)
    return Contexts(Repo.read(folder / "old"), folder / "new", "Dockerfile", frozenset())


def holding(*texts: str) -> Listing:
    files = {f"/{n}": File("-", 0o644, 0, 0, hashlib.sha256(t.encode()).hexdigest()) for n, t in enumerate(texts)}
    return Listing(files)


def test_the_code_is_a_file_that_both_have_and_the_image_holds(tmp_path: Path) -> None:
    files = {"setup.py": "s", "tests/test_a.py": "t", "empty.py": "", "pkg/deep.py": "d", "b.py": "b", "new.py": "n"}
    contexts = both(tmp_path, files, files | {"new.py": "other"})
    assert code_file(contexts, holding("s", "t", "", "d", "b", "n")) == "b.py"
    assert code_file(contexts, holding("d")) == "pkg/deep.py"


@pytest.mark.parametrize("held", [(), ("s",), ("other",)])
def test_no_code_in_the_image(tmp_path: Path, held: tuple[str, ...]) -> None:
    contexts = both(tmp_path, {"setup.py": "s", "a.py": "a"}, {"setup.py": "s", "a.py": "a"})
    with pytest.raises(NotPossible, match="no Python file"):
        code_file(contexts, holding(*held))


def test_the_change_is_a_comment(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1")
    with_code_changed(tmp_path, "a.py", "3")
    assert (tmp_path / "a.py").read_text() == "x = 1\n\n# change 3\n"


def test_no_requirements_to_add_to(tmp_path: Path) -> None:
    with pytest.raises(NotPossible, match="installs no requirements file"):
        with_dependency(
            both(tmp_path, {}, {"pyproject.toml": PYPROJECT}),
            Uv.found(),
            Options(),
            {"toolz": "1", "iniconfig": "1", "six": "1", "itsdangerous": "1"},
        )


@pytest.mark.network
@pytest.mark.parametrize("hashed", [False, True])
def test_one_more_dependency(tmp_path: Path, *, hashed: bool) -> None:
    line = "idna==3.7" + (" --hash=sha256:" + "0" * 64 if hashed else "")
    contexts = both(tmp_path, {"requirements.txt": line}, {"pyproject.toml": PYPROJECT, "uv.lock": LOCK})
    old, new = with_dependency(contexts, Uv.found(), Options(), {"Toolz": "1"})
    assert old["requirements.txt"].startswith(f"{line}\niniconfig==1.1.1{' --hash=sha256:' if hashed else ''}")
    assert '    "iniconfig==1.1.1",\n' in new["pyproject.toml"]
    assert 'name = "iniconfig"' in new["uv.lock"]
    assert (contexts.new / "pyproject.toml").read_text() == PYPROJECT


@pytest.mark.network
def test_no_lock_with_one_more(tmp_path: Path) -> None:
    text = PYPROJECT.replace("idna==3.7", "idna==0.0.0.1")
    contexts = both(tmp_path, {"requirements.txt": "idna"}, {"pyproject.toml": text, "uv.lock": LOCK})
    with pytest.raises(NotPossible, match="finds no lock"):
        with_dependency(contexts, Uv.found(), Options(), {})


@pytest.mark.network
def test_a_package_without_a_wheel_is_locked_again(tmp_path: Path) -> None:
    lock = f'{LOCK}\n[[package]]\nname = "p"\nversion = "0"\nsource = {{ virtual = "." }}\n'
    text = PYPROJECT.replace("idna==3.7", "netifaces==0.11.0")
    contexts = both(tmp_path, {"requirements.txt": "netifaces"}, {"pyproject.toml": text, "uv.lock": lock})
    _, new = with_dependency(contexts, Uv.found(), Options(), {})
    assert 'name = "toolz"' in new["uv.lock"]


@pytest.mark.network
def test_the_project_itself_is_never_built(tmp_path: Path) -> None:
    lock = f'{LOCK}\n[[package]]\nname = "p"\nsource = {{ editable = "." }}\n'
    text = PYPROJECT.replace('version = "0"', 'dynamic = ["version"]') + "\n[build-system]\nrequires = []\n"
    setup = "import pathlib\npathlib.Path('ran').touch()\n"
    files = {"pyproject.toml": text, "uv.lock": lock, "setup.py": setup}
    contexts = both(tmp_path, {"requirements.txt": "idna"}, files)
    with pytest.raises(NotPossible, match="finds no lock"):
        with_dependency(contexts, Uv.found(), Options(), {})
    assert not (contexts.new / "ran").exists()
