"""A git host on loopback, reached through a proxy of its own: repositories by git's own server, and what `gh` asks."""

import json
import os
import re
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from certificates import made

HOST = "git.example"
URL = f"https://{HOST}/acme/service.git"
REQUEST = f"https://{HOST}/acme/service/pull/7"


@dataclass
class GitHost:
    """What a host was asked, by the names of the operations, and what it answers.

    `is_open`: there is a request already; `refusal`: why it opens none.
    """

    repositories: Path
    certificate: Path
    port: int = 0
    is_open: bool = False
    refusal: str = ""
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """Variables with which git and gh find it."""
        return {
            "HTTPS_PROXY": f"http://127.0.0.1:{self.port}",
            "https_proxy": f"http://127.0.0.1:{self.port}",
            "NO_PROXY": "",
            "no_proxy": "",
            "SSL_CERT_FILE": str(self.certificate),
            "GIT_SSL_CAINFO": str(self.certificate),
            "GH_HOST": HOST,
            "GH_ENTERPRISE_TOKEN": "t0ken",
            "GH_CONFIG_DIR": str(self.certificate.parent / "gh"),
        }

    def answer(self, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to a question in GraphQL."""
        match = re.search(r"(?:query|mutation)\s+(\w+)", query)
        name = match[1] if match else ""
        self.asked.append((name, variables))
        if self.refusal and name == "PullRequestCreate":
            return {"data": {}, "errors": [{"message": self.refusal}]}
        return {"data": _answers(is_open=self.is_open).get(name, {})}


def _answers(*, is_open: bool) -> dict[str, dict[str, Any]]:
    owner = {"id": "O", "login": "acme", "name": "acme"}
    repository = {
        "id": "R",
        "name": "service",
        "owner": owner,
        "hasIssuesEnabled": True,
        "description": "",
        "hasWikiEnabled": False,
        "viewerPermission": "WRITE",
        "defaultBranchRef": {"name": "main"},
        "isPrivate": False,
        "parent": None,
        "mergeCommitAllowed": True,
        "rebaseMergeAllowed": True,
        "squashMergeAllowed": True,
    }
    nodes = [{"number": 7, "url": REQUEST, "state": "OPEN", "headRefName": "uvmigrate"}] if is_open else []
    end = {"hasNextPage": False, "endCursor": ""}
    return {
        "PullRequestList": {
            "repository": {"pullRequests": {"totalCount": len(nodes), "nodes": nodes, "pageInfo": end}}
        },
        "RepositoryNetwork": {"viewer": {"login": "me"}, "repo_000": repository},
        "RepositoryInfo": {"repository": repository},
        "PullRequestForBranch": {"repository": {"pullRequests": {"nodes": []}, "defaultBranchRef": {"name": "main"}}},
        "UserCurrent": {"viewer": {"login": "me"}},
        "PullRequestTemplates": {"repository": {"pullRequestTemplates": []}},
        "RepositoryResolveMetadataIDs": {
            "u000": {"id": "U1", "login": "ann"},
            "repository": {"l000": {"id": "L1", "name": "dependencies"}},
        },
        "PullRequestCreate": {"createPullRequest": {"pullRequest": {"id": "P", "url": REQUEST}}},
    }


class _Handler(BaseHTTPRequestHandler):
    host: GitHost
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""

    def do_CONNECT(self) -> None:
        """Be the host at the end of the tunnel."""
        self.send_response(200)
        self.end_headers()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.host.certificate, self.host.certificate.with_suffix(".key"))
        with context.wrap_socket(self.connection, server_side=True) as inside:
            self.connection = inside
            self.rfile, self.wfile = inside.makefile("rb"), inside.makefile("wb", buffering=0)  # type: ignore[assignment] # unbuffered, as the server has it
            self.close_connection = False
            while not self.close_connection:
                self.handle_one_request()
        self.close_connection = True

    def do_GET(self) -> None:
        """Answer git."""
        self._git(b"")

    def do_POST(self) -> None:
        """Answer git and gh."""
        body = self._body()
        if self.path != "/api/graphql":
            self._git(body)
            return
        if self.headers["Authorization"] != "token t0ken":
            self._send(401, "application/json", b'{"message": "Bad credentials"}')
            return
        asked = json.loads(body)
        answer = self.host.answer(asked["query"], asked.get("variables") or {})
        self._send(200, "application/json", json.dumps(answer).encode())

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _git(self, body: bytes) -> None:
        path, _, query = self.path.partition("?")
        variables = {
            "GIT_PROJECT_ROOT": str(self.host.repositories),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type") or "",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding") or "",
            "GIT_PROTOCOL": self.headers.get("Git-Protocol") or "",
        }
        said = subprocess.run(
            ["git", "http-backend"], input=body, env=os.environ | variables, capture_output=True, check=True
        ).stdout
        head, _, content = said.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().splitlines())
        self._send(int(fields.get("Status", "200").split()[0]), fields["Content-Type"], content)

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def serving(place: Path) -> Iterator[GitHost]:
    """Give a host that serves the bare repositories below `place/acme`."""
    certificate = place / "host.pem"
    made(certificate, certificate.with_suffix(".key"), f"DNS:{HOST}")
    host = GitHost(place, certificate)
    handler = type("Handler", (_Handler,), {"host": host})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        host.port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield host
        finally:
            server.shutdown()
