"""Packages of an index that asks for a password: both images have them, and the new one keeps no trace of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from engine import docker
from indexes import served, simple_index, wheel

from migrate.apply import apply
from migrate.images.engine import Engine
from migrate.images.image import Image
from migrate.images.proofs import Pair, prove
from migrate.migration import migrate

pytestmark = [pytest.mark.docker, pytest.mark.network]

PASSWORD = "correct-horse-battery"  # noqa: S105 - that of the test's own index
HEAD = "FROM python:3.11-slim\nWORKDIR /app\nCOPY requirements.txt .\n"
END = 'COPY . .\nCMD ["python", "app.py"]\n'
SHOW = "import importlib.metadata as m\nprint(m.version('inner-shop'), m.version('inner-cart'))\n"
FORMS = {
    "build argument": (
        f"{HEAD}ARG INDEX_PASSWORD\nRUN pip install --index-url http://reader:${{INDEX_PASSWORD}}@HOST/simple "
        f"-r requirements.txt\n{END}"
    ),
    "secret": (
        f"{HEAD}RUN --mount=type=secret,id=index_password \\\n"
        '    pip install --index-url "http://reader:$(cat /run/secrets/index_password)@HOST/simple" '
        f"-r requirements.txt\n{END}"
    ),
}


@pytest.fixture
def host() -> Iterator[str]:
    pages = simple_index(wheel("inner_shop", "1.0", "inner-cart"), wheel("inner_cart", "2.0"))
    with served(pages, f"reader:{PASSWORD}") as address:
        yield address


@pytest.mark.parametrize("form", FORMS)
def test_the_password_is_used_and_stays_outside(
    form: str, host: str, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, secret = tmp_path / "project", tmp_path / "password"
    project.mkdir()
    secret.write_text(PASSWORD, encoding="utf-8")
    (project / "requirements.txt").write_text("inner-shop==1.0\n", encoding="utf-8")
    (project / "app.py").write_text(SHOW, encoding="utf-8")
    (project / "Dockerfile").write_text(FORMS[form].replace("HOST", host), encoding="utf-8")
    given = (
        ("--build-arg", f"INDEX_PASSWORD={PASSWORD}")
        if form == "build argument"
        else ("--secret", f"id=index_password,src={secret}")
    )
    assert _said(f"{engine.name}:index-old", project, *given) == "1.0 2.0\n"
    name = "".join(letter if letter.isalnum() else "_" for letter in host)
    monkeypatch.setenv(f"UV_INDEX_{name}_USERNAME", "reader")
    monkeypatch.setenv(f"UV_INDEX_{name}_PASSWORD", PASSWORD)
    plan = migrate(project)
    assert {change.path for change in plan.changes} >= {"Dockerfile", "uv.lock"}, plan.findings
    assert PASSWORD not in "".join(change.after or "" for change in plan.changes)
    apply(project, plan.changes)
    assert _said(f"{engine.name}:index-new", project, *given) == "1.0 2.0\n"
    old, new = (Image(engine, f"{engine.name}:index-{side}") for side in ("old", "new"))
    assert _traces(old, new, tmp_path) == ()
    if form == "build argument":
        assert _traces(old, old, tmp_path) == ("the password is in the history",)


def _traces(old: Image, new: Image, scratch: Path) -> tuple[str, ...]:
    pair = Pair(old, new, None, None, frozenset(), frozenset(), {"the password": PASSWORD.encode()}, scratch)
    proof = prove("secrets", pair)
    assert not proof.why
    return proof.differences


def _said(tag: str, folder: Path, *given: str) -> str:
    docker("build", "--network", "host", *given, "--tag", tag, folder)
    return docker("start", "--attach", docker("create", "--rm", "--network", "none", tag).strip())
