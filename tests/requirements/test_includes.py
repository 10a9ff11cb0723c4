from pathlib import Path

import pip_oracle
import pytest
from conftest import RepoMaker

from migrate.findings import Kind, Severity
from migrate.findings import requirements as kinds
from migrate.repo import Repo
from migrate.requirements import Outcome, read


def test_included_file_stands_in_the_place_of_the_line(repo_of: RepoMaker, tmp_path: Path) -> None:
    repo = repo_of(
        {
            "requirements.txt": "a\n-r requirements/web.txt\nz",
            "requirements/web.txt": "--requirement=./base.txt\nweb",
            "requirements/base.txt": "-r ../common/all.in\nbase",
            "common/all.in": "common",
            "base.txt": "not this one",
        }
    )
    result = read(repo, "requirements.txt")
    assert result.files == ("requirements.txt", "requirements/web.txt", "requirements/base.txt", "common/all.in")
    assert [one.text for one in result.requirements] == ["a", "common", "base", "web", "z"]
    assert [one.spec for one in result.requirements] == pip_oracle.requirements(tmp_path / "requirements.txt")
    assert [one.place for one in result.requirements][1] == "common/all.in:1"
    assert [line.result for line in result.lines if line.text.startswith("-")] == [
        "requirements/web.txt",
        "requirements/base.txt",
        "common/all.in",
    ]
    assert not result.findings
    assert not result.blocked


def test_file_that_is_included_twice_is_read_once(repo_of: RepoMaker, tmp_path: Path) -> None:
    repo = repo_of({"requirements.txt": "-r a.txt\n-r ./b.txt", "a.txt": "-r b.txt\na", "b.txt": "# b\nb"})
    result = read(repo, "requirements.txt")
    assert result.files == ("requirements.txt", "a.txt", "b.txt")
    assert {one.spec for one in result.requirements} == set(pip_oracle.requirements(tmp_path / "requirements.txt"))
    assert [one.text for one in result.requirements] == ["b", "a"]
    (finding,) = result.findings
    assert (finding.code, finding.path, finding.line) == (kinds.INCLUDED_AGAIN.code, "requirements.txt", 2)
    assert [line.outcome for line in result.lines][-1] is Outcome.NOTED
    assert not result.blocked


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("missing.txt", kinds.INCLUDE_MISSING),
        ("folder", kinds.INCLUDE_MISSING),
        ("''", kinds.INCLUDE_MISSING),
        ("'a\0b'", kinds.INCLUDE_MISSING),
        ("=base.txt", kinds.INCLUDE_MISSING),
        (".venv/base.txt", kinds.INCLUDE_MISSING),
        ("link.txt", kinds.INCLUDE_LINK),
        ("linked/base.txt", kinds.INCLUDE_LINK),
        ("../base.txt", kinds.INCLUDE_OUTSIDE),
        ("folder/../../base.txt", kinds.INCLUDE_OUTSIDE),
        ("..", kinds.INCLUDE_OUTSIDE),
        ("/etc/passwd", kinds.INCLUDE_OUTSIDE),
        ("//etc/passwd", kinds.INCLUDE_OUTSIDE),
        ("https://files.example/base.txt", kinds.INCLUDE_URL),
        ("HTTP://files.example/base.txt", kinds.INCLUDE_URL),
        ("file:base.txt", kinds.INCLUDE_URL),
        ("requirements.txt", kinds.INCLUDE_CYCLE),
        ("folder/../requirements.txt", kinds.INCLUDE_CYCLE),
        ("folder/back.txt", kinds.INCLUDE_CYCLE),
    ],
)
def test_include_is_refused(repo_of: RepoMaker, tmp_path: Path, target: str, kind: Kind) -> None:
    repo_of(
        {
            "project/requirements.txt": f"a\n-r {target}\nb",
            "project/folder/back.txt": "-r ../requirements.txt",
            "project/.venv/base.txt": "x",
            "base.txt": "outside",
        }
    )
    (tmp_path / "project/link.txt").symlink_to(tmp_path / "base.txt")
    (tmp_path / "project/linked").symlink_to(tmp_path)
    result = read(Repo.read(tmp_path / "project"), "requirements.txt")
    (finding,) = result.findings
    assert finding.code == kind.code
    assert finding.severity is Severity.ERROR
    assert result.blocked == {finding.path}
    assert [one.text for one in result.requirements] == ["a", "b"]


