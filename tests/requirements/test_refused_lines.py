"""Lines of requirements files without a counterpart: each is refused or left out with its reason, secrets aside."""

import pytest

from migrate.findings import Kind
from migrate.findings import requirements as kinds
from migrate.requirements.meaning import LeftOut, Refusal, Wanted
from migrate.requirements.understand import LONGEST_REQUIREMENT, understand


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("a --index-url https://pypi.example/simple", kinds.OPTION),
        ("a --install-option=x", kinds.OPTION),
        ("a --config-settings", kinds.OPTION),
        ("a --config-settings x", kinds.OPTION),
        ("./a --config-settings x=y", kinds.OPTION),
        ("--no-such-thing", kinds.OPTION),
        ("--use-feature x", kinds.OPTION),
        ("--pre x", kinds.INVALID_OPTION),
        ("a --hash=sha256:00 x", kinds.INVALID_OPTION),
        ("--index-url ../simple", kinds.INVALID_OPTION),
        ("--index-url file:///simple", kinds.INVALID_OPTION),
        ("--find-links /wheels", kinds.INVALID_OPTION),
        ("--find-links ../wheels", kinds.INVALID_OPTION),
        ("--find-links https://user:secret@pypi.example/wheels", kinds.INVALID_OPTION),
        ("--no-binary :none:", kinds.INVALID_OPTION),
        ("--only-binary a,:none:", kinds.INVALID_OPTION),
        ("-e a -e b", kinds.INCLUDE_CROWDED),
        ("-e a --pre", kinds.INCLUDE_CROWDED),
        ("-c a -c b", kinds.INCLUDE_CROWDED),
        ("a -c b", kinds.OPTION),
        ("--hash=sha256:00", kinds.HASHES),
        ("git+ssh://git@git.example/a.git", kinds.NAMELESS),
        ("https://files.example/main.zip", kinds.NAMELESS),
        ("hg+https://hg.example/a#egg=a", kinds.URL),
        ("svn+https://svn.example/a#egg=a", kinds.URL),
        ("git+git@git.example:a/b.git#egg=a", kinds.URL),
        ("git+https://git.example/a#egg=a&other=b", kinds.URL),
        ("a @ https://user:secret@files.example/a.zip", kinds.URL),
        ("a @ https://files.example/a.zip ; python = 3", kinds.URL),
        ("a@b", kinds.URL),
        ("a==${VERSION}", kinds.VARIABLE),
        ("--index-url https://${HOST}/simple", kinds.VARIABLE),
        ("git+https://git.example/${NAME}#egg=a", kinds.VARIABLE),
        ("-r ${WHICH}.txt", kinds.VARIABLE),
        ("a=={{ version }}", kinds.TEMPLATE),
        ("{% if x %}", kinds.TEMPLATE),
        ("{# a", kinds.TEMPLATE),
        ("-r a -r b", kinds.INCLUDE_CROWDED),
        ("-r a b", kinds.INCLUDE_CROWDED),
        ("-r a --pre", kinds.INCLUDE_CROWDED),
        ("a -r b", kinds.INCLUDE_CROWDED),
        ("--requirements base.txt", kinds.INVALID_OPTION),
        ("-r", kinds.INVALID_OPTION),
        ("-r 'a", kinds.INVALID_OPTION),
        ("--pre=x", kinds.INVALID_OPTION),
        ("--re a", kinds.INVALID_OPTION),
        ("- a", kinds.INVALID),
        ("--", kinds.INVALID),
        ("-", kinds.INVALID),
        ("a=1", kinds.INVALID),
        ("a==1 b==2", kinds.INVALID),
        ("a==1[x]", kinds.INVALID),
        ("a[x", kinds.INVALID),
        ("a>1.*", kinds.INVALID),
        ("a==1 .0", kinds.INVALID),
        ("a;python=='3'", kinds.INVALID),
        ("==1", kinds.INVALID),
        (";os_name=='nt'", kinds.INVALID),
        ("a==$VERSION", kinds.INVALID),
        ("a; os_name == '\\d'", kinds.INVALID),
        ("a; " + "(" * 4000, kinds.INVALID),
        ("import os", kinds.INVALID),
        ("<<<<<<< HEAD", kinds.INVALID),
        ("a==" + "1" * LONGEST_REQUIREMENT, kinds.TOO_LONG),
        ("-r " + "a" * LONGEST_REQUIREMENT + "b", kinds.TOO_LONG),
    ],
)
def test_line_is_refused(line: str, kind: Kind) -> None:
    meaning = understand(line)
    assert isinstance(meaning, Refusal)
    assert meaning.kind.code == kind.code
    assert meaning.at("requirements.txt", 7).line == 7


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("a=1", "not a valid requirement: expected semicolon"),
        ("a; " + "(" * 4000, "it is nested too deeply"),
        ("a; os_name == '\\d'", "it contains a backslash"),
        ("-r", "the option -r cannot be read: -r option requires 1 argument"),
        ("--requirements a", "its name is --requirement"),
        ("-- a", "pip passes over"),
        ("--use-feature=x --pre", "the option --use-feature is not converted"),
        ("a==${A_1}", "the environment variable A_1"),
    ],
)
def test_reason_is_given(line: str, part: str) -> None:
    meaning = understand(line)
    assert isinstance(meaning, Refusal)
    assert part in meaning.at("requirements.txt", 1).message


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("--prefer-binary", kinds.PREFER_BINARY),
        ("--require-hashes", kinds.HASHES_REQUIRED),
        ("pkg-resources==0.0.0", kinds.FOSSIL),
        ("pkg_resources == 0.0.0", kinds.FOSSIL),
    ],
)
def test_line_is_left_out_with_a_reason(line: str, kind: Kind) -> None:
    meaning = understand(line)
    assert isinstance(meaning, LeftOut)
    assert meaning.at("requirements.txt", 1).code == kind.code


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://user:secret@pypi.example x",
        "-ihttps://user:secret@pypi.example --hash=x",
        "-f https://user:secret@pypi.example",
        "--bogus=https://user:secret@pypi.example",
        "--pre=https://user:secret@pypi.example",
        "-xhttps://user:secret@pypi.example",
        "-e git+https://user:secret@git.example/a",
        "a @ https://user:secret@files.example/a.zip",
        "a @ secret@files.example",
        "a==1 https://user:secret@files.example/a.zip",
        "git+https://user:secret@[git.example/a",
        "https://user:secret@files.example/a\u2100.zip",
        "-r https://user:secret@files.example/a.txt -i 'x",
        "--requirements=https://user:secret@files.example",
    ],
)
def test_no_finding_repeats_a_secret(line: str) -> None:
    meaning = understand(line)
    assert isinstance(meaning, Refusal)
    finding = meaning.at("requirements.txt", 1)
    assert "secret" not in finding.message + finding.hint


@pytest.mark.parametrize("line", ["a==1 --no-binary a", "a --pre", "a --only-binary :all: --hash sha256:aa"])
def test_option_that_pip_passes_over_is_left_out_and_said(line: str) -> None:
    meaning = understand(line)
    assert isinstance(meaning, Wanted)
    assert meaning.note
    assert meaning.note.kind == kinds.OPTION_IGNORED
