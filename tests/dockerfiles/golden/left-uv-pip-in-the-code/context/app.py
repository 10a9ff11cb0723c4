import subprocess

subprocess.run(["uvx", "ruff", "check"], check=True)
