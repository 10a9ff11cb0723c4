"""Golden Dockerfiles: each folder has one before, what becomes of it (nothing, if there is no after), and what is said.

Other files of its context that are changed are in `changed`. Run as a script it writes all of this anew.
"""

import json
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from migrate import requirements
from migrate.dockerfile.facts.facts import Target
from migrate.dockerfile.rewrite import rewritten
from migrate.findings import Finding
from migrate.lockfile import Lockfile
from migrate.options import Options
from migrate.plan import Plan
from migrate.repo import Repo
from migrate.report.terminal import preview

FOLDER = Path(__file__).parent / "dockerfiles" / "golden"
CASES = tuple(sorted(folder.parent.name for folder in FOLDER.glob("*/before.Dockerfile")))
CONTEXT = {
    "app.py": "print('hello')\n",
    "entrypoint.sh": '#!/bin/sh\nexec "$@"\n',
    "manage.py": "",
    "pip.conf": "[global]\nindex-url = https://pypi.example/simple\ntimeout = 60\n",
    "pyproject.toml": "[build-system]\n",
    "requirements-dev.txt": "-r requirements.txt\npytest\n",
    "requirements-docs.txt": "sphinx\n",
    "requirements-lint.txt": "ruff\n",
    "requirements.txt": "flask>=2\n",
    "requirements/local.txt": "-r ../requirements.txt\nipdb\n",
    "requirements/production.txt": "-r ../requirements.txt\n",
    "shop/__init__.py": "",
    "start.sh": "#!/bin/sh\npip install -r requirements.txt\nexec python app.py\n",
}
GROUPS = {"requirements-dev.txt": "dev", "requirements-lint.txt": "lint", "requirements/local.txt": "local"}


def target_in(folder: Path) -> Target:
    """Write the build context of all cases to a folder, and return what they are migrated to."""
    for name, text in CONTEXT.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    repo = Repo.read(folder)
    wanted = requirements.read(repo, "requirements.txt", "requirements/production.txt")
    return Target(repo, frozenset(wanted.files), "9.9.9", wanted.requirements, groups=GROUPS)


def target_of(case: str, target: Target) -> Target:
    """Return what a case is migrated to.

    One with "shared" in its name has other Dockerfiles beside it, the project of one with "project" can be installed,
    one with "git" has packages of a git repository, and everything in one with "constrained" is installed with
    constraints.txt; one with "local" needs the package in libs/shared, which may be "editable". `options.json` in its
    folder has the options that it is run with.
    """
    words = case.split("-")
    constraints = {"constraints.txt"} if "constrained" in case else set()
    return replace(
        target,
        converted=target.converted | constraints,
        constraints=frozenset(constraints),
        repo=_repo_of(case, target.repo),
        options=Options(**json.loads(text_of(case, "options.json") or "{}")),
        is_shared="shared" in case,
        is_package="project" in case,
        is_dynamic="dynamic" in case,
        name="application" if "repository" in case or "credentials" in case else "shop",
        needs_git="git" in words,
        local={"libs/shared": "editable" in words} if "local" in words else {},
        lock=_lock_of(case),
    )


def files_of(case: str, folder: str) -> dict[str, bytes]:
    """Return the files in a folder of a case, by their path in it."""
    start = FOLDER / case / folder
    return {path.relative_to(start).as_posix(): path.read_bytes() for path in start.rglob("*") if path.is_file()}


def _repo_of(case: str, shared: Repo) -> Repo:
    """Return the build context of a case: that of all cases, with the files in its folder `context` over it."""
    own = files_of(case, "context")
    return Repo(shared.root, shared.files.union(own), _data=own) if own else shared


def _lock_of(case: str) -> Lockfile | None:
    """Return the lock of a case with `locked.txt`, which has a package a line: its name and the names of its wheels.

    `name@bytes` is a wheel whose size the index tells. A line that begins with "requires-python" stands in the lock as
    it is.
    """
    written = text_of(case, "locked.txt").splitlines()
    if not written:
        return None
    about = "".join(f"{line}\n" for line in written if line.startswith("requires-python"))
    lines = [line.partition(":") for line in written if not line.startswith("requires-python")]
    needed = "".join(f'    {{ name = "{name}" }},\n' for name, _, _ in lines)
    lock = f'{about}[[package]]\nname = "app"\nsource = {{ virtual = "." }}\ndependencies = [\n{needed}]\n'
    for name, _, wheels in lines:
        files = "".join(f"    {_wheel(wheel)},\n" for wheel in wheels.split())
        lock += f'[[package]]\nname = "{name}"\nsource = {{ registry = "https://pypi.example/simple" }}\n'
        lock += f"wheels = [\n{files}]\n"
    return Lockfile(lock)


def _wheel(written: str) -> str:
    name, _, size = written.partition("@")
    return f'{{ url = "https://pypi.example/{name}"{f", size = {size}" if size else ""} }}'


def said(findings: tuple[Finding, ...]) -> str:
    """Return findings as the preview shows them."""
    return preview(Plan((), findings), colour=False, full_lock=False).removesuffix("Nothing to change.\n").strip("\n")


def text_of(case: str, name: str) -> str:
    """Return a file of a case with its own line endings; an empty text if there is none."""
    file = FOLDER / case / name
    return file.read_bytes().decode() if file.exists() else ""


def regenerate(case: str, target: Target) -> None:
    """Write what becomes of a case, and what is said."""
    before = text_of(case, "before.Dockerfile")
    result = rewritten("Dockerfile", before, target_of(case, target))
    after = result.text
    texts = {"after.Dockerfile": after if after != before else "", "findings.txt": said(result.findings)}
    rmtree(FOLDER / case / "changed", ignore_errors=True)
    for name, text in result.files.items():
        (FOLDER / case / "changed" / name).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / case / "changed" / name).write_bytes(text.encode())
    for name, text in texts.items():
        (FOLDER / case / name).unlink(missing_ok=True)
        if text:
            (FOLDER / case / name).write_bytes((text if text.endswith("\n") or text == after else f"{text}\n").encode())


if __name__ == "__main__":
    with TemporaryDirectory() as context:
        for each in CASES:
            regenerate(each, target_in(Path(context)))
