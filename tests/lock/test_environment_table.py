import tomllib

import pytest

from migrate.lock.ladder import LINUX
from migrate.pyproject import with_environment


@pytest.mark.parametrize(
    "text",
    [
        '[project]\nname = "x"\n\n[tool.uv]\npackage = false\n',
        '[project]\nname = "x"\n\n[tool.uv]\npackage = false\n\n[tool.uv.sources]\na = { path = "a" }\n',
        '[project]\nname = "x"\n',
        '[project]\r\nname = "x"\r\n\r\n[tool.uv]\r\npackage = false\r\n',
        '[project]\nname = "x"\n\n[tool.uv]\n',
        '[project]\nname = "x"\n[tool.uv.sources]\na = { path = "a" }\n',
    ],
)
def test_one_line_is_added(text: str) -> None:
    new = with_environment(text, LINUX)
    assert new is not None
    data, old = tomllib.loads(new), tomllib.loads(text)
    assert data["tool"]["uv"].pop("environments") == [LINUX]
    assert data["project"] == old["project"]
    assert data["tool"]["uv"] == old.get("tool", {}).get("uv", {})
    assert ("\r\n" in new) == ("\r\n" in text)


@pytest.mark.parametrize(
    "text",
    [
        "[tool.uv]\nenvironments = []\n",
        "tool.uv.package = false\n",
        "[tool]\nuv = { package = false }\n",
    ],
)
def test_text_that_is_not_certain_to_be_right_is_none(text: str) -> None:
    assert with_environment(text, LINUX) is None
