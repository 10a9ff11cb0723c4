"""Move a Python repository from pip to uv: requirements, lock file and Dockerfile."""
