"""The names that a program imports from `migrate`."""

import subprocess
import sys
from pathlib import Path

import pytest
from example_projects import copied

import migrate
from migrate.migration import migrate as of_its_module


def test_public_names_are_those_of_their_modules(tmp_path: Path) -> None:
    assert migrate.migrate is of_its_module
    project = copied("worker", "before", tmp_path)
    plan = migrate.migrate(project, migrate.Options(lock=False))
    assert isinstance(plan, migrate.Plan)
    assert "pyproject.toml" in [change.path for change in plan.changes]


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="unknown"):
        _ = migrate.unknown


def test_import_of_the_package_imports_nothing_else_of_it() -> None:
    code = "import migrate, sys; print([name for name in sys.modules if name.startswith('migrate.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
