"""Where packages come from, locked by the real uv from indexes and repositories on loopback."""

import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from conftest import RepoMaker
from indexes import folder, sdist, served, sha256, simple_index, wheel

from migrate.migration import migrate
from migrate.options import Options
from migrate.plan import Plan
from migrate.report.document import document

PYTHON: dict[str, str | bytes] = {".python-version": "3.11\n"}


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setenv("UV_NO_CONFIG", "1")


def codes(plan: Plan) -> set[str]:
    return {finding.code for finding in plan.findings}


def after(plan: Plan, path: str) -> dict[str, Any]:
    texts = {change.path: change.after for change in plan.changes}
    assert texts, plan.findings
    return tomllib.loads(texts[path] or "")


def locked(plan: Plan) -> dict[str, tuple[str, str]]:
    return {
        one["name"]: (one["version"], next(iter(one["source"].values())))
        for one in after(plan, "uv.lock")["package"]
        if "virtual" not in one["source"]
    }


def test_default_index(repo_of: RepoMaker) -> None:
    with served(simple_index(wheel("demo", "1.0", "dep"), wheel("dep", "2.0"), wheel("dep", "3.0"))) as host:
        text = f"--index-url http://{host}/simple/\n--trusted-host {host}\n-c limits.txt\ndemo==1.0\n"
        plan = migrate(repo_of(PYTHON | {"requirements.txt": text, "limits.txt": "dep<3\n"}).root)
        url = f"http://{host}/simple"
    assert locked(plan) == {"demo": ("1.0", url), "dep": ("2.0", url)}
    uv = after(plan, "pyproject.toml")["tool"]["uv"]
    assert uv["index"] == [{"name": host.replace(".", "-").replace(":", "-"), "url": url, "default": True}]
    assert uv["constraint-dependencies"] == ["dep<3"]
    assert uv["allow-insecure-host"] == [host]
    assert {change.path for change in plan.changes if change.after is None} == {"requirements.txt", "limits.txt"}


def test_best_version_of_all_indexes_is_kept_and_bound(repo_of: RepoMaker) -> None:
    public = simple_index(wheel("demo", "2.0"), wheel("dep", "2.0"), wheel("other", "1.0", "dep"))
    private = simple_index(wheel("demo", "1.0"), wheel("internal", "1.0"))
    with served(public) as first, served(private) as second:
        text = f"-i http://{first}/simple\n--extra-index-url http://{second}/simple\ndemo\ninternal\nother\n"
        plan = migrate(repo_of(PYTHON | {"requirements.txt": text}).root)
    one, two = f"http://{first}/simple", f"http://{second}/simple"
    assert locked(plan) == {"demo": ("2.0", one), "dep": ("2.0", one), "other": ("1.0", one), "internal": ("1.0", two)}
    uv = after(plan, "pyproject.toml")["tool"]["uv"]
    (private_index,) = (index for index in uv["index"] if index["url"] == two)
    assert private_index["explicit"] is True
    assert uv["sources"] == {"internal": {"index": private_index["name"]}}
    assert "index-strategy" not in uv
    assert "R163" in codes(plan)


@pytest.mark.parametrize(("version", "is_written"), [("1.0", False), ("3.0", True)])
def test_index_that_gives_a_package_that_is_not_required_directly(
    repo_of: RepoMaker, version: str, *, is_written: bool
) -> None:
    public = simple_index(wheel("demo", "2.0"))
    private = simple_index(wheel("internal", "1.0", "hidden"), wheel("hidden", "1.0"), wheel("demo", version))
    with served(public) as first, served(private) as second:
        text = f"-i http://{first}/simple\n--extra-index-url http://{second}/simple\ndemo\ninternal\n"
        plan = migrate(repo_of(PYTHON | {"requirements.txt": text}).root)
    assert bool(plan.changes) == is_written
    assert ("R165" in codes(plan)) != is_written


