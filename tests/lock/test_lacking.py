"""Wheels of one package that require different packages: real uv, an index on loopback."""

import json
from collections.abc import Iterator

import pytest
from conftest import RepoMaker
from indexes import served, sha256, wheel
from plans import locked

from migrate.migration import migrate
from migrate.plan import Plan

LARGE, SMALL = 50_000_000, 50_000
MAC, LINUX, ANY = "cp311-cp311-macosx_11_0_arm64", "cp311-cp311-manylinux_2_17_x86_64", "py3-none-any"


def index() -> dict[str, bytes]:
    """Return an index whose packages have wheels for two systems: `alike` and `unlike`, the latter large and small."""
    pages: dict[str, bytes] = {}

    def add(name: str, *wheels: tuple[str, int | None, tuple[str, ...]]) -> None:
        files = []
        for tag, size, requires in wheels:
            data = wheel(name, "1.0", *requires)[1]
            file = f"{name.replace('-', '_')}-1.0-{tag}.whl"
            pages[f"/files/{file}"] = data
            told = {} if size is None else {"size": size}
            files.append({"filename": file, "url": f"/files/{file}", "hashes": {"sha256": sha256(data)}} | told)
        page = {"meta": {"api-version": "1.1"}, "name": name, "versions": ["1.0"], "files": files}
        pages[f"/simple/{name}/"] = json.dumps(page).encode()

    add("unlike", (MAC, LARGE, ("base",)), (LINUX, LARGE, ("base", "viewer")))
    add("unlike-small", (MAC, SMALL, ()), (LINUX, SMALL, ("viewer",)))
    add("unlike-unknown", (MAC, None, ()), (LINUX, None, ("viewer",)))
    add("alike", (MAC, LARGE, ("base",)), (LINUX, LARGE, ("base",)))
    add("elsewhere", (MAC, LARGE, ("viewer",)), (LINUX, LARGE, ("base",)))
    add("broken", (MAC, LARGE, ()), (LINUX, LARGE, ("missing",)))
    add("viewer", (ANY, SMALL, ("deeper",)))
    add("deeper", (ANY, SMALL, ()))
    add("base", (ANY, SMALL, ()))
    return pages


@pytest.fixture
def _host(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with served(index()) as host:
        monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://{host}/simple")
        monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


def plan_of(repo_of: RepoMaker, *requirements: str) -> Plan:
    text = "\n".join(requirements)
    return migrate(repo_of({"requirements.txt": f"{text}\n", ".python-version": "3.11\n"}).root)


@pytest.mark.usefixtures("_host")
@pytest.mark.parametrize(
    ("name", "lacking", "count"), [("unlike", "viewer", 2), ("unlike-unknown", "viewer", 2), ("elsewhere", "base", 1)]
)
def test_what_only_the_wheel_for_linux_requires_is_told(
    repo_of: RepoMaker, name: str, lacking: str, count: int
) -> None:
    plan = plan_of(repo_of, f"{name}==1.0")
    assert lacking not in locked(plan), "uv takes the requirements from the other wheel"
    (finding,) = (one for one in plan.findings if one.code == "U431")
    assert finding.path == "uv.lock"
    assert f"{lacking} 1.0 (for {name})" in finding.message
    assert finding.message.endswith(f"{count} more")


@pytest.mark.usefixtures("_host")
@pytest.mark.parametrize(
    "requirements",
    [
        ("unlike==1.0", "viewer==1.0"),
        ("unlike-small==1.0",),
        ("alike==1.0",),
        ("broken==1.0",),
        ("base==1.0",),
        ("unlike==1.0 ; sys_platform == 'win32'", "base"),
    ],
    ids=["required anyway", "small", "alike", "no solution", "pure", "not on Linux"],
)
def test_nothing_is_told_where_nothing_lacks_or_that_is_not_looked_at(
    repo_of: RepoMaker, requirements: tuple[str, ...]
) -> None:
    plan = plan_of(repo_of, *requirements)
    assert locked(plan)
    assert [one.code for one in plan.findings if one.code == "U431"] == []
