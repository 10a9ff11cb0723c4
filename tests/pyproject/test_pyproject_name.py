import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.requirements import Requirement
from projects import project_of

from migrate.findings import pyproject as kinds
from migrate.pyproject import project_name, write


@pytest.mark.parametrize(
    ("folder", "dependencies", "name"),
    [
        ("shop", [], "shop"),
        ("My Shop", [], "my-shop"),
        ("a__b..c--d", [], "a-b-c-d"),
        ("-shop-", [], "shop"),
        ("Café 2", [], "caf-2"),
        ("", [], "app"),
        ("...", [], "app"),
        ("店", [], "app"),
        ("flask", ["flask"], "flask-app"),
        ("Flask", ["flask", "flask-app"], "flask-app-app"),
        ("店", ["app"], "app-app"),
    ],
)
def test_name(folder: str, dependencies: list[str], name: str) -> None:
    assert project_name(folder, dependencies) == name


def test_name_of_a_dependency_is_not_taken() -> None:
    result = write(None, project_of("Zope.Interface", folder="zope_interface"))
    assert result.text is not None
    assert 'name = "zope-interface-app"' in result.text
    assert [finding.code for finding in result.findings] == [kinds.NAME_TAKEN.code]
    assert write(result.text, project_of("Zope.Interface", folder="zope_interface")).findings == ()


@settings(deadline=None)
@given(st.text(), st.lists(st.sampled_from(["app", "a", "a-app"])))
def test_every_name_is_valid(folder: str, dependencies: list[str]) -> None:
    name = project_name(folder, dependencies)
    assert Requirement(name).name == name
    assert name not in dependencies
