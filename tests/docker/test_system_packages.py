"""What becomes of apt's packages, built before and after: the programs work, without compilers in the runtime."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from engine import docker

from migrate.apply import apply
from migrate.migration import migrate

pytestmark = [pytest.mark.docker, pytest.mark.network]

# Prints the value of an expression in which `load` imports a module.
SHOW = "import importlib, sys\nprint(eval(sys.argv[1], {'load': importlib.import_module}))\n"
APT = "RUN apt-get update && apt-get install -y --no-install-recommends {} && rm -rf /var/lib/apt/lists/*\n"


@dataclass(frozen=True)
class Case:
    """A requirements file, a Dockerfile up to pip, and what the new image has: the words of builder and runtime."""

    requirements: str
    steps: str
    expression: str
    built: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    base: str = "python:3.11-slim-bookworm"


CASES = {
    "psycopg2": Case(
        "psycopg2==2.9.10\n",
        APT.format("gcc libc6-dev libpq-dev"),
        "load('psycopg2').extensions.libpq_version() > 100000",
        ("gcc", "libc6-dev", "libpq-dev"),
        ("libpq5",),
    ),
    "psycopg2-binary": Case(
        "psycopg2-binary==2.9.10\n",
        APT.format("build-essential libpq-dev"),
        "load('psycopg2').extensions.libpq_version() > 100000",
    ),
    "mysqlclient": Case(
        "mysqlclient==2.2.7\n",
        APT.format("gcc libc6-dev default-libmysqlclient-dev pkg-config"),
        "load('MySQLdb').get_client_info()",
        ("gcc", "default-libmysqlclient-dev", "pkg-config"),
        ("libmariadb3",),
    ),
    "full-image": Case(
        "--no-binary markupsafe\nmarkupsafe==3.0.2\n",
        "",
        "load('markupsafe._speedups').__file__.rpartition('/')[2]",
        base="python:3.11-bookworm",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_packages_work_without_what_built_them(name: str, tag: str, tmp_path: Path) -> None:
    case = CASES[name]
    (tmp_path / "requirements.txt").write_text(case.requirements, encoding="utf-8")
    (tmp_path / "show.py").write_text(SHOW, encoding="utf-8")
    text = f"FROM {case.base}\nWORKDIR /srv/shop\n{case.steps}COPY requirements.txt .\n"
    text += "RUN pip install -r requirements.txt\nCOPY show.py .\n"
    (tmp_path / "Dockerfile").write_text(text, encoding="utf-8")
    before = _says(tag, case.expression, tmp_path)
    plan = migrate(tmp_path)
    assert "Dockerfile" in {change.path for change in plan.changes}, plan.findings
    apply(tmp_path, plan.changes)
    builder, _, runtime = (tmp_path / "Dockerfile").read_text(encoding="utf-8").rpartition("\nFROM ")
    assert [word for word in case.built if word not in builder.split() or word in runtime.split()] == []
    assert [word for word in case.left if word not in runtime.split()] == []
    assert ("apt-get" in builder, "apt-get" in runtime) == (bool(case.built), bool(case.left))
    assert _says(tag, case.expression, tmp_path) == before
    if "slim" in case.base:
        assert _run(tag, "load('shutil').which('gcc')") == "None\n"


def _says(tag: str, expression: str, folder: Path) -> str:
    docker("build", "--tag", f"{tag}:now", folder)
    return _run(tag, expression)


def _run(tag: str, expression: str) -> str:
    container = docker("create", "--rm", "--network", "none", f"{tag}:now", "python", "show.py", expression).strip()
    return docker("start", "--attach", container)
