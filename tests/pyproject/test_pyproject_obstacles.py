import pytest
from projects import project_of

from migrate.findings import Kind, Severity
from migrate.findings import pyproject as kinds
from migrate.pyproject import Written, write


def findings(old: str, requirements: str = "a", **options: bool) -> list[tuple[str, int | None]]:
    """Return code and line of each finding, and see that nothing is written if one of them is more than a note."""
    result = write(old, project_of(requirements), **options)
    assert (result.text is None) == any(finding.severity is not Severity.INFO for finding in result.findings)
    assert {finding.path for finding in result.findings} <= {"pyproject.toml"}
    return [(finding.code, finding.line) for finding in result.findings]


@pytest.mark.parametrize(
    ("old", "kind", "line"),
    [
        ("x = 1\n[a\n", kinds.NOT_TOML, 2),
        ("x = 1\nx = 2\n", kinds.NOT_TOML, 2),
        ("x = 1\ny = [\n", kinds.NOT_TOML, 3),
        ("x = " + "[" * 5000, kinds.NOT_TOML, None),
        ("x = " + "1" * 5000, kinds.NOT_TOML, None),
        ("\ufeff\ufeff", kinds.NOT_TOML, 1),
        ("x = 1\ntool = 1", kinds.MALFORMED, 2),
        ("[[project]]", kinds.MALFORMED, 1),
        ("[tool]\nuv = 1", kinds.MALFORMED, 2),
        ("[project]\nname = 1", kinds.MALFORMED, 2),
        ("[project]\ndynamic = 'version'", kinds.MALFORMED, 2),
        ("[project]\ndynamic = [1]", kinds.MALFORMED, 2),
        ("[project]\nrequires-python = 3.8", kinds.MALFORMED, 2),
        ("[project]\nrequires-python = 'three'", kinds.MALFORMED, 2),
        (
            "[project]\n'requires\\u002dpython' = 'three'".replace(
                "'requires\\u002dpython'", '"requires\\u002dpython"'
            ),
            kinds.MALFORMED,
            None,
        ),
        ("[project]\ndependencies = 'b'", kinds.MALFORMED, 2),
        ("[project]\ndependencies = [{}]", kinds.MALFORMED, 2),
        ("[project]\ndependencies = ['b c']", kinds.MALFORMED, 2),
        ("[project.dependencies]\nb = '1'", kinds.MALFORMED, 1),
        ("project.name = 'x'", kinds.UNUSUAL_FORM, None),
        ("[tool.a]\n[[x]]\n[tool.b]\n[[tool.c]]\n", kinds.UNUSUAL_FORM, None),  # which tomlkit puts into another order
        ("project = {name = 'x'}", kinds.UNUSUAL_FORM, None),
        ("[project.urls]\na = 'b'", kinds.UNUSUAL_FORM, None),
        ("tool.uv.x = 1", kinds.UNUSUAL_FORM, None),
        ("[tool]\nuv.x = 1", kinds.UNUSUAL_FORM, None),
        ("[tool]\nuv = {x = 1}", kinds.UNUSUAL_FORM, None),
        ("[project]\nname = 'x'\ndynamic = ['dependencies']", kinds.DYNAMIC_DEPENDENCIES, 3),
        ("[x]\n[tool.poetry]", kinds.OTHER_MANAGER, 2),
        ("# tool.poetry\n[tool.poetry.dependencies]", kinds.OTHER_MANAGER, 2),
        ("[tool.pdm]", kinds.OTHER_MANAGER, 1),
        ("[tool.pixi.project]", kinds.OTHER_MANAGER, 1),
        ("[tool.rye]", kinds.OTHER_MANAGER, 1),
        ("[tool.hatch.envs.default]\ndependencies = ['b']", kinds.OTHER_MANAGER, 1),
        ("[tool.hatch.envs.test]\nextra-dependencies = ['b']", kinds.OTHER_MANAGER, 1),
        ("[tool.black]\n[build-system]\nrequires = ['setuptools']", kinds.METADATA_ELSEWHERE, 2),
        ("[project]\nname = 'x'\nrequires-python = '>=3.12'", kinds.PYTHON_CONTRADICTION, 3),
        ("[project]\nname = 'x'\nrequires-python = '<3.11'", kinds.PYTHON_CONTRADICTION, 3),
        ("[project]\nname = 'x'\nrequires-python = '==3.1.*'", kinds.PYTHON_CONTRADICTION, 3),
        ("[x]\nname = 1\n[project]\nname = 'A'", kinds.SELF_DEPENDENCY, 4),
        ("[project]\nname = 'b'\ndependencies = [\n  'A==2',\n]", kinds.DEPENDENCY_CONTRADICTION, 4),
        ("[project]\ndependencies = ['a[x]>1', 'a']", kinds.DEPENDENCY_CONTRADICTION, 2),
    ],
)
def test_obstacle(old: str, kind: Kind, line: int | None) -> None:
    assert findings(old, "a==1") == [(kind.code, line)]


