"""Which certificates of an index are trusted: those that uv knows, and then those that this machine trusts."""

import io
import ssl
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from certificates import made
from indexes import served, simple_index, wheel

from migrate.lock.uv import LockFailed, Uv

OF_THIS_MACHINE = Path("/etc/ssl/certs/ca-certificates.crt")
LOCKING = "import sys; from migrate.lock.uv import Uv; print(Uv.found().lock(sys.stdin.read(), None, sys.stderr))"
PROJECT = """[project]
name = "x"
version = "0"
requires-python = ">=3.11"
dependencies = ["plain"]

[[tool.uv.index]]
url = "https://{}/simple"
default = true
"""


@dataclass(frozen=True)
class Encrypted:
    """A project whose index has a certificate that nobody knows."""

    pyproject: str
    certificate: Path


@pytest.fixture
def encrypted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Encrypted]:
    certificate, key = tmp_path / "index.pem", tmp_path / "index.key"
    made(certificate, key, "IP:127.0.0.1")
    encryption = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    encryption.load_cert_chain(certificate, key)
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "UV_SYSTEM_CERTS", "UV_NATIVE_TLS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    with served(simple_index(wheel("plain", "1.0")), encryption=encryption) as host:
        yield Encrypted(PROJECT.format(host), certificate)


def test_a_certificate_that_nobody_trusts_is_refused(encrypted: Encrypted) -> None:
    said = io.StringIO()
    with pytest.raises(LockFailed, match="invalid peer certificate") as refused:
        Uv.found().lock(encrypted.pyproject, None, said)
    assert said.getvalue().count("Failed to fetch") == 1
    assert "--system-certs" not in str(refused.value)  # an advice that was taken already


def test_a_choice_of_the_user_not_to_trust_this_machine_is_kept(
    encrypted: Encrypted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_SYSTEM_CERTS", "0")
    said = io.StringIO()
    with pytest.raises(LockFailed, match="invalid peer certificate"):
        Uv.found().lock(encrypted.pyproject, None, said)
    assert said.getvalue().count("Failed to fetch") == 1


def test_a_certificate_that_only_this_machine_trusts_is_accepted(encrypted: Encrypted, tmp_path: Path) -> None:
    """The store of this machine is another file for the one process that looks, where the system allows that."""
    store = tmp_path / "store.crt"
    store.write_bytes(OF_THIS_MACHINE.read_bytes() + encrypted.certificate.read_bytes())
    alone = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
    replaced = f"mount --bind {store} {OF_THIS_MACHINE}"
    if subprocess.run([*alone, replaced], capture_output=True, check=False).returncode:
        pytest.skip("this system does not let a process have a file of its own in place of another")
    finished = subprocess.run(
        [*alone, f'{replaced} && exec {sys.executable} -c "$0"', LOCKING],
        input=encrypted.pyproject,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    assert 'name = "plain"\nversion = "1.0"' in finished.stdout
    assert "Resolved" in finished.stderr
    assert "Failed to fetch" not in finished.stderr
