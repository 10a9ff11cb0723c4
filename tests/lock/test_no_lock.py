"""Why there is no lock: each cause has a finding of its own, from the real uv, and leaves the repository as it was."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest
from conftest import RepoMaker
from example_projects import files
from indexes import sdist, served, simple_index, wheel

from migrate.findings import Finding
from migrate.lock import uv
from migrate.migration import migrate

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
INDEX = simple_index(
    wheel("demo", "1.0"),
    wheel("demo", "2.0"),
    wheel("needs_old", "1.0", "demo<2"),
    wheel("needs_lost", "1.0", "lost"),
    wheel("only_pre", "1.0b1"),
    sdist("broken", "1.0", "raise SystemExit('this needs a compiler')"),
    sdist("isolated", "1.0", "import torch"),
    ("ancient-1.0.tar.bz2", b"never read"),
    sdist("too_old", "1.0", "import ConfigParser"),
)
Failure = Callable[..., Finding]


@pytest.fixture
def failure(repo_of: RepoMaker, own_cache: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Finding]:  # noqa: ARG001 - its setting counts
    """Return a function that migrates requirements in vain, and gives the finding that says why."""
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    monkeypatch.setenv("COLUMNS", "40")  # to which uv would break its lines

    def fail(requirements: str, python: str = HERE, others: Mapping[str, str] | None = None) -> Finding:
        texts = {"requirements.txt": requirements, "Dockerfile": f"FROM python:{python}-slim\n", **(others or {})}
        root = repo_of(texts).root
        before = files(root)
        plan = migrate(root)
        assert plan.changes == ()
        assert plan.has_errors
        assert files(root) == before
        (finding,) = (finding for finding in plan.findings if finding.code.startswith("U"))
        return finding

    return fail


@pytest.mark.parametrize(
    ("requirements", "code", "said"),
    [
        ("lost\n", "U413", "lost is not on the index"),
        ("demo\nlost>=2\n", "U413", "lost is not on the index"),
        ("needs-lost\n", "U413", "lost is not on the index"),
        ("demo==9.0\n", "U418", "the index has no demo==9.0"),
        ("demo>=3\n", "U418", "the index has no demo>=3"),
        ("demo==2.0\nneeds-old\n", "U401", "depend on demo<2"),
        ("broken\n", "U412", "broken 1.0 cannot be built here"),
        ("too-old==1.0\n", "U412", "too-old 1.0 cannot be built here"),
        ("ancient\n", "U419", "ancient 1.0 has only a source distribution whose file name uv refuses"),
        ("isolated\n", "U411", "isolated imports torch while it is built"),
    ],
)
def test_index_that_answers(
    failure: Failure, monkeypatch: pytest.MonkeyPatch, requirements: str, code: str, said: str
) -> None:
    with served(INDEX) as host:
        monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://{host}/simple")
        finding = failure(requirements)
    assert (finding.code, said in " ".join(finding.message.split())) == (code, True), finding.message


def test_prerelease_that_the_project_forbids(failure: Failure, monkeypatch: pytest.MonkeyPatch) -> None:
    with served(INDEX) as host:
        monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://{host}/simple")
        finding = failure("only-pre\n", others={"pyproject.toml": '[tool.uv]\nprerelease = "disallow"\n'})
    assert finding.code == "U410"
    assert "only-pre==1.0b1" in finding.hint


@pytest.mark.parametrize(
    ("status", "kind", "content", "code"),
    [
        (401, "text/html", b"", "U414"),
        (403, "text/html", b"", "U414"),
        (410, "text/html", b"", "U415"),
        (429, "text/html", b"", "U415"),
        (500, "text/html", b"", "U415"),
        (503, "text/html", b"", "U415"),
        (200, "text/plain", b"maintenance", "U415"),
        (200, "application/vnd.pypi.simple.v1+json", b"{}", "U415"),
        (200, "text/html", b"<p>nothing of that name</p>", "U413"),
    ],
)
def test_index_that_does_not_serve(  # noqa: PLR0913, PLR0917 - what it answers, and what that is taken for
    failure: Failure, monkeypatch: pytest.MonkeyPatch, status: int, kind: str, content: bytes, code: str
) -> None:
    with answering(status, kind, content) as host:
        monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://user:secret@{host}/simple")
        finding = failure("demo\n")
    assert finding.code == code
    assert "secret" not in finding.message + finding.hint


def test_no_network(failure: Failure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://192.0.2.1/simple")
    monkeypatch.setenv("UV_HTTP_TIMEOUT", "2")
    assert failure("demo\n").code == "U415"


def test_offline_without_a_cache(failure: Failure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_OFFLINE", "1")
    assert failure("demo\n").code == "U415"


def test_interpreter_that_is_nowhere(failure: Failure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_PYTHON_DOWNLOADS", "never")
    finding = failure("demo\n", "3.99")
    assert finding.code == "U417"
    assert "Python 3.99" in finding.message


def test_interpreter_that_cannot_be_downloaded(failure: Failure, monkeypatch: pytest.MonkeyPatch) -> None:
    # no index is asked: uv wants a Python first, and a Python that is installed is none for 3.15
    monkeypatch.setenv("UV_PYTHON_INSTALL_MIRROR", "http://127.0.0.1:9/python-build-standalone/releases/download")
    monkeypatch.setenv("UV_PYTHON_INSTALL_DIR", "/nonexistent")
    assert failure("demo\n", "3.15").code == "U417"


def test_lock_that_takes_too_long(failure: Failure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uv, "LONGEST_LOCK", 1.5)
    with answering(200, "text/html", b"", delay=Event()) as host:
        monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://{host}/simple")
        finding = failure("demo\n")
    assert finding.code == "U416"
    assert "within 1.5 seconds" in finding.message


@contextmanager
def answering(status: int, kind: str, content: bytes, delay: Event | None = None) -> Iterator[str]:
    """Answer every request in the same way, once `delay` is set; give host and port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if delay:
                delay.wait(60)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(content)

        def log_message(self, *_arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            if delay:
                delay.set()
            server.shutdown()
