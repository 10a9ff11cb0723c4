"""A service that greets."""

from flask import Flask
from markupsafe import escape

app = Flask(__name__)


@app.get("/")
def index() -> str:
    return "hello"


@app.get("/<name>")
def greet(name: str) -> str:
    return f"hello {escape(name)}"
