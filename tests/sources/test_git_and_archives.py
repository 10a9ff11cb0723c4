"""Packages from git repositories, folders and archives without a name, locked by the real uv from loopback."""

import subprocess
from pathlib import Path

import pytest
from conftest import RepoMaker
from indexes import folder, sdist, served, wheel
from plans import PYTHON, codes, locked, tables

from migrate.migration import migrate
from migrate.options import Options
from migrate.report.document import document

pytestmark = pytest.mark.usefixtures("own_cache")


def test_local_packages(repo_of: RepoMaker) -> None:
    name, data = wheel("demo", "1.0")
    files: dict[str, str | bytes] = PYTHON | {
        "Dockerfile": "FROM python:3.11-slim\nCOPY . .\nRUN pip install -r requirements.txt\n",
        "requirements.txt": f"--no-index\n-e ./lib\n./{name}\n",
        name: data,
        "lib/pyproject.toml": "[project]\nname = 'ledger'\nversion = '1.2'\ndependencies = ['demo']\n",
    }
    plan = migrate(repo_of(files).root)
    assert locked(plan) == {"demo": ("1.0", name), "ledger": ("1.2", "lib")}
    sources = tables(plan, "pyproject.toml")["tool"]["uv"]["sources"]
    assert sources == {"demo": {"path": name}, "ledger": {"path": "lib", "editable": True}}
    assert set(codes(plan)) & {"D314", "D325"} == {"D325"}
    assert {change.path for change in plan.changes} == {
        ".dockerignore", "Dockerfile", "pyproject.toml", "requirements.txt", "uv.lock",
    }  # fmt: skip


def repository(path: Path) -> str:
    """Make a repository of a package with the tag v1 at its first commit; return that commit."""
    (path / "lib").mkdir(parents=True)
    for version, file in (("1.0", "one"), ("2.0", "two")):
        for place in (path, path / "lib"):
            name = "demo" if place == path else "demo-lib"
            project = f"[project]\nname = '{name}'\nversion = '{version}'\n"
            (place / "pyproject.toml").write_text(project, encoding="utf-8")
        (path / file).touch()
        for command in (
            ["init", "-q", "-b", "main"],
            ["add", "-A"],
            ["-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", version],
            *([["tag", "v1"]] if version == "1.0" else []),
        ):
            subprocess.run(["git", *command], cwd=path, check=True)
    subprocess.run(["git", "update-server-info"], cwd=path, check=True)
    return subprocess.run(
        ["git", "rev-parse", "v1"], cwd=path, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.mark.parametrize("login", [None, "user:s3cret"])
@pytest.mark.parametrize(
    ("line", "locked_as"),
    [
        ("git+http://{host}/demo.git#egg=demo", ("demo", "2.0")),
        ("demo @ git+http://{host}/demo.git@v1", ("demo", "1.0")),
        ("demo @ git+http://{host}/demo.git@{commit}", ("demo", "1.0")),
        ("-e git+http://{host}/demo.git@main#egg=demo-lib&subdirectory=lib", ("demo-lib", "2.0")),
    ],
)
def test_git_repositories(
    repo_of: RepoMaker, tmp_path: Path, line: str, locked_as: tuple[str, str], login: str | None
) -> None:
    path = tmp_path / ".git/repository"
    commit = repository(path)
    with served(folder(path / ".git", "/demo.git"), login) as host:
        place = f"{login}@{host}" if login else host
        dockerfile = "FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n"
        text = f"--no-index\n{line.format(host=place, commit=commit)}\n"
        plan = migrate(repo_of(PYTHON | {"requirements.txt": text, "Dockerfile": dockerfile}).root)
    assert [(name, version) for name, (version, _) in locked(plan).items()] == [locked_as]
    assert "s3cret" not in document(plan)
    assert ("R161" in codes(plan)) == ("D314" in codes(plan)) == bool(login)
    texts = {change.path: change.after for change in plan.changes}
    assert "s3cret" not in str(texts)
    assert ("apt-get install -y --no-install-recommends git" in (texts.get("Dockerfile") or "")) != bool(login)


def unnamed_archive() -> tuple[str, bytes]:
    """Return a source archive whose file name says nothing, and which only a build names."""
    backend = "def prepare_metadata_for_build_wheel(folder, config_settings=None):\n"
    backend += "    import os\n    os.mkdir(folder + '/demo_lib-2.0.dist-info')\n"
    backend += "    with open(folder + '/demo_lib-2.0.dist-info/METADATA', 'w') as file:\n"
    backend += "        file.write('Metadata-Version: 2.1\\nName: demo-lib\\nVersion: 2.0\\n')\n"
    backend += "    return 'demo_lib-2.0.dist-info'\n"
    return "v2.tar.gz", sdist("demo_lib", "2.0", backend)[1]


@pytest.mark.parametrize("line", ["http://{host}/v2.tar.gz", "http://{host}/v2.tar.gz ; sys_platform == 'linux'"])
def test_uv_tells_the_name_of_an_archive(repo_of: RepoMaker, line: str) -> None:
    name, data = unnamed_archive()
    with served({f"/{name}": data}) as host:
        plan = migrate(repo_of(PYTHON | {"requirements.txt": f"--no-index\n{line.format(host=host)}\n"}).root)
        assert locked(plan) == {"demo-lib": ("2.0", f"http://{host}/v2.tar.gz")}
    assert [(f.line, "demo-lib" in f.message) for f in plan.findings if f.code == "R143"] == [(2, True)]
    sources = tables(plan, "pyproject.toml")["tool"]["uv"]["sources"]["demo-lib"]
    assert "egg" not in str(sources)


@pytest.mark.parametrize(
    "line", ["http://{host}/missing.tar.gz", "http://a:b@{host}/v2.tar.gz", "http://${{HOST}}/v2.tar.gz"]
)
def test_name_that_uv_cannot_tell_blocks(repo_of: RepoMaker, line: str) -> None:
    name, data = unnamed_archive()
    with served({f"/{name}": data}) as host:
        plan = migrate(repo_of(PYTHON | {"requirements.txt": f"--no-index\n{line.format(host=host)}\n"}).root)
    assert plan.changes == ()
    assert plan.has_errors
    assert "R143" not in codes(plan)


def test_uv_is_not_asked_without_a_lock(repo_of: RepoMaker) -> None:
    plan = migrate(repo_of({"requirements.txt": "http://127.0.0.1:9/v2.tar.gz\n"}).root, Options(lock=False))
    assert (plan.changes, codes(plan)) == ((), ["R138"])
