"""Certificates that sign themselves, for servers on loopback."""

import subprocess
from pathlib import Path


def made(certificate: Path, key: Path, name: str) -> None:
    """Write a certificate for a name, such as "IP:127.0.0.1" or "DNS:git.example", and its key. It lives two days."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=loopback"]
    command += ["-addext", f"subjectAltName={name}", "-addext", "basicConstraints=critical,CA:FALSE"]
    subprocess.run([*command, "-keyout", str(key), "-out", str(certificate)], capture_output=True, check=True)
