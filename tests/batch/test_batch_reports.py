"""The reports of a campaign: the same facts in five forms, and no text of a repository commands any of them."""

import csv
import json
import re
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from browser import CHROMIUM, Browser, browsing

from migrate.batch.model import Result, State
from migrate.batch.report import write_all
from migrate.batch.report.table import table
from migrate.batch.sources import Repository
from migrate.findings import TABLE, Finding, Severity
from migrate.images import Comparison, Figure, Proof, Unit
from migrate.images.report.document import document

HOSTILE = "<script>document.title='owned'</script>\"'&<img src=x onerror=alert(1)>\x1b[31m|\u202e`@all`"
CODE = TABLE[0].code


def finding(severity: Severity, text: str = "m") -> Finding:
    return Finding(CODE, severity, text, 3, text, text)


def results() -> Iterator[tuple[Repository, Result]]:
    yield Repository("alpha", "/alpha"), Result(State.PLANNED, diff="--- a\n+++ b\n-x\n+y\n", seconds=10.0)
    yield (
        Repository("beta", "https://git.example/beta"),
        Result(State.BLOCKED, HOSTILE, findings=(finding(Severity.ERROR, HOSTILE),) * 2, seconds=2.5, uv=HOSTILE),
    )
    yield Repository("gamma", "/gamma"), Result(State.FAILED, '=cmd|"/c calc"', diff=HOSTILE, request="javascript:x")
    yield Repository(HOSTILE, "/delta"), Result(State.MIGRATED, commit="a" * 40, request="https://x/pull/1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_all(tmp_path, results)
    return tmp_path


def test_json_and_csv_have_every_repository(folder: Path) -> None:
    entries = json.loads((folder / "report.json").read_text())["repositories"]
    assert [entry["state"] for entry in entries] == ["planned", "blocked", "failed", "migrated"]
    assert entries[1]["findings"][0] == {
        "code": CODE,
        "severity": "error",
        "path": HOSTILE,
        "line": 3,
        "message": HOSTILE,
        "hint": HOSTILE,
    }
    with (folder / "report.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["errors"] for row in rows] == ["0", "2", "0", "0"]
    assert rows[2]["reason"] == "'" + '=cmd|"/c calc"'
    assert sorted(path.name for path in folder.iterdir()) == [
        "report.csv",
        "report.html",
        "report.json",
        "report.md",
    ]


def test_markdown_has_one_row_each_and_no_markup_of_a_repository(folder: Path) -> None:
    page = (folder / "report.md").read_text()
    table_rows = page[page.index("## Repositories") :].splitlines()[4:]
    assert len(table_rows) == 4
    assert "\x1b" not in page
    assert not re.search(r"(?<!\\)[<`@]", page)
    for row in table_rows:
        assert len(re.findall(r"(?<!\\)\|", row)) == 7


def test_table_counts_and_names_those_that_need_a_person() -> None:
    lines = list(table(results))
    assert lines[-4:] == ["      1  planned", "      1  migrated", "      1  blocked", "      1  failed"]
    assert any(line.startswith(f"      1  {CODE} error: ") for line in lines)
    assert [line.split()[:2] for line in lines[:2]] == [["blocked", "beta"], ["failed", "gamma"]]
    assert not any("\x1b" in line for line in lines)


def test_table_stops_naming_at_fifty() -> None:
    lines = list(table(lambda: ((Repository(f"{n}", "/x"), Result(State.FAILED)) for n in range(60))))
    assert len([line for line in lines if line.startswith("failed")]) == 50
    assert lines[50].startswith("…")
    assert lines[-1] == "     60  failed"


def test_no_results_are_reports_too(tmp_path: Path) -> None:
    write_all(tmp_path, lambda: iter(()))
    assert json.loads((tmp_path / "report.json").read_text())["repositories"] == []
    assert list(table(lambda: iter(()))) == []


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_page_is_one_file_with_one_script_and_no_address_to_load(folder: Path) -> None:
    parser = _Tags()
    parser.feed((folder / "report.html").read_text())
    tags = [tag for tag, _ in parser.seen]
    assert tags.count("script") == 1
    assert not {"img", "link", "iframe", "object"} & set(tags)
    links = [attributes["href"] for tag, attributes in parser.seen if tag == "a"]
    states = [f"#state={state}" for state in ("planned", "migrated", "blocked", "failed")]
    assert links == [*states, f"#code={CODE}", "https://x/pull/1"]
    assert not any(name.startswith("on") or name == "src" for _, attributes in parser.seen for name in attributes)


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
@pytest.mark.parametrize(
    ("fragment", "names", "count"),
    [
        ("", ["alpha", "beta", "gamma", "<script>"], "4 of 4"),
        ("state=blocked", ["beta"], "1 of 4"),
        (f"code={CODE}", ["beta"], "1 of 4"),
        ("text=PULL/1", ["<script>"], "1 of 4"),
        ("text=nowhere", [], "0 of 4"),
        ("sort=0&descending=1", ["gamma", "beta", "alpha", "<script>"], "4 of 4"),
        ("sort=4", ["gamma", "<script>", "beta", "alpha"], "4 of 4"),
    ],
)
def test_page_filters_and_sorts_in_a_browser(folder: Path, fragment: str, names: list[str], count: str) -> None:
    assert CHROMIUM is not None
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
    page = subprocess.run(
        [*command, "--virtual-time-budget=2000", "--dump-dom", f"{(folder / 'report.html').as_uri()}#{fragment}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout
    assert "<title>uvmigrate campaign</title>" in page
    assert f'<output id="shown">{count}</output>' in page
    body = page[page.index('id="repositories"') :]
    rows = re.findall(r'<details ([^>]*)>.*?<span class="repository">(.*?)</span>', body, re.DOTALL)
    assert {key for attributes, _ in rows for key in re.findall(r"data-(\w+)=", attributes)} == {
        "state",
        "codes",
        *(f"key{number}" for number in range(5)),
    }
    shown = [name.replace("&lt;", "<").replace("&gt;", ">") for attributes, name in rows if "hidden" not in attributes]
    assert [name[: len(wanted)] for name, wanted in zip(shown, names, strict=True)] == names


@pytest.fixture
def browser(folder: Path) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    with browsing(folder / "report.html", folder / "profile") as opened:
        yield opened


FOCUS = "document.activeElement.querySelector('.repository')?.textContent.slice(0, 5) || document.activeElement.name"
OPENED = "[...document.querySelectorAll('#repositories details')].filter(each => each.open && !each.hidden).length"


def test_keys_move_and_open_and_close(browser: Browser) -> None:
    steps = [("j", "alpha"), ("j", "beta"), ("j", "gamma"), ("j", "<scri"), ("j", "<scri"), ("k", "gamma")]
    for key, name in steps:
        browser.press(key)
        browser.expect(FOCUS, name)
    browser.press("Enter")
    browser.expect(OPENED, 1)
    browser.expect("document.activeElement.parentElement.open", True)
    browser.press("Enter")
    browser.expect(OPENED, 0)


def test_the_search_takes_letters_as_letters_and_escape_clears_it(browser: Browser) -> None:
    browser.press("/")
    browser.expect(FOCUS, "text")
    for key in "betjk":
        browser.press(key)
    browser.expect("document.getElementById('filter').text.value", "betjk")
    browser.expect("document.getElementById('shown').textContent", "0 of 4")
    browser.press("Escape")
    browser.expect("document.getElementById('filter').text.value", "")
    browser.expect("document.getElementById('shown').textContent", "4 of 4")


def test_open_all_opens_what_is_shown_and_close_all_closes_it(browser: Browser) -> None:
    browser.click(".legend a.blocked")
    browser.expect("document.getElementById('shown').textContent", "1 of 4")
    browser.click("#open")
    browser.expect("document.querySelectorAll('#repositories details[open]').length", 1)
    browser.click("button[type=reset]")
    browser.click("#open")
    browser.expect(OPENED, 4)
    browser.click("#close")
    browser.expect(OPENED, 0)


def measured() -> Iterator[tuple[Repository, Result]]:
    proofs = (Proof("imports", "all modules import", why=HOSTILE), Proof("files", "same files", (HOSTILE,)))
    size = Figure("size", "image size", Unit.BYTES, (865e6,), (128e6,))
    yield (
        Repository("alpha", "/a"),
        Result(State.BLOCKED, images=document(Comparison("Dockerfile", "docker", 1, (size,), proofs))),
    )
    yield (
        Repository("beta", "/b"),
        Result(State.MIGRATED, images=document(Comparison("", "", 1, (), (), ("not compared: no Dockerfile",)))),
    )
    yield Repository("gamma", "/c"), Result(State.NOTHING)


def test_images_are_in_every_report(tmp_path: Path) -> None:
    write_all(tmp_path, measured)
    entries = json.loads((tmp_path / "report.json").read_text())["repositories"]
    assert entries[0]["images"]["figures"][0]["before"] == [865e6]
    assert entries[2]["images"] is None
    with (tmp_path / "report.csv").open(newline="") as file:
        rows = [(row["old_image"], row["new_image"]) for row in csv.DictReader(file)]
    assert rows == [("865000000", "128000000"), ("", ""), ("", "")]
    markdown = (tmp_path / "report.md").read_text()
    assert "| alpha | 865 MB | 128 MB | 6.8x less | 1 failed, 1 unproven |" in markdown
    assert "| beta | - | - |  | not compared: no Dockerfile |" in markdown
    page = (tmp_path / "report.html").read_text()
    assert "<dt>images of 1</dt><dd>865 MB → 128 MB</dd>" in page
    assert "<td>6.8x less</td>" in page
    assert "<script>document" not in page
    lines = list(table(measured))
    assert "      1  images measured: 865 MB → 128 MB" in lines
    assert any("alpha" in line and "image 865 MB → 128 MB" in line for line in lines)
