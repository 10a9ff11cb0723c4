"""Runs inside a running container on Python 3.6 or newer: asks a URL of this host until it answers.

The arguments are the URL and the seconds to wait; printed as JSON: `code`, `type`, `text`, and `at`, the time of day.
"""

import json
import sys
import time
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

LONGEST = 1 << 20  # bytes of an answer


def main() -> None:
    url, patience = sys.argv[1], float(sys.argv[2])
    opener = build_opener(ProxyHandler({}))
    deadline = time.time() + patience
    while True:
        try:
            response = opener.open(url, timeout=patience)
        except HTTPError as error:
            response = error
        except OSError as error:
            if time.time() > deadline:
                sys.exit(str(error))
            time.sleep(0.01)
            continue
        at = time.time()
        body = response.read(LONGEST).decode("utf-8", "replace")
        answer = {"code": response.code, "type": response.headers.get("Content-Type"), "text": body, "at": at}
        json.dump(answer, sys.stdout)
        return


if __name__ == "__main__":
    main()
