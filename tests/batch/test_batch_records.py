"""What a campaign keeps: nothing secret, and nothing that is read when it is damaged."""

import sqlite3
from pathlib import Path

import pytest
from campaigns import batch, report, three, written


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return three(tmp_path)


@pytest.mark.parametrize(
    "damage", ["SET state = 'other'", "SET findings = '[{]'", "SET findings = '[{}]'", "SET findings = '[1]'"]
)
def test_a_ledger_that_is_damaged_is_refused(place: Path, damage: str) -> None:
    batch(place, "all", "--no-lock", "--campaign", "c")
    with sqlite3.connect(place / "c" / "ledger.sqlite") as database:
        database.execute(f"UPDATE attempt {damage}")
    database.close()
    refused = batch(place, "all", "--no-lock", "--campaign", "c")
    assert refused.returncode == 2
    assert refused.stderr.splitlines()[-1].startswith("uvmigrate: ledger.sqlite of the campaign is damaged")


@pytest.mark.parametrize("more", [(), ("--apply",)])
def test_nothing_that_a_campaign_keeps_has_credentials(tmp_path: Path, more: tuple[str, ...]) -> None:
    index = "--index-url https://bob:s3cr3t@pypi.example/simple\n"
    written(tmp_path / "alpha", {"requirements.txt": f"{index}flask==3.0.3\n"})
    done = batch(tmp_path, "alpha", "--no-lock", "--campaign", "c", *more)
    assert done.returncode == 0
    assert "***@pypi.example" in report(tmp_path / "c")["alpha"]["diff"]
    assert "s3cr3t" not in done.stdout + done.stderr
    for file in (tmp_path / "c").rglob("*"):
        assert file.is_dir() or b"s3cr3t" not in file.read_bytes(), file
