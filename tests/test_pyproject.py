import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.requirements import Requirement as Specification

from migrate.findings import Kind, Severity
from migrate.findings import pyproject as kinds
from migrate.pyproject import NewProject, Written, project_name, write
from migrate.repo import Repo
from migrate.requirements import Requirements, read


def required(text: str) -> Requirements:
    repo = Repo(Path("/nowhere"), frozenset({"requirements.txt"}), _data={"requirements.txt": text.encode()})
    return read(repo, "requirements.txt")


def project_of(text: str, folder: str = "Shop", python: tuple[int, int] | None = (3, 11)) -> NewProject:
    return NewProject(folder, ">=3.11", required(text).requirements, python)


def added(old: str | None, requirements: str) -> str:
    """Return the text that is written, and see that writing once more changes nothing."""
    result = write(old, project_of(requirements))
    assert result.text is not None, result.findings
    assert write(result.text, project_of(requirements)) == Written(result.text)
    assert write(result.text, project_of(requirements), is_locked=True) == Written(result.text)
    return result.text


SHOP = """[project]
name = "shop"
version = "0.1.0"
requires-python = ">=3.11"
dependencies = [
    # web
    "Flask>=2,<3",  # pinned
    # via me
    "tzdata ; sys_platform == 'win32'",
    # the end
]

[tool.uv]
package = false
"""
REQUIREMENTS = '# web\nFlask>=2,<3 # pinned\n  # via me\ntzdata ; sys_platform=="win32"\n# the end\n'


@pytest.mark.parametrize("old", [None, ""])
def test_new_file(old: str | None) -> None:
    assert added(old, REQUIREMENTS) == SHOP


def test_new_file_without_dependencies() -> None:
    assert "\ndependencies = []\n" in added(None, "# nothing\n")


@pytest.mark.parametrize(
    ("old", "before", "after"),
    [
        ("[tool.black]\n", "", "\n[tool.black]\n"),
        ("[tool.black]", "", "\n[tool.black]"),
        ("# file\n\n[tool.black]\n", "# file\n\n", "\n[tool.black]\n"),
        ("# file\n\n# black\n# and more\n[tool.black]\n", "# file\n\n", "\n# black\n# and more\n[tool.black]\n"),
        ("# black\n[tool.black]\nx = 1 # y\n", "", "\n# black\n[tool.black]\nx = 1 # y\n"),
        ("\n\n  [[tool.x.y]]\na=1\n", "\n\n", "\n  [[tool.x.y]]\na=1\n"),
        ("[tool]\n[tool.a]", "", "\n[tool]\n[tool.a]"),
        ("# only\n", "# only\n\n", ""),
        ("# only", "# only\n\n", ""),
        ("\n", "\n", ""),
        ('x = """\n[tool]\n"""\n\n[tool.y]\n', 'x = """\n[tool]\n"""\n\n', "\n[tool.y]\n"),
    ],
)
def test_new_tables_stand_before_the_others(old: str, before: str, after: str) -> None:
    assert added(old, REQUIREMENTS) == before + SHOP + after


PACKAGE = "\n[tool.uv]\npackage = false\n"


