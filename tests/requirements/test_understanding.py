import pytest
from packaging.requirements import Requirement

from migrate.findings import Kind
from migrate.findings import requirements as kinds
from migrate.requirements.collect import pep508
from migrate.requirements.understand import LONGEST_REQUIREMENT, Include, Refusal, understand


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("flask", "flask"),
        ("Flask_SQLAlchemy==1.0", "Flask_SQLAlchemy==1.0"),
        ("zope.interface == 5.4", "zope.interface==5.4"),
        ("a >= 1 , < 2, != 1.5", "a>=1,<2,!=1.5"),
        ("a (>=1,<2)", "a>=1,<2"),
        ("a~=1.4", "a~=1.4"),
        ("a === 2004d", "a===2004d"),
        ("a==1.*", "a==1.*"),
        ("a==v1.0", "a==v1.0"),
        ("a==1!2.0+local.1", "a==1!2.0+local.1"),
        ("a [ y , X ] ==1", "a[X,y]==1"),
        ("a[]", "a"),
        ("a;", "a"),
        ("a ;python_version<'3.8'", "a ; python_version < '3.8'"),
        (
            'a;os.name=="nt" and (extra=="X_y" or sys_platform!="win32")',
            "a ; os_name == 'nt' and (extra == 'x-y' or sys_platform != 'win32')",
        ),
        ('a ; platform_version == "it\'s"', 'a ; platform_version == "it\'s"'),
        ("a--b", "a--b"),
        ("a\t==\t1", "a==1"),
        ("a ;\xa0os_name=='nt'", "a ; os_name == 'nt'"),
        ("pip==23.0", "pip==23.0"),
        ("setuptools<81", "setuptools<81"),
    ],
)
def test_dependency_keeps_spelling_and_order(line: str, expected: str) -> None:
    meaning = understand(line)
    assert isinstance(meaning, Requirement)
    assert pep508(meaning) == expected
    assert Requirement(expected) == meaning


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("-r base.txt", "base.txt"),
        ("-rbase.txt", "base.txt"),
        ("--requirement base.txt", "base.txt"),
        ("--requirement=base.txt", "base.txt"),
        ("--requirement='a b.txt'", "a b.txt"),
        ("-r\tbase.txt", "base.txt"),
        ("-r=base.txt", "=base.txt"),
        ("-r a#b", "a#b"),
    ],
)
def test_include(line: str, target: str) -> None:
    assert understand(line) == Include(target)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("--index-url https://pypi.example/simple", kinds.OPTION),
        ("-i https://pypi.example/simple", kinds.OPTION),
        ("--extra-index-url=https://pypi.example/simple", kinds.OPTION),
        ("--find-links wheels", kinds.OPTION),
        ("--no-index", kinds.OPTION),
        ("--pre", kinds.OPTION),
        ("--no-binary :all:", kinds.OPTION),
        ("--trusted-host pypi.example", kinds.OPTION),
        ("--require-hashes", kinds.OPTION),
        ("a --config-settings x=y", kinds.OPTION),
        ("a --global-option=x", kinds.OPTION),
        ("a --pre", kinds.OPTION),
        ("--no-such-thing", kinds.OPTION),
        ("-c constraints.txt", kinds.CONSTRAINTS),
        ("--constraint=constraints.txt", kinds.CONSTRAINTS),
        ("-e .", kinds.EDITABLE),
        ("--editable git+https://git.example/a#egg=a", kinds.EDITABLE),
        ("a==1 --hash=sha256:00 --hash=sha256:11", kinds.HASHES),
        ("--hash=sha256:00", kinds.HASHES),
        ("https://files.example/a-1.0-py3-none-any.whl", kinds.URL),
        ("git+https://git.example/a.git@v1#egg=a", kinds.URL),
        ("git+ssh://git@git.example/a.git", kinds.URL),
        ("a @ https://files.example/a.zip", kinds.URL),
        ("a @ file:a.zip", kinds.URL),
        ("a@b", kinds.URL),
        ("file:a.zip", kinds.URL),
        (".", kinds.LOCAL),
        ("./a", kinds.LOCAL),
        ("../a[x]", kinds.LOCAL),
        ("a/b", kinds.LOCAL),
        ("a.zip", kinds.LOCAL),
        ("a-1.0.tar.gz", kinds.LOCAL),
        ("a-1.0-py3-none-any.whl", kinds.LOCAL),
        ("a==${VERSION}", kinds.VARIABLE),
        ("--index-url https://${TOKEN}@pypi.example", kinds.VARIABLE),
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
        ("--pre --no-index", "the option --pre is not converted"),
        ("a==${A_1}", "the environment variable A_1"),
    ],
)
def test_reason_is_given(line: str, part: str) -> None:
    meaning = understand(line)
    assert isinstance(meaning, Refusal)
    assert part in meaning.at("requirements.txt", 1).message


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://user:secret@pypi.example",
        "-ihttps://user:secret@pypi.example",
        "--extra-index-url=https://user:secret@pypi.example",
        "--bogus=https://user:secret@pypi.example",
        "--pre=https://user:secret@pypi.example",
        "-xhttps://user:secret@pypi.example",
        "-e git+https://user:secret@git.example/a#egg=a",
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
