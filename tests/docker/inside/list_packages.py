"""Runs inside an image: prints as JSON where its `python` lives and what is installed there, name -> version."""

import json
import sys
from importlib.metadata import distributions

if __name__ == "__main__":
    packages = {distribution.metadata["Name"]: distribution.version for distribution in distributions()}
    json.dump({"prefix": sys.prefix, "packages": packages}, sys.stdout)
