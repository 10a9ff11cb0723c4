"""Where packages come from, locked by the real uv from indexes and repositories on loopback."""

import pytest
from conftest import RepoMaker
from indexes import sdist, served, sha256, simple_index, wheel
from plans import PYTHON, codes, locked, tables

from migrate.migration import migrate
from migrate.report.document import document

pytestmark = pytest.mark.usefixtures("own_cache")


def test_default_index(repo_of: RepoMaker) -> None:
    with served(simple_index(wheel("demo", "1.0", "dep"), wheel("dep", "2.0"), wheel("dep", "3.0"))) as host:
        text = f"--index-url http://{host}/simple/\n--trusted-host {host}\n-c limits.txt\ndemo==1.0\n"
        plan = migrate(repo_of(PYTHON | {"requirements.txt": text, "limits.txt": "dep<3\n"}).root)
        url = f"http://{host}/simple"
    assert locked(plan) == {"demo": ("1.0", url), "dep": ("2.0", url)}
    uv = tables(plan, "pyproject.toml")["tool"]["uv"]
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
    uv = tables(plan, "pyproject.toml")["tool"]["uv"]
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


@pytest.mark.parametrize(
    ("name", "digest", "error"),
    [
        pytest.param("demo", None, [], id="right"),
        pytest.param("demo", "0" * 64, ["R166"], id="wrong"),
        pytest.param("more", "0" * 64, [], id="of a package that nothing requires"),
    ],
)
def test_hashes_of_constraints_are_checked_against_the_lock(
    repo_of: RepoMaker, name: str, digest: str | None, error: list[str]
) -> None:
    file, newer = wheel("demo", "1.0"), wheel("demo", "2.0")
    with served(simple_index(file, newer)) as host:
        files = {
            "requirements.txt": f"-i http://{host}/simple\n-c constraints.txt\ndemo\n",
            "constraints.txt": f"{name}==1.0 --hash=sha256:{digest or sha256(file[1])}\n",
        }
        plan = migrate(repo_of(PYTHON | files).root)
    assert [f.code for f in plan.findings if f.code in {"R131", "R166"}] == error
    assert bool(plan.changes) is not bool(error)
    assert error or locked(plan)["demo"][0] == ("1.0" if name == "demo" else "2.0")


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
    assert sha256(data) not in str(tables(plan, "uv.lock"))


def test_folder_of_wheels_instead_of_an_index(repo_of: RepoMaker) -> None:
    name, data = wheel("demo", "1.0")
    files: dict[str, str | bytes] = PYTHON | {
        "requirements.txt": "--no-index\n--find-links ./wheels\ndemo\n",
        f"wheels/{name}": data,
    }
    plan = migrate(repo_of(files).root)
    assert locked(plan) == {"demo": ("1.0", "wheels")}
    uv = tables(plan, "pyproject.toml")["tool"]["uv"]
    assert (uv["no-index"], uv["find-links"]) == (True, ["./wheels"])


def test_prereleases(repo_of: RepoMaker) -> None:
    with served(simple_index(wheel("demo", "1.0"), wheel("demo", "2.0rc1"))) as host:
        plan = migrate(repo_of(PYTHON | {"requirements.txt": f"-i http://{host}/simple\n--pre\ndemo\n"}).root)
    assert locked(plan)["demo"][0] == "2.0rc1"


def test_utf16_is_converted_and_left(repo_of: RepoMaker) -> None:
    with served(simple_index(wheel("demo", "1.0"))) as host:
        text = f"-i http://{host}/simple\r\ndemo==1.0\r\n".encode("utf-16")
        plan = migrate(repo_of(PYTHON | {"requirements.txt": text}).root)
    assert locked(plan)["demo"][0] == "1.0"
    assert "R103" in codes(plan)
    assert {change.path for change in plan.changes} == {"pyproject.toml", "uv.lock"}