@pytest.mark.parametrize(
    "old",
    [
        "[tool.hatch.envs.default]\nscripts = {}\n",
        "[tool.hatch.envs]\nx = 1\n",
        "[tool.hatch.build]\ndependencies = []\n",
        "[tool.poetry-dynamic-versioning]\n",
        "[x.tool.poetry]\n",
        "[project]\nname = 'b'\nrequires-python = '>=3.11.4'\n",
        "[project]\nname = 'b'\nrequires-python = '~=3.9'\n",
        "[project]\nname = 'b'\ndynamic = ['version', 'optional-dependencies']\n",
        "[project]\nname = 'b'\n[project.optional-dependencies]\nx = ['a==9']\n",
        "[project]\nname = 'a-b'\n",
    ],
)
def test_no_obstacle(old: str) -> None:
    assert findings(old, "a==1") == []


def test_python_of_the_image_may_be_unknown() -> None:
    old = "[project]\nname = 'x'\nversion = '1'\nrequires-python = '>=3.12'\n"
    assert write(old, project_of("a", python=None)).findings == ()


def test_every_obstacle_is_named() -> None:
    old = "[project]\nname = 'a'\nrequires-python = '<3'\ndependencies = ['b==1']\n[tool.pdm]\n"
    assert {code for code, _ in findings(old, "a\nb==2")} == {
        kinds.OTHER_MANAGER.code,
        kinds.PYTHON_CONTRADICTION.code,
        kinds.SELF_DEPENDENCY.code,
        kinds.DEPENDENCY_CONTRADICTION.code,
    }


def test_contradiction_names_both_places() -> None:
    (finding,) = write("[project]\ndependencies = ['a==1']\n", project_of("\na==2")).findings
    assert (finding.path, finding.line) == ("pyproject.toml", 2)
    assert "requirements.txt:2" in finding.message


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        ("[project]\nname = 'x'\nversion = '1'\n", [(kinds.ALREADY_UV.code, None)]),
        ("[project]\ndependencies = ['a==1']\n", [(kinds.ALREADY_UV.code, None)]),
        ("[project]\ndependencies = ['a==1', 'b']\n[tool.poetry]", [(kinds.OTHER_MANAGER.code, 3)]),
    ],
)
def test_project_with_a_lock_is_not_extended(old: str, expected: list[tuple[str, int | None]]) -> None:
    assert findings(old, "a\nb", is_locked=True) == expected


@pytest.mark.parametrize(
    "old", ["[project]\ndependencies = ['a==1', 'b']", "[project]\nname = 'x'\ndependencies = ['B', 'a']\n"]
)
def test_project_with_a_lock_that_has_all_stays(old: str) -> None:
    assert write(old, project_of("a\nb"), is_locked=True) == Written(old)


@pytest.mark.parametrize("old", [None, "", "[tool.black]\n"])
def test_lock_without_a_project_does_not_count(old: str | None) -> None:
    assert write(old, project_of("a"), is_locked=True) == write(old, project_of("a"))
