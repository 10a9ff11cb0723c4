"""Writes docs/findings.md from the table of findings: `uv run docs/make_findings.py`."""

from pathlib import Path

from migrate.findings import TABLE

HEAD = """# Findings

What uvmigrate says about a place in a repository: `path:line: severity code: message`, and a hint.

- **info**: done; good to know.
- **warning**: left as it is, still works.
- **error**: will not work until a person acts; the exit code is 1.

Areas: R1xx requirements, P2xx pyproject.toml, D3xx Dockerfiles, U4xx uv and the lock, F5xx the files around them.
This page is written from the table in `migrate/findings/` by `uv run docs/make_findings.py`.
"""


def page() -> str:
    """Return the text of docs/findings.md."""
    rows = (
        f"\n## {kind.code} ({kind.severity})\n\n> {kind.message.splitlines()[0]}\n\n{kind.explanation}\n"
        + (f"\nWhat to do: {kind.hint}.\n" if kind.hint else "")
        for kind in TABLE
    )
    return HEAD + "".join(rows)


if __name__ == "__main__":
    Path(__file__).with_name("findings.md").write_text(page(), encoding="utf-8")
