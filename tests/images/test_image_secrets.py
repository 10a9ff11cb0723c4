"""Which texts are secret, and under which name they may be spoken of."""

from pathlib import Path

from migrate.images.secrets import passwords, secrets_of


def test_arguments_are_secret_by_name_or_password() -> None:
    found = secrets_of(
        ["API_TOKEN=abcdefgh", "INDEX=https://me:sesame-open@pypi.example/simple", "VERSION=1.2.3.4"], [], {}
    )
    assert found == {
        "build argument API_TOKEN": b"abcdefgh",
        "the password in build argument INDEX": b"sesame-open",
    }


def test_an_argument_without_a_value_is_taken_from_the_environment() -> None:
    assert secrets_of(["DB_PASSWORD"], [], {"DB_PASSWORD": "hunter-two"}) == {
        "build argument DB_PASSWORD": b"hunter-two"
    }
    assert secrets_of(["DB_PASSWORD"], [], {}) == {}


def test_short_texts_are_not_looked_for() -> None:
    assert secrets_of(["TOKEN=abc"], [], {}) == {}


def test_secrets_of_the_build(tmp_path: Path) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine password\n", encoding="utf-8")
    wanted = [f"id=netrc,src={file}", "id=VARIABLE", "id=b,env=OTHER", f"id=gone,src={tmp_path}/gone"]
    assert secrets_of([], wanted, {"VARIABLE": "from name", "OTHER": "from env"}) == {
        "secret netrc": b"machine password",
        "secret VARIABLE": b"from name",
        "secret b": b"from env",
    }


def test_credentials_of_indexes() -> None:
    environment = {
        "UV_INDEX_CORP_PASSWORD": "open-sesame",
        "UV_INDEX_CORP_USERNAME": "somebody",
        "PIP_EXTRA_INDEX_URL": "https://u:hidden-word@pypi.example/simple",
        "HOME": "/root/somewhere",
    }
    assert secrets_of([], [], environment) == {
        "the password in UV_INDEX_CORP_PASSWORD": b"open-sesame",
        "the password in PIP_EXTRA_INDEX_URL": b"hidden-word",
    }


def test_variables_are_no_passwords() -> None:
    assert (
        list(passwords("https://u:${TOKEN}@pypi.example/ https://u:$T@pypi.example/ git+ssh://git@git.example/")) == []
    )
    assert list(passwords("--index-url https://u:one@pypi.example/\nhttps://u:two@pypi.example")) == ["one", "two"]