COMPLETE = "[project]\nname='x'\nversion='1'\nrequires-python='>=3.8'\ndependencies=['a']\n[tool.uv]\npackage = true\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            '[project]\nname = "x" # n\nversion = "1" # v\nreadme = "y"\n\n# z\n[tool.z]\na = 1\n\n# end\n',
            '[project]\nname = "x" # n\nversion = "1" # v\nrequires-python = ">=3.11"\nreadme = "y"\ndependencies = [\n'
            '    "a",\n]\n\n# z\n[tool.z]\na = 1\n\n# end\n' + PACKAGE,
        ),
        (
            '[project]\nrequires-python=">=3.8"\n[project.urls]\na = "b"',
            '[project]\nname = "shop"\nversion = "0.1.0"\nrequires-python=">=3.8"\ndependencies = [\n    "a",\n]\n'
            '[project.urls]\na = "b"\n' + PACKAGE,
        ),
        (
            '[project]\nname="x"\ndynamic = ["version"]\nrequires-python=""\n[tool.uv] # u\n',
            (
                '[project]\nname="x"\ndynamic = ["version"]\nrequires-python=""\ndependencies = [\n    "a",\n]\n'
                "[tool.uv] # u\npackage = false\n"
            ),
        ),
        (
            "[project]\n\n[[tool.uv.index]]\nurl = 'u'",
            '[project]\nname = "shop"\nversion = "0.1.0"\nrequires-python = ">=3.11"\ndependencies = [\n    "a",\n]\n\n'
            "[[tool.uv.index]]\nurl = 'u'\n" + PACKAGE,
        ),
        (
            "[tool.uv]\nsources = {}\n\n[project]\nname='x'\nversion='1'\nrequires-python='>=3.8'",
            (
                "[tool.uv]\nsources = {}\npackage = false\n\n"
                "[project]\nname='x'\nversion='1'\nrequires-python='>=3.8'\ndependencies = [\n    \"a\",\n]\n"
            ),
        ),
        (
            "[project]\nname='x'\nversion='1'\nrequires-python='>=3.8'\n[build-system]\nrequires=[]\n",
            (
                "[project]\nname='x'\nversion='1'\nrequires-python='>=3.8'\ndependencies = [\n    \"a\",\n]\n"
                "[build-system]\nrequires=[]\n"
            ),
        ),
        (COMPLETE, COMPLETE),
        (
            "[tool.uv]\npackage = true\n\n[tool.b]\nx = nan\ny = 1979-05-27\n",
            (
                '[project]\nname = "shop"\nversion = "0.1.0"\nrequires-python = ">=3.11"\n'
                'dependencies = [\n    "a",\n]\n'
                "\n[tool.uv]\npackage = true\n\n[tool.b]\nx = nan\ny = 1979-05-27\n"
            ),
        ),
    ],
)
def test_only_what_is_missing_is_added(old: str, new: str) -> None:
    assert added(old, "a") == new
    assert added(old.replace("\n", "\r\n"), "a") == new.replace("\n", "\r\n")
    assert added("\ufeff" + old, "a") == "\ufeff" + new


HEAD = "[project]\nname='x'\nversion='1'\nrequires-python='>=3.8'\n"
TAIL = " # t\n[tool.uv]\npackage=false\n"


@pytest.mark.parametrize(
    ("old", "requirements", "new"),
    [
        ("[]", "a", '[\n    "a",\n]'),
        ("['b']", "a # c", "[\n    'b',\n    \"a\",  # c\n]"),
        ("[ 'b' , \"c;os_name=='#,]'\", ]", "a", "[\n    'b',\n    \"c;os_name=='#,]'\",\n    \"a\",\n]"),
        ("[\n  'b', # x\n  'c' # y\n]", "a", "[\n  'b', # x\n  'c', # y\n  \"a\",\n]"),
        ("[\n\t'b',\n\n\t# z\n\t]", "a", "[\n\t'b',\n\n\t# z\n\t\"a\",\n\t]"),
        ("['b',\n 'c']", "a", "['b',\n 'c',\n \"a\",\n]"),
        ("['b', # x\n]", "a", "['b', # x\n    \"a\",\n]"),
        ("[\n    # none\n]", "a", '[\n    # none\n    "a",\n]'),
        ("[\n]", "a", '[\n    "a",\n]'),
        ("[\"\"\"b\"\"\",\n'''c''']", "a", '["""b""",\n\'\'\'c\'\'\',\n"a",\n]'),
        ("['a']", "a", "['a']"),
        ("['a==1']", "# lost with its dependency\na", "['a==1']"),
        ("['A[x]>=2']", "a>=1", "['A[x]>=2']"),
        ("['a>=1']", "a==2", "[\n    'a>=1',\n    \"a==2\",\n]"),
        ("['a']", "a[x]", "[\n    'a',\n    \"a[x]\",\n]"),
        ("['a==1;os_name==\"nt\"']", "a==2", '[\n    \'a==1;os_name=="nt"\',\n    "a==2",\n]'),
        ("['a @ file:///a']", "a==2", "[\n    'a @ file:///a',\n    \"a==2\",\n]"),
        ("['b>1,<1', 'c']", "b", "['b>1,<1', 'c']"),
    ],
)
def test_dependencies_are_merged(old: str, requirements: str, new: str) -> None:
    text = f"{HEAD}dependencies = {old}{TAIL}"
    expected = f"{HEAD}dependencies = {new}{TAIL}"
    assert added(text, requirements) == expected
    assert added(text.replace("\n", "\r\n"), requirements) == expected.replace("\n", "\r\n")


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
    assert Specification(name).name == name
    assert name not in dependencies


def test_control_characters_do_not_break_the_file() -> None:
    text = added(None, "a # \x07\x7f\tx\na ; platform_version == '\x01\t\x7f\"'\n")
    assert tomllib.loads(text)["project"]["dependencies"][1] == "a ; platform_version == '\x01\t\x7f\"'"
    assert "# \ufffd\ufffd\tx" in text


