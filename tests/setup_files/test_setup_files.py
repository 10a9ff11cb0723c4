"""setup.py and setup.cfg, read and never executed."""

import pytest
from conftest import RepoMaker
from hypothesis import given
from hypothesis import strategies as st

from migrate.setup_files import SetupFiles, Unclear, read
from migrate.setup_files.script import Script

START = "from setuptools import setup\n"


def described(repo_of: RepoMaker, script: str, **others: str) -> SetupFiles | Unclear | None:
    files = {name.replace("__", "."): text for name, text in others.items()}
    return read(repo_of(({"setup.py": START + script} if script else {}) | files))


def understood(repo_of: RepoMaker, script: str, **others: str) -> SetupFiles:
    found = described(repo_of, script, **others)
    assert isinstance(found, SetupFiles), found
    return found


def texts(found: SetupFiles) -> list[str]:
    return [one.text for one in found.dependencies]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("setup(name='p', install_requires=['a>=1', 'b'])", ["a>=1", "b"]),
        ("setup(name='p', install_requires=('a',))", ["a"]),
        ("setup(name='p', install_requires='a\\nb\\n')", ["a", "b"]),
        ("setup(name='p', install_requires='a\\nb'.splitlines())", ["a", "b"]),
        ("setup(name='p', install_requires='a b'.split())", ["a", "b"]),
        ("R = ['a']\nR += ['b']\nR.append('c')\nR.extend(['d'])\nsetup(name='p', install_requires=R)", list("abcd")),
        ("R: list = ['a']\nsetup(name='p', install_requires=R + ['b'])", ["a", "b"]),
        ("R = ['a']\nsetup(name='p', install_requires=[*R, 'b'])", ["a", "b"]),
        ("E = {'x': ['a']}\nE['y'] = E['x'] + ['b']\nsetup(name='p', install_requires=E['y'])", ["a", "b"]),
        ("M = dict(name='p', install_requires=['a'])\nsetup(**M)", ["a"]),
        ("M = {'install_requires': ['a']}\nsetup(**{**M, 'name': 'p'})", ["a"]),
        ("if __name__ == '__main__':\n    setup(name='p', install_requires=['a'])", ["a"]),
        ("with open('x') as f:\n    setup(name='p', long_description=f.read(), install_requires=['a'])", ["a"]),
        ("setup(name='p', extras_require={':python_version < \"3\"': ['a']})", ['a ; python_version < "3"']),
        ("import setuptools\nsetuptools.setup(name='p', install_requires=['a'])", ["a"]),
        ("setup(name='p')", []),
    ],
)
def test_dependencies_that_are_literal(repo_of: RepoMaker, script: str, expected: list[str]) -> None:
    assert texts(understood(repo_of, script)) == expected


@pytest.mark.parametrize(
    "script",
    [
        "setup(name='p', install_requires=open('requirements.txt').read().splitlines())",
        "setup(name='p', install_requires=[line for line in open('requirements.txt')])",
        "with open('requirements.txt') as f:\n    R = f.read().split()\nsetup(name='p', install_requires=R)",
        "def lines(name):\n    return open(name).read()\nsetup(name='p', install_requires=lines('./requirements.txt'))",
        "def lines():\n    return open('requirements.txt').readlines()\nsetup(name='p', install_requires=lines())",
        (
            "with open('other.txt') as f:\n    L = [x for x in f]\n"
            "with open('requirements.txt') as f:\n    R = [x for x in f]\n"
            "setup(name='p', long_description=L, install_requires=R)"
        ),
        (
            "import os\nR = open(os.path.join(os.path.dirname(__file__), 'requirements.txt')).readlines()\n"
            "setup(name='p', install_requires=R)"
        ),
    ],
)
def test_dependencies_that_are_read_from_a_file(repo_of: RepoMaker, script: str) -> None:
    found = understood(repo_of, script, requirements__txt="a\n", other__txt="b\n")
    assert (texts(found), found.files) == ([], ("requirements.txt",))


def test_folder_and_name_of_a_file_may_stand_apart(repo_of: RepoMaker) -> None:
    function = "def lines(name):\n    return open('deps/' + name).readlines()\n"
    script = f"{function}setup(name='p', install_requires=lines('base.txt'))"
    assert understood(repo_of, script, **{"deps/base__txt": "a\n", "deps/dev__txt": "b\n"}).files == ("deps/base.txt",)


def test_extras_that_are_read_from_files(repo_of: RepoMaker) -> None:
    script = (
        "with open('a.txt') as f:\n    A = f.readlines()\nwith open('b.txt') as f:\n    B = f.readlines()\n"
        "setup(name='p', extras_require={'a': A, 'all': A + B + ['c']})"
    )
    found = understood(repo_of, script, a__txt="# one\nx>=1  # two\n", b__txt="y\n")
    assert {name: [one.text for one in listed] for name, listed in found.extras.items()} == {
        "a": ["x>=1"],
        "all": ["x>=1", "y", "c"],
    }


def test_dependencies_in_part_from_a_file(repo_of: RepoMaker) -> None:
    script = "R = open('requirements.txt').readlines()\nsetup(name='p', install_requires=R + ['b'])"
    found = understood(repo_of, script, requirements__txt="a\n")
    assert (texts(found), found.files) == (["b"], ("requirements.txt",))


