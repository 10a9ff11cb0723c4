import tomllib

import pytest
from projects import added

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


def test_control_characters_do_not_break_the_file() -> None:
    text = added(None, "a # \x07\x7f\tx\na ; platform_version == '\x01\t\x7f\"'\n")
    assert tomllib.loads(text)["project"]["dependencies"][1] == "a ; platform_version == '\x01\t\x7f\"'"
    assert "# \ufffd\ufffd\tx" in text
