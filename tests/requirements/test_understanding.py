import pytest
from packaging.requirements import Requirement

from migrate.findings import requirements as kinds
from migrate.requirements.collect import pep508
from migrate.requirements.meaning import Include, Local, Remark, Settings, Wanted
from migrate.requirements.model import Index, Setting
from migrate.requirements.understand import understand


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