@pytest.mark.parametrize(
    "script",
    [
        "setup(name='p', install_requires=compute())",
        "setup(name='p', install_requires=open('a.txt').readlines() if x else open('b.txt').readlines())",
        "R = ['a']\nif windows:\n    R.append('b')\nsetup(name='p', install_requires=R)",
        "R = ['a']\nfor x in y:\n    R[0] = x\nsetup(name='p', install_requires=R)",
        "R = ['a']\ndel R\nsetup(name='p', install_requires=R)",
        "R = ['a']\nR.remove('a')\nsetup(name='p', install_requires=R)",
        "setup(name='p', install_requires=['a', name])",
        "setup(name='p', install_requires=7)",
        "setup(name=compute())",
        "setup(name='not a name')",
        "setup()",
        "setup(**compute())",
        "setup(name='p')\nsetup(name='q')",
        "def main():\n    setup(name='p')\nmain()",
        "if windows:\n    setup(name='p')",
        "try:\n    setup(name='p')\nexcept Exception:\n    pass",
        "print('nothing')",
        "setup(name='p', extras_require=compute())",
        "setup(name='p', extras_require={'x': compute()})",
        "setup(name='p', extras_require={'x': open('a.txt').readlines() + open('b.txt').readlines() if x else []})",
        "setup(name='p', extras_require={'x': open('options.txt').readlines()})",
        "with open('a.txt') as f, open('b.txt') as g:\n    R = f.read()\nsetup(name='p', install_requires=R)",
        "f = open('a.txt')\nwith open('b.txt') as g:\n    R = f.readlines()\nsetup(name='p', install_requires=R)",
        "setup(name='p', extras_require={x: []})",
        "print 'Python 2'",
        "setup(name='p'",
    ],
)
def test_what_is_computed_is_not_guessed(repo_of: RepoMaker, script: str) -> None:
    found = described(repo_of, script, a__txt="a\n", b__txt="b\n", options__txt="-r a.txt\n")
    assert isinstance(found, Unclear)
    assert found.path == "setup.py"


def test_extras_and_fields(repo_of: RepoMaker) -> None:
    script = (
        "from shop import version\nsetup(name='p', version=version, url='u', author='a', author_email='e', license='l',"
        " long_description=open('README').read(), extras_require={'x': ['b'], 'y': 'c\\nd'},"
        " entry_points={'console_scripts': ['p=p:main'], 'other': []})"
    )
    found = understood(repo_of, script, shop__py="version = 1")
    assert {name: [one.text for one in listed] for name, listed in found.extras.items()} == {
        "x": ["b"],
        "y": ["c", "d"],
    }
    assert found.fields == {"version", "urls", "authors", "license", "readme", "scripts", "entry-points"}
    assert found.imports_itself


@pytest.mark.parametrize(
    ("points", "fields"),
    [
        ("'[console_scripts]\\na=b:c\\n[gui_scripts]\\n'", {"scripts", "gui-scripts"}),
        ("compute()", {"scripts", "gui-scripts", "entry-points"}),
        ("{}", set()),
    ],
)
def test_entry_points_of_any_form(repo_of: RepoMaker, points: str, fields: set[str]) -> None:
    assert understood(repo_of, f"setup(name='p', entry_points={points})").fields == fields | {"version"}


CONFIGURATION = """\
[metadata]
name = p
version = attr: p.__version__
description-file = README
home-page = u

[options]
install_requires =
    a>=1; python_version < "3.12"
    b  # why it is needed

[options.extras_require]
x = c

[options.entry_points]
console_scripts =
    p = p:main
"""


@pytest.mark.parametrize("script", ["", "setup()", "setup(name='p')"])
def test_setup_cfg(repo_of: RepoMaker, script: str) -> None:
    found = understood(repo_of, script, setup__cfg=CONFIGURATION)
    assert (found.name, texts(found)) == ("p", ['a>=1; python_version < "3.12"', "b"])
    assert [one.line for one in found.dependencies] == [9, 10]
    assert [one.text for one in found.extras["x"]] == ["c"]
    assert found.fields == {"version", "urls", "scripts"}


def test_comments_of_requirements_are_none(repo_of: RepoMaker) -> None:
    found = understood(
        repo_of, "setup(name='p', install_requires='a  # one\\n# two\\nb#c', extras_require={'x': ['d #e']})"
    )
    assert texts(found) == ["a", "b#c"]
    assert [one.text for one in found.extras["x"]] == ["d"]


def test_setup_cfg_may_name_a_file(repo_of: RepoMaker) -> None:
    text = "[metadata]\nname=p\n[options]\ninstall_requires = file: requirements.txt\n"
    assert understood(repo_of, "", setup__cfg=text).files == ("requirements.txt",)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"setup.cfg": "[flake8]\nx = 1\n"}, type(None)),
        ({"a.py": ""}, type(None)),
        ({"setup.cfg": "[metadata\n"}, Unclear),
        ({"setup.cfg": b"\xff[metadata]\n"}, Unclear),
        ({"setup.py": b"\xff"}, Unclear),
        ({"setup.cfg": "[metadata]\nversion = 1\n"}, Unclear),
    ],
)
def test_files_that_describe_nothing(repo_of: RepoMaker, files: dict[str, str | bytes], expected: type) -> None:
    assert isinstance(read(repo_of(files)), expected)


@given(st.text(alphabet="setup()[]{}'\"=+,:\n #abR.*"))
def test_any_text_comes_to_something(text: str) -> None:
    assert isinstance(Script.of(text), Script)