NAMES = st.sampled_from(["a", "b", "C.d", "e_f"])
LINES = st.tuples(
    NAMES,
    st.sampled_from(["", "[x]", "==1", ">=1,<3", "!=1", "===1.0", "~=1.2"]),
    st.sampled_from(["", " ; os_name == 'nt'", ' ; platform_version == "it\'s" or extra == "q"']),
    st.sampled_from(["", " # why", ' # "]', "\n  # below", "\n# above"]),
).map("".join)
FILES = st.lists(LINES, max_size=6).map("\n".join).filter(lambda text: not required(text).blocked)
STRINGS = st.sampled_from(["''", '"x"', '"""\n[project]\n"""', "'''\r\n#'''", '"\\u0041"'])
VALUES = st.one_of(
    STRINGS,
    st.sampled_from(["1", "nan", "1.0", "true", "1979-05-27T07:32:00Z", "{}", "{ a = 1 }", "[]", "[\n[1], # x\n]"]),
)
KEYS = st.sampled_from(["a", "b", "'c d'", '"e"', "f.g"])
TRAILS = st.sampled_from(["\n", " # x\n", "\n\n", "\n# x\n", "\n\n# y\n\n", "\r\n"])
PAIRS = st.lists(st.tuples(KEYS, VALUES, TRAILS), max_size=3, unique_by=lambda pair: pair[0])
ARRAYS = st.sampled_from(
    ["[]", "['z']", "[\n  'z', # x\n]", "['z', \"y\"\n# x\n]", "['a',]", "['a==1', 'z']", "[ # x\n]"]
)
PROJECT_KEYS = st.fixed_dictionaries(
    {},
    optional={
        "name": st.just("'n'"),
        "version": st.just("'1'"),
        "requires-python": st.sampled_from(["'>=3.8'", "''"]),
        "readme": STRINGS,
        "dependencies": ARRAYS,
        "urls.x": STRINGS,
    },
)
HEADERS = ["[tool.a]", "[tool.b.c]", "[[tool.b.d]]", "[tool.uv]", "[[tool.uv.index]]", "[tool.uv.pip]", "[x]"]
PROJECT_HEADERS = [["[project]"], ["[project]", "[project.scripts]"], []]


@st.composite
def old_files(draw: st.DrawFn) -> str:
    """Draw a pyproject.toml with its tables in any order; some are broken."""
    headers = draw(st.lists(st.sampled_from(HEADERS), unique=True)) + draw(st.sampled_from(PROJECT_HEADERS))
    parts = [draw(st.sampled_from(["", "# file\n", "# file\n\n", "\n", "# file\n\n# and more\n"]))]
    for header in draw(st.permutations(headers)):
        pairs = draw(PAIRS)
        if header == "[project]":
            pairs = [(key, value, draw(TRAILS)) for key, value in draw(PROJECT_KEYS).items()]
        parts += [header, draw(TRAILS), *(f"{key} = {value}{trail}" for key, value, trail in pairs)]
    text = "".join(parts)
    return text.rstrip() if draw(st.booleans()) else text


def parsed(text: str) -> dict[str, Any]:
    return tomllib.loads(text, parse_float=str)


@settings(deadline=None)
@given(st.none() | old_files(), FILES)
def test_old_content_stays_and_new_content_is_right(old: str | None, requirements: str) -> None:
    try:
        before = parsed(old or "")
    except tomllib.TOMLDecodeError:
        assert write(old, project_of(requirements)).text is None
        return
    project = project_of(requirements)
    result = write(old, project)
    if result.text is None:
        assert {finding.code for finding in result.findings} == {kinds.DEPENDENCY_CONTRADICTION.code}
        return
    after = parsed(result.text)
    old_dependencies = before.get("project", {}).pop("dependencies", [])
    new_dependencies = after["project"].pop("dependencies", [])
    assert is_within(before, after)
    assert new_dependencies[: len(old_dependencies)] == old_dependencies
    if not old_dependencies:
        assert [Specification(one) for one in new_dependencies] == [one.spec for one in project.requirements]
    assert {Specification(one).name for one in new_dependencies} >= {one.spec.name for one in project.requirements}
    assert after["tool"]["uv"]["package"] is False
    assert all(line in result.text for line in (old or "").splitlines() if not line.startswith("dependencies"))
    assert write(result.text, project) == Written(result.text)


def is_within(before: object, after: object) -> bool:
    """Return whether all keys of one value are unchanged in another one, which may have more of them."""
    if isinstance(before, dict) and isinstance(after, dict):
        return all(key in after and is_within(value, after[key]) for key, value in before.items())
    return before == after


@settings(deadline=None)
@given(st.text())
def test_any_text_is_answered(old: str) -> None:
    result = write(old, project_of("a"))
    assert (result.text is None) == bool(result.findings)
