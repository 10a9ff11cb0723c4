"""Campaigns on Dask workers that take only those who have a certificate."""

import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest
from certificates import made
from clusters import campaign, check_each_is_pushed_once, prepared, started


def certificates(place: Path) -> dict[str, Path]:
    """Make a certificate that signs itself, and its key, for all sides."""
    place.mkdir()
    files = {"cert": place / "tls.pem", "key": place / "tls.key", "ca-file": place / "tls.pem"}
    made(files["cert"], files["key"], "IP:127.0.0.1")
    return files


def of_dask(files: dict[str, Path]) -> dict[str, str]:
    """Return Dask's settings for the side of the campaign."""
    return {
        "DASK_DISTRIBUTED__COMM__TLS__CA_FILE": str(files["ca-file"]),
        "DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT": str(files["cert"]),
        "DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY": str(files["key"]),
    }


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_a_cluster_with_tls_takes_those_who_have_a_certificate(tmp_path: Path, stack: ExitStack) -> None:
    place = prepared(tmp_path)
    files, others = certificates(place / "ours"), certificates(place / "others")
    options = ("--protocol", "tls", *(word for name, file in files.items() for word in (f"--tls-{name}", str(file))))
    those = started(place, stack, 1, options=options)
    assert those.address.startswith("tls://")
    for settings, sentence in (
        ({}, "needs TLS: name certificates in Dask's settings"),
        (of_dask(files | {"key": place / "missing"}), "No such file"),
        (of_dask(others), "cannot be reached"),
    ):
        stranger = campaign(place, "--cluster", those.address, "--push", **settings)
        _, errors = stranger.communicate(timeout=120)
        assert (stranger.returncode, errors.count("\n"), sentence in errors) == (2, 1, True), errors
    running = campaign(place, "--cluster", those.address, "--push", **of_dask(files))
    _, errors = running.communicate(timeout=120)
    assert running.returncode == 0, errors
    check_each_is_pushed_once(place)
