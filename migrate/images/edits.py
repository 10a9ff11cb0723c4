"""The two changes after which an image is built again: a line of code, and one more dependency."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import tomlkit
from packaging.utils import canonicalize_name

from migrate.errors import MigrateError
from migrate.images.contexts import Contexts, replaced
from migrate.images.model import Listing
from migrate.legacy import legacy
from migrate.lock.around import around
from migrate.lock.uv import Uv
from migrate.options import Options

# Small packages of pure Python without dependencies, for every Python in use; the first that is not there is added.
_ADDITIONS = (("toolz", "0.12.0"), ("iniconfig", "1.1.1"), ("six", "1.16.0"), ("itsdangerous", "2.0.1"))
_NOT_CODE = re.compile(r"(?:^|/)(?:setup|conftest|test_[^/]*|[^/]*_test)\.py$|(?:^|/)(?:tests?|docs|\.[^/]*)/")


class NotPossible(Exception):
    """The change cannot be made; the text says why."""


def code_file(contexts: Contexts, image: Listing) -> str:
    """Return a Python file of the project that the old image holds unchanged. Raises NotPossible if there is none."""
    held = {file.content for file in image.files.values()}
    files = (path for path in contexts.old.rglob("*.py") if path.is_file() and not path.is_symlink())
    names = sorted(
        (path.relative_to(contexts.old).as_posix() for path in files), key=lambda name: (name.count("/"), name)
    )
    for name in names:
        data = (contexts.old / name).read_bytes()
        is_same = (contexts.new / name).is_file() and (contexts.new / name).read_bytes() == data
        if data and is_same and not _NOT_CODE.search(name) and hashlib.sha256(data).hexdigest() in held:
            return name
    raise NotPossible("no Python file of the project is in the old image")


def with_code_changed(folder: Path, path: str, mark: str) -> None:
    """Add a comment to a Python file of a copy; `mark` makes it one that no cache has seen."""
    text = (folder / path).read_bytes().decode("utf-8", "surrogateescape")
    replaced(folder, path, f"{text.rstrip()}\n\n# change {mark}\n")


def with_dependency(
    contexts: Contexts, uv: Uv, options: Options, installed: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the files of the old and of the new project that one more dependency changes, as texts by path.

    Raises NotPossible if there is no requirements file to add it to, or no lock with it.
    """
    names = {canonicalize_name(name) for name in installed}
    addition = next(((name, version) for name, version in _ADDITIONS if name not in names), None)
    repo = contexts.legacy
    old = legacy(repo, uv.version, options)
    if addition is None or not old.given:
        raise NotPossible("the old image installs no requirements file")
    wanted = "==".join(addition)
    pyproject = tomlkit.parse((contexts.new / "pyproject.toml").read_text(encoding="utf-8"))
    project: Any = pyproject["project"]
    project.setdefault("dependencies", tomlkit.array()).append(wanted)
    text = tomlkit.dumps(pyproject)
    lock = _locked(contexts.new, uv, text, dict(around(repo, old.production)[0].environment))
    path = old.given[0]
    before = repo.text(path)
    hashes = _hashes(lock, addition[0]) if "--hash" in before else ()
    line = " ".join((wanted, *(f"--hash={each}" for each in hashes)))
    ended = before if before.endswith("\n") or not before else f"{before}\n"
    return {path: f"{ended}{line}\n"}, {"pyproject.toml": text, "uv.lock": lock}


def _locked(folder: Path, uv: Uv, pyproject: str, secrets: dict[str, str]) -> str:
    """Lock in the copy itself, where local packages are; they are not built, so no code of theirs runs."""
    old = {name: (folder / name).read_bytes() for name in ("pyproject.toml", "uv.lock")}
    replaced(folder, "pyproject.toml", pyproject)
    try:
        unbuilt = (f"--no-build-package={name}" for name in _local(old["uv.lock"].decode("utf-8")))
        finished = uv.run("lock", *unbuilt, folder=folder, secrets=secrets)
        if finished.returncode:
            said = finished.stderr.strip().splitlines() or ["no reason given"]
            raise NotPossible(f"uv finds no lock with one more dependency ({said[-1].strip()})")
        return (folder / "uv.lock").read_text(encoding="utf-8")
    except MigrateError as error:
        raise NotPossible(str(error)) from error
    finally:
        for name, data in old.items():
            (folder / name).write_bytes(data)


def _local(lock: str) -> Iterator[str]:
    """Yield the packages of a lock that come from folders and files, the project itself among them."""
    packages: Any = tomlkit.parse(lock).get("package", ())
    yield from (str(each["name"]) for each in packages if not {"registry", "git", "url"} & each["source"].keys())


def _hashes(lock: str, name: str) -> tuple[str, ...]:
    packages: Any = tomlkit.parse(lock)["package"]
    package = next(each for each in packages if each["name"] == name)
    files = [package["sdist"]] if "sdist" in package else []
    return tuple(str(file["hash"]) for file in (*files, *package.get("wheels", ())))
