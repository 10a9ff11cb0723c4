"""Runs inside a container that serves HTTP: asks 127.0.0.1:PORT for each PATH and prints the answers as JSON."""

import json
import sys
import time
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

PATIENCE = 30  # seconds until the service must listen


def ask(url: str) -> list[str | int]:
    try:
        response = urlopen(url, timeout=PATIENCE)  # noqa: S310 - the address is always http on this host
    except HTTPError as error:
        response = error
    with response:
        return [response.status, response.headers["Content-Type"], response.read().decode("utf-8")]


def wait_for(url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            ask(url)
        except URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


if __name__ == "__main__":
    port, *paths = sys.argv[1:]
    wait_for(f"http://127.0.0.1:{port}{paths[0]}")
    json.dump({path: ask(f"http://127.0.0.1:{port}{path}") for path in paths}, sys.stdout)
