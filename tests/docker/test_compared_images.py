"""Each way in which a new image can be wrong is detected, and nothing is wrong with the right one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from migrate.images.engine import Build, Engine
from migrate.images.image import Image
from migrate.images.model import Proof, Status
from migrate.images.proofs import CLAIMS, Pair, prove
from migrate.images.starts import Probe, start

pytestmark = [pytest.mark.docker, pytest.mark.network]

BASE = "FROM python:3.11-slim\n"
FULL = "FROM python:3.11\n"
SITE = "lib/python3.11/site-packages"
INSTALL = "install --no-cache-dir --disable-pip-version-check markupsafe==2.1.5 markdown==3.5"
LIBRARY = f"cp /usr/local/lib/python3.11/lib-dynload/_sqlite3*.so /app/.venv/{SITE}/tables.so"
PROGRAM = 'CMD ["python", "app.py"]\n'
OLD = f"""\
{BASE}WORKDIR /app
RUN pip {INSTALL}
COPY . .
{PROGRAM}"""
NEW = f"""\
FROM python:3.11-slim AS builder
RUN python -m venv /app/.venv && /app/.venv/bin/pip {INSTALL} \\
 && {LIBRARY} && /app/.venv/bin/pip uninstall --yes pip setuptools
{BASE}WORKDIR /app
COPY --from=builder /app/.venv /app/.venv
ENV PATH="/app/.venv/bin:$PATH"
COPY . .
{PROGRAM}"""
SECRET = b"correct horse battery staple"

Make = Callable[..., Pair]


@pytest.fixture(scope="session")
def make(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Return a function that builds the old image, and a new one with more instructions, or another text."""
    folder = tmp_path_factory.mktemp("compared")
    context = folder / "context"
    context.mkdir()
    (context / "app.py").write_text("import markdown\nprint(markdown.markdown('*hello*'), flush=True)\n")
    (context / "broken.py").write_text("import nothing_like_it\n")
    (context / "waits.py").write_text("import time, markdown\ntime.sleep(600)\n")
    (context / "data.txt").write_text("data\n")
    numbers = iter(range(1000))

    def build(text: str, *options: str) -> Image:
        number = next(numbers)
        dockerfile = folder / f"{number}.Dockerfile"
        dockerfile.write_text(text)
        return Image(engine, engine.build(f"compared-{number}", dockerfile, context, Build(options)).tag)

    base = build(BASE)
    old = build(OLD)

    def pair(more: str = "", *options: str, text: str = NEW) -> Pair:
        new = build(text + more, *options)
        return Pair(old, new, base, base, frozenset(), frozenset(), {"the token": SECRET}, folder)

    return pair


@pytest.mark.parametrize("claim", ["files", "config"])
@pytest.mark.parametrize(("added", "status"), [("app", Status.PASSED), ("--uid 2000 other", Status.FAILED)])
def test_users_on_another_base_image(make: Make, claim: str, added: str, status: Status) -> None:
    full, slim = (FULL, "LABEL base=full\n"), (BASE, "LABEL base=slim\n")
    old, new, old_base, new_base = (
        make(text="".join((*base, *more))).new
        for base, more in (
            (full, ("RUN useradd app\n", "LABEL own=1\n")),
            (slim, (f"RUN useradd {added}\n", f"LABEL own={int(status is Status.PASSED)}\n")),
            (full, ()),
            (slim, ()),
        )
    )
    pair = Pair(old, new, old_base, new_base, frozenset(), frozenset(), {}, Path())
    assert prove(claim, pair).status is status


@pytest.mark.parametrize("claim", sorted(CLAIMS.keys() - {"probe"}))
def test_the_right_image_is_proven(make: Make, claim: str) -> None:
    proof = prove(claim, make())
    assert (proof.status, proof.differences) == (Status.PASSED, ())


@pytest.mark.parametrize(
    ("claim", "more", "said"),
    [
        ("distributions", f"RUN rm -r /app/.venv/{SITE}/Markdown-3.5.dist-info\n", "markdown: 3.5 became None"),
        ("files", "RUN rm data.txt\n", "/app/data.txt: is gone"),
        ("files", "RUN touch /srv/new\n", "/srv/new: is new"),
        ("files", "RUN echo more >> data.txt\n", "/app/data.txt: other content"),
        ("files", "RUN chmod 600 data.txt\n", "/app/data.txt: mode 420 became 384"),
        ("files", "RUN chown 33 data.txt\n", "/app/data.txt: user 0 became 33"),
        ("scripts", "RUN rm /app/.venv/bin/markdown_py\n", "markdown_py is not found"),
        ("imports", f"RUN rm /app/.venv/{SITE}/markdown/core.py\n", "markdown: ModuleNotFoundError"),
        ("libraries", "RUN rm /usr/lib/x86_64-linux-gnu/libsqlite3.so*\n", "tables.so needs libsqlite3.so.0"),
        ("leftovers", "RUN touch /usr/local/bin/uv\n", "/usr/local/bin/uv"),
        ("leftovers", "RUN touch /usr/bin/gcc\nRUN rm /usr/bin/gcc\n", "/usr/bin/gcc is in a layer"),
        ("leftovers", "RUN mkdir -p /root/.cache/pip/http\n", "/root/.cache/pip"),
        ("leftovers", "RUN mkdir -p /root/.cache/uv/x\nRUN rm -r /root/.cache\n", "/root/.cache/uv is in a layer"),
        ("config", "ENV DEBUG=1\n", "DEBUG: None expected, '1' found"),
        ("config", "USER 33\n", "User: '' became '33'"),
        ("config", 'CMD ["python"]\n', "Cmd: "),
        ("secrets", f"ENV HIDDEN='{SECRET.decode()}'\n", "the token is in the configuration"),
        ("secrets", f"RUN echo '{SECRET.decode()}' | cat\n", "the token is in the history"),
        (
            "secrets",
            "RUN --mount=type=secret,id=t cat /run/secrets/t > /t\nRUN rm /t\n",
            "the token is in a layer, in /t",
        ),
    ],
)
def test_it_is_detected(make: Make, tmp_path: Path, claim: str, more: str, said: str) -> None:
    (tmp_path / "secret").write_bytes(SECRET)
    pair = make(more, "--secret", f"id=t,src={tmp_path}/secret")
    proof = prove(claim, pair)
    assert proof.status is Status.FAILED
    assert any(said in difference for difference in proof.differences), proof.differences


