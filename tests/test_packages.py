"""Projects that setup.py describes: they stay installable."""

import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from conftest import RepoMaker
from plans import UNLOCKED, codes
from uv import find_uv_bin

from migrate.apply import apply
from migrate.migration import migrate
from migrate.plan import Plan

SETUP = (
    "from setuptools import setup\nfrom shop import VERSION\n"
    "setup(name='My-Shop', version=VERSION, description='Sells', py_modules=['shop'], install_requires=['six>=1.15'],\n"
    "      extras_require={'fast': ['toolz==0.12.1']}, entry_points={'console_scripts': ['shop=shop:main']})\n"
)
SHOP = "VERSION = '1.2'\n\n\ndef main():\n    print('open')\n"
PROJECT = {"setup.py": SETUP, "shop.py": SHOP}
DOCKERFILE = "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install {}\nCMD ['shop']\n"


def written(plan: Plan) -> dict[str, Any]:
    texts = {change.path: change.after for change in plan.changes}
    assert "pyproject.toml" in texts, plan.findings
    return tomllib.loads(texts["pyproject.toml"] or "")


@pytest.mark.parametrize(
    "files",
    [
        {"requirements.txt": "-e .\nrequests\n"},
        {"requirements.txt": "requests\n.\n"},
        {"requirements.txt": "requests\n", "Dockerfile": DOCKERFILE.format("-r requirements.txt . ")},
        {"requirements.txt": "requests\n", ".github/workflows/ci.yml": "- run: pip install -e .\n"},
        {"requirements.txt": "requests\n", "Makefile": "dev:\n\tpip3 install --upgrade '.[fast]'\n"},
    ],
)
def test_project_that_is_installed_stays_installable(repo_of: RepoMaker, files: dict[str, str]) -> None:
    data = written(migrate(repo_of(PROJECT | files).root, UNLOCKED))
    assert data["project"]["name"] == "My-Shop"
    assert sorted(data["project"]["dependencies"]) == ["requests", "six>=1.15"]
    assert data["project"]["dynamic"] == ["version", "description", "scripts"]
    assert data["project"]["optional-dependencies"] == {"fast": ["toolz==0.12.1"]}
    assert data["build-system"]["build-backend"] == "setuptools.build_meta:__legacy__"
    assert data.get("tool", {}).get("uv", {}).get("package") is None


def test_image_that_installs_only_the_project(repo_of: RepoMaker) -> None:
    plan = migrate(repo_of(PROJECT | {"Dockerfile": DOCKERFILE.format(".[fast]")}).root, UNLOCKED)
    assert written(plan)["project"]["dependencies"] == ["six>=1.15"]
    dockerfile = next(change.after or "" for change in plan.changes if change.path == "Dockerfile")
    assert "uv sync --locked --no-install-project --no-dev" in dockerfile
    assert "uv sync --locked --no-dev --extra fast --no-editable" in dockerfile


def test_pin_of_a_requirements_file_stands_for_what_the_project_requires(repo_of: RepoMaker) -> None:
    plan = migrate(repo_of(PROJECT | {"requirements.txt": "-e .\nsix==1.16.0\n"}).root, UNLOCKED)
    assert written(plan)["project"]["dependencies"] == ["six==1.16.0"]
    assert [line.result for line in plan.lines if line.path == "setup.py"] == ["six==1.16.0"]


def test_image_that_installs_a_file_with_the_project_in_it(repo_of: RepoMaker) -> None:
    files = {
        "requirements.txt": "-r base.txt\n",
        "base.txt": "-e .\n",
        "Dockerfile": DOCKERFILE.format("-r requirements.txt"),
    }
    plan = migrate(repo_of(PROJECT | files).root, UNLOCKED)
    dockerfile = next(change.after or "" for change in plan.changes if change.path == "Dockerfile")
    assert dockerfile.count("uv sync") == 2


def test_extra_of_a_requirements_file_is_part_of_it(repo_of: RepoMaker) -> None:
    files = {"requirements.txt": "six==1.16.0\n", "requirements-dev.txt": "-e .[fast,missing]\npytest\n"}
    plan = migrate(repo_of(PROJECT | files).root, UNLOCKED)
    assert written(plan)["project"]["dependencies"] == ["six==1.16.0"]
    assert written(plan)["dependency-groups"] == {"dev": ["toolz==0.12.1", "pytest"]}


def test_setup_py_that_reads_the_requirements_file_needs_it(repo_of: RepoMaker) -> None:
    setup = "from setuptools import setup\nsetup(name='p', install_requires=open('requirements.txt').read().split())\n"
    plan = migrate(repo_of({"setup.py": setup, "requirements.txt": "six\n-e .\n"}).root, UNLOCKED)
    assert written(plan)["project"]["dependencies"] == ["six"]
    assert written(plan)["build-system"]["build-backend"] == "setuptools.build_meta"
    assert {finding.path for finding in plan.findings if finding.code == "F501"} == {"requirements.txt"}
    assert not plan.has_errors


