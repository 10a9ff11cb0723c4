"""Whole files, valid and broken, against pip itself."""

from collections.abc import Iterator

import pip_oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.requirements import Requirement
from pip_oracle import repo_in_memory

from migrate.findings import requirements as kinds
from migrate.requirements import Outcome, Requirements, read

BLANKS = st.sampled_from(["", " ", "  ", "\t", " \\\n", "\\\n  "])
NAMES = st.sampled_from(["a", "Zope.Interface", "flask_x", "ruamel-yaml", "B2", "pip", "x.y"])
EXTRAS = st.sampled_from(["", "[x]", "[ x , Y-z ]", "[]"])
VERSIONS = st.sampled_from(["1", "1.0", "2.0rc1", "1!3", "1.0.post1", "1.0+local", "0"])
SPECIFIERS = st.one_of(
    st.tuples(st.sampled_from(["==", ">=", "<=", "<", ">", "!=", "~=", "==="]), BLANKS, VERSIONS).map("".join),
    st.sampled_from(["==1.*", "!= 1.*", "~= 1.4.2"]),
)
SPECIFIER_SETS = st.one_of(
    st.just(""),
    st.lists(SPECIFIERS, min_size=1, max_size=3).map(" , ".join),
    st.lists(SPECIFIERS, min_size=1, max_size=2).map(lambda specifiers: f"({','.join(specifiers)})"),
)
CLAUSES = st.sampled_from(
    ["python_version<'3.8'", 'sys_platform == "win32"', "os.name!='nt'", "extra == 'x'", "'linux' in sys_platform"]
)
MARKERS = st.one_of(
    st.just(""),
    st.just(" ;"),
    CLAUSES.map(";{}".format),
    st.tuples(CLAUSES, st.sampled_from(["and", "or"]), CLAUSES).map(lambda parts: " ; ({} {} {})".format(*parts)),
)
COMMENTS = st.sampled_from(["", " # why", "\t#", " # é [x] ; \\"])
ONE_LINE = st.tuples(BLANKS, NAMES, BLANKS, EXTRAS, BLANKS, SPECIFIER_SETS, BLANKS, MARKERS, COMMENTS).map("".join)
BROKEN = st.sampled_from(
    [
        "a=1",
        "a b",
        "[x]",
        "--pre",
        "-r",
        "-r gone",
        "- a",
        "a --hash=sha256:00",
        "a @ b",
        "./a",
        "${A}",
        "{{ a }}",
        "a>=1.*",
    ]
)
CUTS = st.tuples(ONE_LINE, st.integers(0, 40)).map(lambda cut: cut[0][: cut[1]])
NEWLINES = st.sampled_from(["\n", "\r\n", "\n\n", "\n  # indented\n", "\n# section\n"])


def files_of(lines: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(st.tuples(lines, NEWLINES).map("".join)).map("".join)


def read_text(text: str) -> Requirements:
    return read(repo_in_memory(requirements__txt=text), "requirements.txt")


@pytest.fixture(autouse=True, scope="module")
def _folder_without_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Stand in an empty folder, because pip looks on the disk for what a line might mean."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("empty"))
        yield


@settings(deadline=None)
@given(st.text() | files_of(ONE_LINE | BROKEN | CUTS))
def test_every_logical_line_is_accounted_for(text: str) -> None:
    result = read_text(text)
    assert [(line.number, line.text) for line in result.lines] == pip_oracle.logical_lines(text.removeprefix("\ufeff"))
    assert all((line.result is None) == (line.outcome is Outcome.BLOCKED) for line in result.lines)
    assert bool(result.blocked) == any(line.outcome is Outcome.BLOCKED for line in result.lines)


@settings(deadline=None)
@given(files_of(ONE_LINE | BROKEN | CUTS))
def test_each_line_is_read_as_pip_reads_it(text: str) -> None:
    for line in read_text(text).lines:
        if line.result is not None:
            if line.text != "--pre":
                assert Requirement(line.result) == pip_oracle.requirement(line.text)
        elif line.finding and line.finding.code == kinds.INVALID.code and "\\" not in line.text:
            try:
                assert isinstance(pip_oracle.requirement(line.text), pip_oracle.Ignored)
            except pip_oracle.Refused:
                continue


@settings(deadline=None)
@given(files_of(ONE_LINE))
def test_dependencies_are_those_of_pip(text: str) -> None:
    result = read_text(text)
    blocked = {line.number for line in result.lines if line.outcome is Outcome.BLOCKED}
    expected = {
        pip_oracle.requirement(line) for number, line in pip_oracle.logical_lines(text) if number not in blocked
    }
    assert {Requirement(one.text) for one in result.requirements if one.line not in blocked} == expected


@settings(deadline=None)
@given(files_of(ONE_LINE | BROKEN))
def test_no_comment_is_lost_where_something_is_required(text: str) -> None:
    result = read_text(text)
    kept = [
        comment
        for one in result.requirements
        for comment in (*one.comments_above, one.comment or "", *one.comments_below)
        if comment
    ]
    if result.requirements:
        for comment in ("# why", "# section", "# indented"):
            assert (comment in " ".join(kept)) == (comment in text)
