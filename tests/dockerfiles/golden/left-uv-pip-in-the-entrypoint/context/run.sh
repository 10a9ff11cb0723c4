#!/bin/sh
exec uv run python app.py
