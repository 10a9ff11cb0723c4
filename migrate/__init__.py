"""Move a Python repository from pip to uv: requirements, lock file and Dockerfile."""

__version__ = "0.1.0"  # as in pyproject.toml; reading it from the installed metadata would double the time of --version
