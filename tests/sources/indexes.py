"""Package indexes of wheels that hold nothing, served from loopback, and repositories of git behind a password."""

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


def wheel(name: str, version: str, *requires: str) -> tuple[str, bytes]:
    """Return the file name and content of a wheel without code."""
    info = f"{name}-{version}.dist-info"
    metadata = [
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        *(f"Requires-Dist: {r}\n" for r in requires),
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


def simple_index(*wheels: tuple[str, bytes]) -> dict[str, bytes]:
    """Return the pages and files of an index (PEP 503) by path."""
    pages: dict[str, bytes] = {}
    for file, data in wheels:
        page = f"/simple/{file.split('-')[0].replace('_', '-')}/"
        link = f'<a href="/files/{file}#sha256={sha256(data)}">{file}</a>\n'
        pages[page] = pages.get(page, b"") + link.encode()
        pages[f"/files/{file}"] = data
    return pages


def folder(path: Path, prefix: str) -> dict[str, bytes]:
    """Return the files below a folder by the path at which they are served."""
    files = (file for file in path.rglob("*") if file.is_file())
    return {f"{prefix}/{file.relative_to(path).as_posix()}": file.read_bytes() for file in files}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@contextmanager
def served(pages: Mapping[str, bytes], login: str | None = None) -> Iterator[str]:
    """Serve pages on loopback, to those who know `login` ("user:password"); give host and port."""
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
            self.send_header("Content-Type", "text/html" if path.startswith("/simple") else "application/octet-stream")
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(content or b"")

        do_HEAD = do_GET  # noqa: N815 - the name by which it is called

        def log_message(self, *_arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
