"""Answers with a greeting."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def greet() -> str:
    return "good day\n"