@pytest.mark.parametrize("login", ["user:s3cret", "${PIP_USER}:${PIP_TOKEN}"])
def test_credentials_go_to_uv_and_nowhere_else(repo_of: RepoMaker, login: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_USER", "user")
    monkeypatch.setenv("PIP_TOKEN", "s3cret")
    with served(simple_index(wheel("demo", "1.0")), "user:s3cret") as host:
        plan = migrate(repo_of(PYTHON | {"requirements.txt": f"-i http://{login}@{host}/simple\ndemo\n"}).root)
    assert locked(plan) == {"demo": ("1.0", f"http://{host}/simple")}
    assert "s3cret" not in document(plan)
    (finding,) = (finding for finding in plan.findings if finding.code == "R160")
    assert f"UV_INDEX_{host.replace('.', '_').replace(':', '_')}_USERNAME" in finding.message


def test_index_without_its_credentials_blocks(repo_of: RepoMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PIP_TOKEN", raising=False)
    plan = migrate(repo_of(PYTHON | {"requirements.txt": "-i https://${PIP_TOKEN}@pypi.example/simple\ndemo\n"}).root)
    assert (plan.changes, [(f.line, "PIP_TOKEN" in f.message) for f in plan.findings if f.code == "R162"]) == (
        (),
        [(1, True)],
    )


def test_wrong_credentials_block_and_are_not_shown(repo_of: RepoMaker) -> None:
    with served(simple_index(wheel("demo", "1.0")), "user:s3cret") as host:
        plan = migrate(repo_of(PYTHON | {"requirements.txt": f"-i http://user:wr0ng@{host}/simple\ndemo\n"}).root)
    assert (plan.changes, "U414" in codes(plan)) == ((), True)
    assert "wr0ng" not in document(plan)


@pytest.mark.parametrize("is_right", [True, False])
def test_hashes_are_checked_against_the_lock(repo_of: RepoMaker, *, is_right: bool) -> None:
    file = wheel("demo", "1.0")
    digest = sha256(file[1]) if is_right else "0" * 64
    with served(simple_index(file)) as host:
        text = f"-i http://{host}/simple\n--require-hashes\ndemo==1.0 \\\n    --hash=sha256:{digest}\n"
        plan = migrate(repo_of(PYTHON | {"requirements.txt": text}).root)
    assert bool(plan.changes) == is_right
    assert [(f.code, f.line) for f in plan.findings if f.code == "R166"] == ([] if is_right else [("R166", 3)])


@pytest.mark.parametrize("is_replaced", [True, False])
def test_hash_of_a_file_that_is_gone(repo_of: RepoMaker, *, is_replaced: bool) -> None:
    file, more = wheel("demo", "1.0"), sdist("demo", "1.0", "raise SystemExit('a build that nobody asks for')")
    with served(simple_index(file, more) if is_replaced else simple_index(file)) as host:
        text = f"-i http://{host}/simple\ndemo==1.0 --hash=sha256:{sha256(file[1])} --hash=sha256:{'0' * 64}\n"
        plan = migrate(repo_of(PYTHON | {"requirements.txt": text}).root)
    told = {finding.code for finding in plan.findings} & {"R166", "R167"}
    assert (bool(plan.changes), told) == ((False, {"R166"}) if is_replaced else (True, {"R167"}))


def test_hash_of_a_file_for_another_python_is_known(repo_of: RepoMaker) -> None:
    old, data = wheel("demo", "1.0")
    old = old.replace("py3", "cp38").replace("none", "cp38").replace("any", "win32")
    other = wheel("demo", "1.0", "dep ; python_version < '3'")
    with served(simple_index((old, data), other)) as host:
        hashes = f"--hash=sha256:{sha256(data)} --hash=sha256:{sha256(other[1])}"
        plan = migrate(repo_of(PYTHON | {"requirements.txt": f"-i http://{host}/simple\ndemo==1.0 {hashes}\n"}).root)
    assert locked(plan)["demo"][0] == "1.0"
    assert sha256(data) not in str(after(plan, "uv.lock"))


def test_folder_of_wheels_instead_of_an_index(repo_of: RepoMaker) -> None:
    name, data = wheel("demo", "1.0")
    files: dict[str, str | bytes] = PYTHON | {
        "requirements.txt": "--no-index\n--find-links ./wheels\ndemo\n",
        f"wheels/{name}": data,
    }
    plan = migrate(repo_of(files).root)
    assert locked(plan) == {"demo": ("1.0", "wheels")}
    uv = after(plan, "pyproject.toml")["tool"]["uv"]
    assert (uv["no-index"], uv["find-links"]) == (True, ["./wheels"])


def test_prereleases(repo_of: RepoMaker) -> None:
    with served(simple_index(wheel("demo", "1.0"), wheel("demo", "2.0rc1"))) as host:
        plan = migrate(repo_of(PYTHON | {"requirements.txt": f"-i http://{host}/simple\n--pre\ndemo\n"}).root)
    assert locked(plan)["demo"][0] == "2.0rc1"


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
    sources = after(plan, "pyproject.toml")["tool"]["uv"]["sources"]
    assert sources == {"demo": {"path": name}, "ledger": {"path": "lib", "editable": True}}
    assert codes(plan) & {"D314", "D325"} == {"D325"}
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
    sources = after(plan, "pyproject.toml")["tool"]["uv"]["sources"]["demo-lib"]
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
    assert (plan.changes, codes(plan)) == ((), {"R138"})


def test_utf16_is_converted_and_left(repo_of: RepoMaker) -> None:
    with served(simple_index(wheel("demo", "1.0"))) as host:
        text = f"-i http://{host}/simple\r\ndemo==1.0\r\n".encode("utf-16")
        plan = migrate(repo_of(PYTHON | {"requirements.txt": text}).root)
    assert locked(plan)["demo"][0] == "1.0"
    assert "R103" in codes(plan)
    assert {change.path for change in plan.changes} == {"pyproject.toml", "uv.lock"}
