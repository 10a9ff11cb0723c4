"""Any old file and any requirements: what was there stays, what is new is right, and once more changes nothing."""

import tomllib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.requirements import Requirement
from projects import project_of, required

from migrate.findings import pyproject as kinds
from migrate.pyproject import Written, write

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
        assert [Requirement(one) for one in new_dependencies] == [one.spec for one in project.requirements]
    assert {Requirement(one).name for one in new_dependencies} >= {one.spec.name for one in project.requirements}
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