def test_project_that_nobody_installs_is_no_package(repo_of: RepoMaker) -> None:
    data = written(migrate(repo_of(PROJECT | {"requirements.txt": "six==1.16.0\n"}).root, UNLOCKED))
    assert data["tool"]["uv"] == {"package": False}
    assert data["build-system"]["requires"] == ["setuptools>=61"]
    assert data["project"]["dynamic"][0] == "version"


def test_old_tables_stay(repo_of: RepoMaker) -> None:
    old = "[build-system]\nrequires = ['setuptools>=40']\n\n[tool.black]\nline-length = 100\n"
    plan = migrate(repo_of(PROJECT | {"requirements.txt": "-e .\n", "pyproject.toml": old}).root, UNLOCKED)
    data = written(plan)
    assert data["build-system"] == {"requires": ["setuptools>=40"]}
    assert data["project"]["dependencies"] == ["six>=1.15"]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"requirements.txt": "requests\n"}, "P214"),
        ({"requirements.txt": "six==1.14\n"}, "P214"),
        ({"requirements.txt": "requests\n", "setup.py": "setup(name=x)\n"}, "P214"),
        ({"requirements.txt": "-e .\n", "setup.py": "setup(name=x)\n"}, "R139"),
        ({"requirements.txt": "-e .\n", "setup.py": SETUP.replace("toolz==", "toolz @ https://pypi.example/")}, "P214"),
        (
            {
                "requirements.txt": "requests\n",
                "setup.py": SETUP.replace("['six>=1.15']", "open('b.txt')"),
                "b.txt": "",
            },
            "P214",
        ),
        ({"requirements.txt": "-e .\n", "pyproject.toml": "[build-system]\nrequires=['setuptools<60']\n"}, "P212"),
        ({"requirements.txt": "-e .\n", "pyproject.toml": "[build-system]\nrequires=['x y']\n"}, "P212"),
        ({"requirements.txt": "-e .\n", "pyproject.toml": "[build-system]\nbuild-backend='flit'\n"}, "P212"),
        ({"requirements.txt": "-e .\n", "pyproject.toml": "[project]\nname='p'\nversion='1'\n"}, "R139"),
        ({"requirements.txt": "-e ..\n"}, "R135"),
    ],
)
def test_what_is_not_certain_blocks(repo_of: RepoMaker, files: dict[str, str], code: str) -> None:
    plan = migrate(repo_of(PROJECT | files).root, UNLOCKED)
    assert plan.changes == ()
    assert code in codes(plan)


def test_project_with_its_own_table_may_require_itself(repo_of: RepoMaker) -> None:
    old = (
        "[project]\nname = 'p'\nversion = '1'\nrequires-python = '>=3.11'\ndependencies = ['six']\n\n"
        "[project.optional-dependencies]\nfast = ['toolz']\n\n[build-system]\nrequires = ['flit_core']\n"
    )
    files = {"pyproject.toml": old, "requirements.txt": "-e .[fast]\nrequests\n"}
    plan = migrate(repo_of(files).root, UNLOCKED)
    assert written(plan)["project"]["dependencies"] == ["six", "toolz", "requests"]
    assert [line.result for line in plan.lines if line.path == "requirements.txt"] == ["[project]", "requests"]


@pytest.mark.network
def test_console_script_is_there_after_uv_sync(repo_of: RepoMaker, tmp_path: Path) -> None:
    repo = repo_of(PROJECT | {"requirements.txt": "-e .[fast]\n", "README.md": "x"})
    plan = migrate(repo.root)
    assert not plan.has_errors, plan.findings
    apply(repo.root, plan.changes, force=True)
    lock = (tmp_path / "uv.lock").read_text(encoding="utf-8")
    assert '[[package]]\nname = "my-shop"\nsource = { editable = "." }\n' in lock
    command = [find_uv_bin(), "sync", "--locked", "--no-dev"]
    synced = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert synced.returncode == 0, synced.stderr
    scripts = tmp_path / ".venv" / "bin"
    assert subprocess.run([scripts / "shop"], check=True, capture_output=True, text=True).stdout == "open\n"
    code = "import toolz, six; from importlib.metadata import version; print(version('my-shop'), toolz.__version__)"
    told = subprocess.run([scripts / "python", "-c", code], check=True, capture_output=True, text=True).stdout
    assert told.split() == ["1.2", "0.12.1"]
