"""The configuration of an image: each difference that matters is found, each announced one is not."""

from typing import Any

import pytest

from migrate.images import configuration

ENVIRONMENT = "/app/.venv"


CONFIG: dict[str, Any] = {
    "Env": ["PATH=/usr/local/bin:/usr/bin", "PORT=8000"],
    "Cmd": ["gunicorn", "app:app"],
    "Entrypoint": None,
    "ExposedPorts": {"8000/tcp": {}},
    "Labels": None,
    "User": "app",
    "WorkingDir": "/app",
}


MIGRATED_CONFIG = CONFIG | {"Env": ["PATH=/app/.venv/bin:/usr/local/bin:/usr/bin", "PORT=8000"]}


def test_migrated_configuration_agrees() -> None:
    assert configuration.in_configuration(CONFIG, MIGRATED_CONFIG, ENVIRONMENT) == []


def test_empty_and_absent_settings_are_the_same() -> None:
    assert configuration.in_configuration(CONFIG, MIGRATED_CONFIG | {"Labels": {}}, ENVIRONMENT) == []


@pytest.mark.parametrize("setting", configuration.SETTINGS)
def test_another_setting_is_found(setting: str) -> None:
    (found,) = configuration.in_configuration(CONFIG, MIGRATED_CONFIG | {setting: ["other"]}, ENVIRONMENT)
    assert found.startswith(f"{setting}: ")


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        pytest.param(["PATH=/usr/local/bin:/usr/bin", "PORT=8000"], "PATH", id="not extended"),
        pytest.param(["PATH=/app/.venv/bin", "PORT=8000"], "PATH", id="replaced"),
        pytest.param(["PATH=/usr/local/bin:/usr/bin:/app/.venv/bin", "PORT=8000"], "PATH", id="at the end"),
        pytest.param(["PATH=/app/.venv/bin:/usr/local/bin:/usr/bin"], "PORT", id="variable lost"),
        pytest.param(["PATH=/app/.venv/bin:/usr/local/bin:/usr/bin", "PORT="], "PORT", id="variable emptied"),
        pytest.param([*MIGRATED_CONFIG["Env"], "UV_LINK_MODE=copy"], "UV_LINK_MODE", id="variable of uv"),
    ],
)
def test_another_environment_variable_is_found(environment: list[str], name: str) -> None:
    (found,) = configuration.in_configuration(CONFIG, CONFIG | {"Env": environment}, ENVIRONMENT)
    assert found.startswith(f"{name}: ")


SYSTEM = "/usr/local/bin:/usr/bin"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(f"/app/.venv/bin:{SYSTEM}", f"/app/.venv/bin:{SYSTEM}", id="it was there"),
        pytest.param(f"/app/.venv/bin:{SYSTEM}", f"/app/.venv/bin:/app/.venv/bin:{SYSTEM}", id="twice"),
        pytest.param(f"/app/bin:{SYSTEM}", f"/app/bin:/app/.venv/bin:{SYSTEM}", id="behind the program's own"),
        pytest.param(f"/root/.local/bin:{SYSTEM}", f"/app/.venv/bin:{SYSTEM}", id="instead of pip's --user"),
        pytest.param(f"/root/.local/bin:{SYSTEM}", f"/app/.venv/bin:/root/.local/bin:{SYSTEM}", id="beside it"),
    ],
)
def test_environment_is_where_it_has_to_be(old: str, new: str) -> None:
    before, after = (CONFIG | {"Env": [f"PATH={path}"]} for path in (old, new))
    assert configuration.in_configuration(before, after, ENVIRONMENT) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(f"/app/.venv/bin:{SYSTEM}", SYSTEM, id="it was there, and is not"),
        pytest.param(f"/srv/bin:{SYSTEM}", f"/app/.venv/bin:{SYSTEM}", id="another folder is lost"),
        pytest.param(SYSTEM, f"/app/.venv/bin:/srv/bin:{SYSTEM}", id="another folder is new"),
        pytest.param(f"/srv:{SYSTEM}", f"/app/.venv/bin:{SYSTEM}:/srv", id="another order"),
        pytest.param(SYSTEM, "/usr/local/bin:/app/.venv/bin:/usr/bin", id="behind the image's Python"),
    ],
)
def test_another_path_is_found(old: str, new: str) -> None:
    before, after = (CONFIG | {"Env": [f"PATH={path}"]} for path in (old, new))
    (found,) = configuration.in_configuration(before, after, ENVIRONMENT)
    assert found.startswith("PATH: ")


def test_a_start_command_may_name_the_program_in_the_environment() -> None:
    before = CONFIG | {"Cmd": ["/usr/local/bin/gunicorn", "app:app"]}
    after = MIGRATED_CONFIG | {"Cmd": [f"{ENVIRONMENT}/bin/gunicorn", "app:app"]}
    assert configuration.in_configuration(before, after, ENVIRONMENT) == []
    other = MIGRATED_CONFIG | {"Cmd": [f"{ENVIRONMENT}/bin/uvicorn", "app:app"]}
    assert len(configuration.in_configuration(before, other, ENVIRONMENT)) == 1
