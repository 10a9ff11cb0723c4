"""An index for one family of packages, as PyTorch has for its builds without CUDA: versions with a local part."""

import os
import urllib.request

import pytest
from conftest import RepoMaker
from indexes import served, simple_index, wheel
from plans import tables

from migrate.migration import migrate
from migrate.plan import Plan

PYTHON = {".python-version": "3.11\n"}
REAL = os.environ.get("UVMIGRATE_TORCH_INDEX")  # the URL of PyTorch's index for CPU


def packages(plan: Plan) -> dict[str, tuple[str, str]]:
    return {
        one["name"]: (one["version"], one["source"]["registry"])
        for one in tables(plan, "uv.lock")["package"]
        if "registry" in one["source"]
    }


@pytest.mark.usefixtures("own_cache")
@pytest.mark.parametrize("line", ["torch==2.2.0+cpu", "torch==2.2.0", "torch"])
def test_build_for_cpu_stays_with_its_index(repo_of: RepoMaker, line: str) -> None:
    public = simple_index(wheel("torch", "2.2.0", "cuda", "sympy"), wheel("cuda", "12.1"), wheel("sympy", "1.12"))
    special = simple_index(wheel("torch", "2.2.0+cpu", "sympy"), wheel("torch", "2.1.0+cpu", "sympy"))
    with served(public) as first, served(special) as second:
        text = f"--index-url http://{first}/simple\n--extra-index-url http://{second}/simple\n{line}\nsympy==1.12\n"
        plan = migrate(repo_of(PYTHON | {"requirements.txt": text}).root)
    one, two = f"http://{first}/simple", f"http://{second}/simple"
    assert packages(plan) == {"torch": ("2.2.0+cpu", two), "sympy": ("1.12", one)}
    uv = tables(plan, "pyproject.toml")["tool"]["uv"]
    (index,) = (index for index in uv["index"] if index["url"] == two)
    assert index["explicit"] is True
    assert uv["sources"] == {"torch": {"index": index["name"]}}


@pytest.mark.network
@pytest.mark.skipif(REAL is None, reason="UVMIGRATE_TORCH_INDEX does not name PyTorch's index for CPU")
def test_real_index(repo_of: RepoMaker) -> None:
    url = str(REAL).rstrip("/")
    try:
        urllib.request.urlopen(f"{url}/torch/", timeout=10).close()  # noqa: S310 - a URL that the developer names
    except OSError as error:
        pytest.skip(f"{url} cannot be reached from here: {error}")
    text = f"--extra-index-url {url}\ntorch==2.2.0+cpu\n"
    plan = migrate(repo_of(PYTHON | {"requirements.txt": text}).root)
    assert packages(plan)["torch"] == ("2.2.0+cpu", url)
    assert not {name for name in packages(plan) if name.startswith("nvidia")}