def test_a_changed_version_is_detected(make: Make) -> None:
    pair = make(text=NEW.replace("markdown==3.5", "markdown==3.5.1"))
    assert prove("distributions", pair).differences == ("markdown: 3.5 became 3.5.1",)


def test_what_could_not_be_imported_before_is_no_difference(make: Make) -> None:
    proof = prove("imports", make())
    assert [each for each in proof.explained if "nothing_like_it" in each]


def test_a_module_that_waits_in_both_images_is_no_difference(make: Make) -> None:
    proof = prove("imports", make())
    assert "waits does not end in either image" in proof.explained


def test_a_module_that_waits_no_more_but_fails_is_a_difference(make: Make) -> None:
    proof = prove("imports", make(f"RUN rm -r /app/.venv/{SITE}/markdown\n"))
    assert any(each.startswith("waits: does not end in the old image, but now Module") for each in proof.differences)


def test_a_module_that_waits_longer_in_the_new_image_may_end_alone(make: Make) -> None:
    def slow(seconds: int) -> str:
        return f"RUN echo 'import time; time.sleep({seconds})' > /app/slow.py\n"

    old, new = make(text=OLD + slow(0)).new, make(slow(7))
    proof = prove("imports", replace(new, old=old))
    assert (proof.status, [each for each in proof.explained if "slow" in each]) == (Status.PASSED, [])


def test_a_secret_is_never_shown(make: Make) -> None:
    proof = prove("secrets", make(f"ENV HIDDEN='{SECRET.decode()}'\n"))
    assert SECRET.decode() not in str(proof)


def test_an_image_without_python_is_not_proven(make: Make) -> None:
    proof = prove("distributions", make("RUN rm /app/.venv/bin/python* /usr/local/bin/python*\n"))
    assert (proof.status, proof.why) == (Status.UNPROVEN, "the image has no Python that starts")


def _probed(pair: Pair, probe: Probe) -> Proof:
    assert pair.old is not None
    starts = ([start(pair.old, probe), start(pair.old, probe)], [start(pair.new, probe)])
    return prove("probe", Pair(pair.old, pair.new, None, None, frozenset(), frozenset(), {}, pair.scratch, starts))


SERVER = 'CMD ["python", "-m", "http.server", "8000"]\n'


def test_the_answers_to_a_request_are_compared(make: Make) -> None:
    probe = Probe("http://127.0.0.1:8000/data.txt", patience=20)
    old = make(SERVER, text=OLD).new
    for more, status in ((SERVER, Status.PASSED), (f"RUN echo x > data.txt\n{SERVER}", Status.FAILED)):
        new = make(more)
        assert (
            _probed(Pair(old, new.new, *(None, None), frozenset(), frozenset(), {}, new.scratch), probe).status
            is status
        )


def test_a_command_can_be_the_probe(make: Make) -> None:
    loop = 'CMD ["sleep", "60"]\n'
    old = make(loop, text=OLD).new
    new = make(loop)
    pair = Pair(old, new.new, None, None, frozenset(), frozenset(), {}, new.scratch)
    assert _probed(pair, Probe("python app.py", patience=20)).status is Status.PASSED
    failing = _probed(pair, Probe("test -e /nowhere", patience=1))
    assert failing.status is Status.UNPROVEN


def test_what_differs_at_every_start_is_no_difference(make: Make) -> None:
    loop = 'CMD ["sleep", "60"]\n'
    old = make(loop, text=OLD).new
    for more, status in ((loop, Status.PASSED), (f"RUN echo x > data.txt\n{loop}", Status.FAILED)):
        new = make(more)
        pair = Pair(old, new.new, None, None, frozenset(), frozenset(), {}, new.scratch)
        assert _probed(pair, Probe("cat data.txt /etc/hostname", patience=20)).status is status


def test_a_program_that_ends_does_not_pass(make: Make) -> None:
    found = start(make().new, Probe("http://127.0.0.1:8000/", patience=2))
    assert found.seconds is None
    assert "does not answer" in found.why


def test_the_first_line_is_timed(make: Make) -> None:
    found = start(make().new, Probe(None, patience=20))
    assert found.seconds is not None
    assert found.seconds < 20
    silent = start(make('CMD ["true"]\n').new, Probe(None, patience=5))
    assert silent.why == "it ended without a line of output"