def test_a_project_may_include_files_of_its_repository(repo_of: RepoMaker) -> None:
    repo = repo_of(
        {
            "services/api/requirements.txt": "-c ../../constraints.txt\n-r ../base.txt\napi",
            "services/base.txt": "-r ../common/all.txt\nbase",
            "common/all.txt": "common",
            "constraints.txt": "base==1",
        }
    )
    result = read(repo.below("services/api"), "requirements.txt")
    assert [one.text for one in result.requirements] == ["common", "base", "api"]
    assert [one.text for one in result.constraints] == ["base==1"]
    assert result.files == ("requirements.txt", "../../constraints.txt", "../base.txt", "../../common/all.txt")
    assert not result.findings


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("../../missing.txt", kinds.INCLUDE_MISSING),
        ("../other/link.txt", kinds.INCLUDE_LINK),
        ("../../linked/base.txt", kinds.INCLUDE_LINK),
        ("../../../base.txt", kinds.INCLUDE_OUTSIDE),
        ("../../../whole/constraints.txt", kinds.INCLUDE_OUTSIDE),
        ("../api/requirements.txt", kinds.INCLUDE_CYCLE),
    ],
)
def test_a_project_includes_nothing_outside_of_its_repository(
    repo_of: RepoMaker, tmp_path: Path, target: str, kind: Kind
) -> None:
    repo_of(
        {
            "whole/services/api/requirements.txt": f"a\n-r {target}\nb",
            "whole/services/other/app.py": "",
            "whole/constraints.txt": "x",
            "base.txt": "outside",
        }
    )
    (tmp_path / "whole/services/other/link.txt").symlink_to(tmp_path / "base.txt")
    (tmp_path / "whole/linked").symlink_to(tmp_path)
    result = read(Repo.read(tmp_path / "whole").below("services/api"), "requirements.txt")
    (finding,) = result.findings
    assert (finding.code, finding.severity) == (kind.code, Severity.ERROR)
    assert [one.text for one in result.requirements] == ["a", "b"]


def test_deep_nesting(repo_of: RepoMaker) -> None:
    files = {f"{number}.txt": f"-r {number + 1}.txt\npackage{number}" for number in range(1500)}
    result = read(repo_of(files | {"1500.txt": "last"}), "0.txt")
    assert len(result.files) == 1501
    assert result.requirements[0].text == "last"
    assert not result.findings


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xfea", kinds.UNREADABLE),
        ("# \xe9\na\n".encode("latin-1"), kinds.UNREADABLE),
        ("a\n# coding=utf-16\n", kinds.OTHER_ENCODING),
        (b"# coding: ascii\n# \xe9\na\n", kinds.UNREADABLE),
        ("# coding: no-such-thing\na\n", kinds.OTHER_ENCODING),
        ("# coding: rot13\na\n", kinds.OTHER_ENCODING),
    ],
)
def test_file_in_another_encoding_is_blocked(repo_of: RepoMaker, content: str | bytes, kind: Kind) -> None:
    result = read(repo_of({"requirements.txt": "-r base.txt\nb", "base.txt": content}), "requirements.txt")
    assert result.files == ("requirements.txt",)
    assert [(finding.code, finding.path, finding.line) for finding in result.findings] == [
        (kind.code, "base.txt", None)
    ]
    assert result.blocked == {"base.txt"}
    assert [one.text for one in result.requirements] == ["b"]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfa\n",
        "# \xe9\na\n",
        "# -*- coding: utf-8 -*-\n# \xe9\na\n",
        "# -*- coding: latin-1 -*-\na\n",
        b"# -*- coding: latin-1 -*-\n# \xe9\na\n",
        "a\n".encode("utf-16-le").join([b"\xff\xfe", b""]),
        "a\n".encode("utf-16-be").join([b"\xfe\xff", b""]),
        "a\n".encode("utf-32"),
        "\ufeff# -*- coding: latin-1 -*-\n# \xe9\na\n",
        "a # coding: latin-1\n# \xe9",
        "#\n#\n# coding: latin-1 \xe9\na",
        "a\r\n",
        "a",
    ],
)
def test_encoding_is_read_as_pip_reads_it(repo_of: RepoMaker, tmp_path: Path, content: str | bytes) -> None:
    result = read(repo_of({"requirements.txt": content}), "requirements.txt")
    assert [one.text for one in result.requirements] == ["a"]
    assert [one.spec for one in result.requirements] == pip_oracle.requirements(tmp_path / "requirements.txt")
    assert not result.findings


def test_missing_file_is_a_finding(repo_of: RepoMaker) -> None:
    result = read(repo_of({"README.md": ""}), "requirements.txt")
    assert (result.files, result.lines, result.requirements) == ((), (), ())
    assert [finding.code for finding in result.findings] == [kinds.UNREADABLE.code]


def test_constraints_limit_and_do_not_require(repo_of: RepoMaker) -> None:
    files = {
        "requirements.txt": "-c limits/all.txt\na\n-r more.txt\n",
        "limits/all.txt": "# why\nb<2\n-r deep.txt\na==1",
        "limits/deep.txt": "c!=3  # broken\n",
        "more.txt": "-c limits/deep.txt\n-r limits/deep.txt\n",
    }
    result = read(repo_of(files), "requirements.txt")
    assert [one.text for one in result.requirements] == ["a", "c!=3"]
    assert [(one.text, one.comments_above, one.comment) for one in result.constraints] == [
        ("b<2", ("# why",), None),
        ("c!=3", (), "# broken"),
        ("a==1", (), None),
    ]
    assert result.files == ("requirements.txt", "limits/all.txt", "limits/deep.txt", "more.txt")
    assert [finding.code for finding in result.findings] == [kinds.INCLUDED_AGAIN.code]


@pytest.mark.parametrize("line", ["a[x]==1", "a[x]==1 --hash=sha256:00", "a @ https://files.example/a.zip"])
def test_constraint_that_says_more_is_blocked(repo_of: RepoMaker, line: str) -> None:
    result = read(repo_of({"requirements.txt": "-c c.txt\na", "c.txt": line}), "requirements.txt")
    assert [(finding.code, finding.path) for finding in result.findings] == [(kinds.CONSTRAINT_UNUSUAL.code, "c.txt")]
    assert result.constraints == ()
