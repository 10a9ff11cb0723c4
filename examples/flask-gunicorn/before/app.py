"""A small board of notes that are kept as Markdown files."""

import os
from pathlib import Path

from dotenv import load_dotenv
from flask import Flask, abort, render_template, request
from markdown import markdown
from markupsafe import Markup

load_dotenv()

app = Flask(__name__)
notes = Path(os.environ.get("NOTES_FOLDER", "notes"))


def titles() -> list[str]:
    return sorted(path.stem for path in notes.glob("*.md"))


@app.get("/")
def index() -> str:
    return render_template("index.html", titles=titles())


@app.get("/notes/<title>")
def note(title: str) -> str:
    if title not in titles():
        abort(404)
    text = (notes / f"{title}.md").read_text(encoding="utf-8")
    return render_template("note.html", title=title, body=Markup(markdown(text)))


@app.get("/preview")
async def preview() -> str:
    return markdown(request.args.get("text", ""))


@app.get("/health")
def health() -> dict[str, object]:
    return {"status": "ok", "notes": len(titles())}
