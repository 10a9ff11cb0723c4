import pytest
from packaging.requirements import Requirement

from migrate.findings import Kind
from migrate.findings import requirements as kinds
from migrate.requirements.collect import pep508
from migrate.requirements.meaning import Include, LeftOut, Local, Refusal, Remark, Settings, Wanted
from migrate.requirements.model import Index, Setting
from migrate.requirements.understand import LONGEST_REQUIREMENT, understand


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
    assert isinstance(meaning, Wanted)
    assert pep508(meaning.spec) == expected
    assert Requirement(expected) == meaning.spec


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
    ("line", "expected"),
    [
        ("-i https://pypi.example/simple/", (Index("https://pypi.example/simple", is_default=True),)),
        ("--extra-index-url=https://a.example", (Index("https://a.example", is_default=False),)),
        ("--pre", (Setting("prerelease", "allow"),)),
        ("--no-index -f wheels", (Setting("find-links", "wheels", is_item=True), Setting("no-index", value=True))),
        ("-f https://a.example/x.html", (Setting("find-links", "https://a.example/x.html", is_item=True),)),
        ("--trusted-host a.example:80", (Setting("allow-insecure-host", "a.example:80", is_item=True),)),
        ("--no-binary :all:", (Setting("no-binary", value=True),)),
        ("--no-binary a,b", tuple(Setting("no-binary-package", name, is_item=True) for name in "ab")),
        ("--only-binary=:all:", (Setting("no-build", value=True),)),
        ("--only-binary a --pre", (Setting("prerelease", "allow"), Setting("no-build-package", "a", is_item=True))),
        ("--prefer-binary --pre", (Setting("prerelease", "allow"),)),
    ],
)
def test_options_become_settings_of_uv(line: str, expected: tuple[Setting | Index, ...]) -> None:
    meaning = understand(line)
    assert isinstance(meaning, Settings)
    assert meaning.values == expected


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
    ("line", "dependency", "keys"),
    [
        ("a @ https://files.example/a.zip", "a", {"url": "https://files.example/a.zip"}),
        ("a[x]@https://files.example/a.zip", "a[x]", {"url": "https://files.example/a.zip"}),
        ("https://files.example/A.b-1.0.tar.gz", "a-b", {"url": "https://files.example/A.b-1.0.tar.gz"}),
        (
            "https://files.example/a-1.0-py3-none-any.whl ; os_name == 'nt'",
            "a ; os_name == 'nt'",
            {"url": "https://files.example/a-1.0-py3-none-any.whl"},
        ),
        ("https://files.example/x.zip#egg=a", "a", {"url": "https://files.example/x.zip"}),
        ("git+https://git.example/a.git#egg=a[x,y]", "a[x,y]", {"git": "https://git.example/a.git"}),
        ("a @ git+https://git.example/g/a@v1.0", "a", {"git": "https://git.example/g/a", "rev": "v1.0"}),
        ("-e git+ssh://git@git.example/a.git@f/x#egg=a", "a", {"git": "ssh://git@git.example/a.git", "rev": "f/x"}),
        (
            "git+https://git.example/a.git@v1#egg=a&subdirectory=lib/a",
            "a",
            {"git": "https://git.example/a.git", "rev": "v1", "subdirectory": "lib/a"},
        ),
        ("git+git://git.example/a#egg=a", "a", {"git": "git://git.example/a"}),
        ("git+https://user:secret@git.example/a#egg=a", "a", {"git": "https://git.example/a"}),
        ("git+https://${TOKEN}@git.example/a#egg=a", "a", {"git": "https://git.example/a"}),
    ],
)
def test_url_becomes_a_source(line: str, dependency: str, keys: dict[str, str]) -> None:
    meaning = understand(line)
    assert isinstance(meaning, Wanted)
    assert meaning.source is not None
    assert (pep508(meaning.spec), dict(meaning.source.keys)) == (dependency, keys)


def test_hash_in_a_url_is_a_hash() -> None:
    meaning = understand("https://files.example/a-1.0.zip#sha256=00 --hash=sha512:11")
    assert isinstance(meaning, Wanted)
    assert meaning.hashes == ("sha512:11", "sha256:00")


@pytest.mark.parametrize(
    ("line", "path", "name"),
    [
        (".", ".", None),
        ("./a", "./a", None),
        ("-e .", ".", None),
        ("a/b", "a/b", None),
        ("a.zip", "a.zip", None),
        ("a-1.0-py3-none-any.whl", "a-1.0-py3-none-any.whl", None),
        ("file:a.zip", "a.zip", None),
        ("a @ file:./b", "./b", "a"),
        ("file:///somewhere/a", "/somewhere/a", None),
        ("a @ file://localhost/b", "/b", "a"),
    ],
)
def test_path_is_looked_up_later(line: str, path: str, name: str | None) -> None:
    meaning = understand(line)
    assert isinstance(meaning, Local)
    assert (meaning.path, meaning.name, meaning.is_editable) == (path, name, line.startswith("-e"))


def test_extras_of_a_path() -> None:
    meaning = understand("-e ../a[x,y]")
    assert isinstance(meaning, Local)
    assert (meaning.path, sorted(meaning.extras)) == ("../a", ["x", "y"])


@pytest.mark.parametrize(
    "path",
    ["/croot/numpy_168/work", "/home/conda/feedstock_root/build_artifacts/a", "/C:/ci/a_1/work", "/perfbuild/80/a"],
)
def test_path_of_conda_becomes_the_name(path: str) -> None:
    meaning = understand(f"numpy @ file://{path}")
    assert isinstance(meaning, Wanted)
    assert (pep508(meaning.spec), meaning.source, meaning.note) == (
        "numpy",
        None,
        Remark(kinds.CONDA, {"name": "numpy"}),
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("pywin32==306", "pywin32==306 ; sys_platform == 'win32'"),
        ("pywin32==306 ; os_name == 'nt'", "pywin32==306 ; os_name == 'nt'"),
        ("pywin32-ctypes==0.2", "pywin32-ctypes==0.2"),
    ],
)
def test_package_for_windows_only_gets_its_marker(line: str, expected: str) -> None:
    meaning = understand(line)
    assert isinstance(meaning, Wanted)
    assert pep508(meaning.spec) == expected
    assert bool(meaning.note) == (line != expected)


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


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("a --config-settings x=y", (("x", "y"),)),
        ('a --config-setting="x=y z" --hash=sha256:aa', (("x", "y z"),)),
        ("a -C x=y -C x=z", (("x", "y"), ("x", "z"))),
        (
            "a --global-option=--with-x --global-option build",
            (("--global-option", "--with-x"), ("--global-option", "build")),
        ),
    ],
)
def test_options_for_the_build_of_a_package(line: str, told: tuple[tuple[str, str], ...]) -> None:
    meaning = understand(line)
    assert isinstance(meaning, Wanted)
    assert meaning.build == told
    assert meaning.note is None


@pytest.mark.parametrize("line", ["a==1 --no-binary a", "a --pre", "a --only-binary :all: --hash sha256:aa"])
def test_option_that_pip_passes_over_is_left_out_and_said(line: str) -> None:
    meaning = understand(line)
    assert isinstance(meaning, Wanted)
    assert meaning.note
    assert meaning.note.kind == kinds.OPTION_IGNORED
