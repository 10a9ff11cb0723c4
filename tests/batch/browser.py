"""Chromium without a window, told by its own protocol to press keys and to click, as a person does."""

import itertools
import json
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tornado.ioloop import IOLoop
from tornado.websocket import WebSocketClientConnection, websocket_connect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"  # before, clicks are lost
_CODES = {"Escape": 27, "Enter": 13}


@dataclass
class Browser:
    """A page in a browser."""

    loop: IOLoop
    connection: WebSocketClientConnection
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def _do(self, method: str, **parameters: object) -> dict[str, Any]:
        number = next(self.numbers)

        async def asked() -> dict[str, Any]:
            await self.connection.write_message(json.dumps({"id": number, "method": method, "params": parameters}))
            while True:
                answer = json.loads(await self.connection.read_message() or "{}")
                if answer.get("id") == number:
                    return dict(answer["result"])

        result: dict[str, Any] = self.loop.run_sync(asked, timeout=60)
        return result

    def value(self, expression: str) -> Any:
        """Return the value of an expression of JavaScript in the page."""
        return self._do("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)["result"].get(
            "value"
        )

    def expect(self, expression: str, wanted: object) -> None:
        """Assert that an expression soon has a value: what a click does may come after the next frame."""
        until = time.monotonic() + 10
        while (value := self.value(expression)) != wanted and time.monotonic() < until:
            time.sleep(0.05)
        assert value == wanted

    def press(self, key: str) -> None:
        """Press and release a key."""
        text = {"Escape": "", "Enter": "\r"}.get(key, key)
        code = {"windowsVirtualKeyCode": _CODES.get(key, ord(key[0].upper()))}
        self._do("Input.dispatchKeyEvent", type="keyDown", key=key, text=text, **code)
        self._do("Input.dispatchKeyEvent", type="keyUp", key=key, **code)

    def click(self, selector: str) -> None:
        """Click into the middle of the first element that a selector finds."""
        where = self.value(
            f"(r => [r.x + r.width / 2, r.y + r.height / 2])((e => (e.scrollIntoView({{block: 'center'}}), "
            f"e.getBoundingClientRect()))(document.querySelector({json.dumps(selector)})))"
        )
        place = {"x": where[0], "y": where[1], "button": "left", "clickCount": 1}
        self._do("Input.dispatchMouseEvent", type="mousePressed", **place)
        self._do("Input.dispatchMouseEvent", type="mouseReleased", **place)


@contextmanager
def browsing(page: Path, profile: Path) -> Iterator[Browser]:
    """Give a browser with a page of a file."""
    assert CHROMIUM is not None
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1200,900"]
    command += ["--remote-debugging-port=0", f"--user-data-dir={profile}", page.as_uri()]
    loop = IOLoop(make_current=False)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            url = _address(profile, until=time.monotonic() + 60)
            connection = loop.run_sync(lambda: _connected(url), timeout=60)
            browser = Browser(loop, connection)
            while browser.value("location.protocol + document.readyState") != "file:complete":
                time.sleep(0.05)
            browser.value(_PAINTED)
            yield browser
        finally:
            process.kill()
            loop.close()


async def _connected(url: str) -> WebSocketClientConnection:
    return await websocket_connect(url)


def _address(profile: Path, until: float) -> str:
    """Return where the page listens, once the browser has written it down."""
    while time.monotonic() < until:
        try:
            port = (profile / "DevToolsActivePort").read_text().split()[0]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as answer:
                return next(str(each["webSocketDebuggerUrl"]) for each in json.load(answer) if each["type"] == "page")
        except (OSError, IndexError, StopIteration):
            time.sleep(0.05)
    raise AssertionError("the browser has no page")
