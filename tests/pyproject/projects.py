"""Projects to write, for the tests of pyproject.toml."""

from pathlib import Path

from migrate.pyproject import NewProject, Written, write
from migrate.repo import Repo
from migrate.requirements import Requirements, read


def required(text: str) -> Requirements:
    repo = Repo(Path("/nowhere"), frozenset({"requirements.txt"}), _data={"requirements.txt": text.encode()})
    return read(repo, "requirements.txt")


def project_of(text: str, folder: str = "Shop", python: tuple[int, int] | None = (3, 11)) -> NewProject:
    return NewProject(folder, ">=3.11", required(text).requirements, python)


def added(old: str | None, requirements: str) -> str:
    """Return the text that is written, and see that writing once more changes nothing."""
    result = write(old, project_of(requirements))
    assert result.text is not None, result.findings
    assert write(result.text, project_of(requirements)) == Written(result.text)
    assert write(result.text, project_of(requirements), is_locked=True) == Written(result.text)
    return result.text
