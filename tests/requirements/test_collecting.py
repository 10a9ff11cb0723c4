import pytest
from pip_oracle import repo_in_memory

from migrate.findings import requirements as kinds
from migrate.pyproject import uv_tables
from migrate.requirements import Outcome, Requirement, Requirements, read


def read_text(text: str) -> Requirements:
    return read(repo_in_memory(requirements__txt=text), "requirements.txt")


def comments(requirement: Requirement) -> tuple[tuple[str, ...], str | None, tuple[str, ...]]:
    return requirement.comments_above, requirement.comment, requirement.comments_below


def test_comments_stay_with_their_requirements() -> None:
    result = read_text(
        "# heading\n\n# web\nflask==1  # pinned\n    # via -r web.in\n\t# and more\n# db\n  # indented\npsycopg\n"
        "-r x  # base\nredis\n--pre  # early\n  # not redis's\ncelery\n\n# the end\n"
    )
    assert [comments(one) for one in result.requirements] == [
        (("# heading", "# web"), "# pinned", ("# via -r web.in", "# and more")),
        (("# db", "# indented"), None, ()),
        (("# base",), None, ()),
        (("# early", "# not redis's"), None, ("# the end",)),
    ]


def test_repeated_requirement_is_written_once_with_all_comments() -> None:
    result = read_text("Flask_X>=1,<2 # one\n# two\nflask.x <2,>=1 # three\nb\nflask-x<2,>=1 # one\n")
    assert [one.text for one in result.requirements] == ["Flask_X>=1,<2", "b"]
    assert [comments(one) for one in result.requirements] == [((), "# one # three", ()), (("# two",), None, ())]
    assert [line.outcome for line in result.lines] == [
        Outcome.CONVERTED,
        Outcome.NOTED,
        Outcome.CONVERTED,
        Outcome.NOTED,
    ]
    assert [line.result for line in result.lines] == ["Flask_X>=1,<2", "Flask_X>=1,<2", "b", "Flask_X>=1,<2"]
    assert {finding.code for finding in result.findings} == {kinds.REPEATED.code}
    assert not result.blocked


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a>=1", "a<2"),
        ("a>=1", "a>=1.5"),
        ("a", "a==1"),
        ("a==1", "a[x]==1"),
        ("a==1 ; os_name == 'nt'", "a==2 ; os_name != 'nt'"),
        ("a==1", "a==2 ; os_name == 'nt'"),
        ("a==1", "a==1.0"),
        ("a==1", "a==1 ; os_name == 'nt'"),
        ("a==1.0", "a==1.*"),
        ("a===1.0", "a==1"),
    ],
)
def test_several_lines_for_one_package_are_all_kept(first: str, second: str) -> None:
    result = read_text(f"{first}\n{second}\n")
    assert [one.text for one in result.requirements] == [first, second]
    assert not result.findings


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a==1", "A==2"),
        ("a>=2", "a<2"),
        ("a-b[x]==1", "A.B==1.1"),
        ("a===1.0", "a===1.0.0"),
        ("a==1 ; os_name == 'nt'", 'a==2 ; os_name=="nt"'),
    ],
)
def test_contradiction_is_blocked_at_the_later_line(first: str, second: str) -> None:
    result = read_text(f"{first}\nb\n{second}\n")
    (finding,) = result.findings
    assert (finding.code, finding.line) == (kinds.CONTRADICTION.code, 3)
    assert "requirements.txt:1" in finding.message
    assert [line.outcome for line in result.lines] == [Outcome.CONVERTED, Outcome.CONVERTED, Outcome.BLOCKED]
    assert result.lines[2].result is None
    assert result.blocked == {"requirements.txt"}


def test_repetition_of_a_blocked_line_is_blocked() -> None:
    result = read_text("a==1\na==2\na==2\n")
    assert [(finding.code, finding.line) for finding in result.findings] == [
        (kinds.CONTRADICTION.code, 2),
        (kinds.CONTRADICTION.code, 3),
    ]


def test_every_bad_line_is_named() -> None:
    result = read_text("a==\nb\n--use-feature=x\n-e .\nc = 1\n" + "x" * 70_000)
    assert [(finding.line, finding.code) for finding in result.findings] == [
        (1, kinds.INVALID.code),
        (3, kinds.OPTION.code),
        (4, kinds.ITSELF.code),
        (5, kinds.INVALID.code),
        (6, kinds.TOO_LONG.code),
    ]
    assert [line.number for line in result.lines] == [1, 2, 3, 4, 5, 6]
    assert [one.text for one in result.requirements] == ["b"]


def test_file_of_comments_requires_nothing() -> None:
    result = read_text("# nothing\n  # at all\n")
    assert (result.files, result.lines, result.requirements, result.findings) == (("requirements.txt",), (), (), ())


def test_many_lines_of_one_package_take_no_quadratic_time() -> None:
    result = read_text("".join(f"a!={number}  # {number}\n" for number in range(3000)))
    assert len(result.requirements) == 3000
    assert not result.findings


def test_places_that_markers_keep_apart_are_both_sources() -> None:
    result = read_text(
        "a @ https://pypi.example/a-1-cp311-none-linux_x86_64.whl ; sys_platform == 'linux'\n"
        "a @ git+https://pypi.example/a ; sys_platform == 'win32'\n"
        "a==1 ; sys_platform == 'darwin'\nb --config-settings x=1 --config-settings x=2 --config-settings y=3\n"
    )
    assert not result.findings
    tables = uv_tables(result)
    assert tables.sources["a"] == [
        {"url": "https://pypi.example/a-1-cp311-none-linux_x86_64.whl", "marker": "sys_platform == 'linux'"},
        {"git": "https://pypi.example/a", "marker": "sys_platform == 'win32'"},
    ]
    assert tables.settings == {"config-settings-package": {"b": {"x": ["1", "2"], "y": "3"}}}
