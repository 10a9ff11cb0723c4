"""Package indexes of wheels that hold nothing, served from loopback, and repositories of git behind a password."""

import base64
import hashlib
import io
import json
import ssl
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


def wheel(name: str, version: str, *requires: str, python: str = "") -> tuple[str, bytes]:
    """Return the file name and content of a wheel without code; `python` is its Requires-Python."""
    info = f"{name}-{version}.dist-info"
    metadata = [
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        *(f"Requires-Dist: {r}\n" for r in requires),
        *([f"Requires-Python: {python}\n"] if python else []),
    ]
    files = {
        f"{info}/METADATA": "".join(metadata),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path), text)
    return f"{name}-{version}-py3-none-any.whl", data.getvalue()


def sdist(name: str, version: str, backend: str, metadata_name: str | None = None) -> tuple[str, bytes]:
    """Return the file name and content of a source distribution with a build backend of its own, which needs nothing.

    `metadata_name` is the name that its metadata have, if that is another one.
    """
    folder = f"{name}-{version}"
    project = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    files = {
        "PKG-INFO": f"Metadata-Version: 2.1\nName: {metadata_name or name}\nVersion: {version}\n",
        "pyproject.toml": project,
        "backend.py": backend,
    }
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for path, text in files.items():
            entry = tarfile.TarInfo(f"{folder}/{path}")
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text.encode()))
    return f"{folder}.tar.gz", data.getvalue()


def simple_index(*wheels: tuple[str, bytes]) -> dict[str, bytes]:
    """Return the pages and files of an index (PEP 503) by path."""
    pages: dict[str, bytes] = {}
    for file, data in wheels:
        page = f"/simple/{file.split('-')[0].replace('_', '-')}/"
        link = f'<a href="/files/{file}#sha256={sha256(data)}">{file}</a>\n'
        pages[page] = pages.get(page, b"") + link.encode()
        pages[f"/files/{file}"] = data
    return pages


def dated_index(*wheels: tuple[str, bytes, str]) -> dict[str, bytes]:
    """Return the pages and files of an index that tells when each file was published (PEP 691 and 700)."""
    names = {file.split("-")[0] for file, _, _ in wheels}
    pages = {f"/files/{file}": data for file, data, _ in wheels}
    for name in names:
        files = [
            {"filename": file, "url": f"/files/{file}", "hashes": {"sha256": sha256(data)}, "upload-time": time}
            for file, data, time in wheels
            if file.split("-")[0] == name
        ]
        page = {"meta": {"api-version": "1.1"}, "name": name, "versions": [], "files": files}
        pages[f"/simple/{name.replace('_', '-')}/"] = json.dumps(page).encode()
    return pages


def folder(path: Path, prefix: str) -> dict[str, bytes]:
    """Return the files below a folder by the path at which they are served."""
    files = (file for file in path.rglob("*") if file.is_file())
    return {f"{prefix}/{file.relative_to(path).as_posix()}": file.read_bytes() for file in files}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@contextmanager
def served(
    pages: Mapping[str, bytes], login: str | None = None, encryption: ssl.SSLContext | None = None
) -> Iterator[str]:
    """Serve pages on loopback, to those who know `login` ("user:password"), maybe by https; give host and port."""
    expected = f"Basic {base64.b64encode(login.encode()).decode()}" if login else None

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if expected and self.headers["Authorization"] != expected:
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="test"')
                self.end_headers()
                return
            content = pages.get(path) or pages.get(f"{path}/")
            self.send_response(200 if content is not None else 404)
            self.send_header("Content-Type", _type_of(path, content or b""))
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(content or b"")

        do_HEAD = do_GET  # noqa: N815 - the name by which it is called

        def log_message(self, *_arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if encryption:
            server.socket = encryption.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def _type_of(path: str, content: bytes) -> str:
    if not path.startswith("/simple"):
        return "application/octet-stream"
    return "application/vnd.pypi.simple.v1+json" if content.startswith(b"{") else "text/html"
