"""A real Chromium without a window, spoken to over a pipe: no port, no network."""

import base64
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

KEYS = {"Enter": 13, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38, "/": 191}


class Page:
    """A page opened in it, and all that it told."""

    def __init__(self, reader: Any, writer: Any) -> None:
        self._reader, self._writer = reader, writer
        self._last = 0
        self._session: str | None = None
        self.told: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> Any:
        self._last += 1
        message = {"id": self._last, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._writer.write(json.dumps(message).encode() + b"\0")
        self._writer.flush()
        while True:
            answer = self._read()
            if answer.get("id") == self._last:
                assert "error" not in answer, answer["error"]
                return answer["result"]
            self.told.append(answer)

    def open(self, url: str) -> None:
        self.told.clear()
        self.call("Page.navigate", url=url)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.told):
            self.told.append(self._read())

    def value(self, expression: str) -> Any:
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def press(self, key: str, *, shift: bool = False) -> None:
        code = KEYS[key]
        text = {"Enter": "\r", "/": "/"}.get(key, "")
        for kind in ("keyDown", "keyUp"):
            typed = {"text": text} if text and kind == "keyDown" else {}
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                windowsVirtualKeyCode=code,
                modifiers=8 if shift else 0,
                **typed,
            )

    def type(self, text: str) -> None:
        self.call("Input.insertText", text=text)
        self.value("new Promise(done => setTimeout(done, 150))")

    def picture(self, file: Path) -> None:
        file.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    @property
    def complaints(self) -> list[Any]:
        """What the console was told, what threw, what was blocked."""
        bad = (
            "Runtime.exceptionThrown",
            "Runtime.consoleAPICalled",
            "Log.entryAdded",
            "Page.javascriptDialogOpening",
        )
        return [event for event in self.told if event.get("method") in bad]

    @property
    def requests(self) -> list[str]:
        sent = (event for event in self.told if event.get("method") == "Network.requestWillBeSent")
        return [event["params"]["request"]["url"] for event in sent]

    def _read(self) -> Any:
        message = bytearray()
        while (byte := self._reader.read(1)) != b"\0":
            assert byte, "the browser has gone"
            message += byte
        return json.loads(message)


@contextmanager
def browser(chromium: str, home: Path) -> Iterator[Page]:
    to_read, to_write = os.pipe(), os.pipe()  # by it, from it
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--remote-debugging-pipe",
        f"--user-data-dir={home}",
    ]
    options += ["--disable-background-networking", "--no-first-run", "--hide-scrollbars"]
    script = f'exec "$@" 3<&{to_read[0]} 4>&{to_write[1]} 2>/dev/null'
    process = subprocess.Popen(
        ["/bin/bash", "-c", script, "-", chromium, *options], pass_fds=(to_read[0], to_write[1])
    )
    os.close(to_read[0])
    os.close(to_write[1])
    try:
        with os.fdopen(to_write[0], "rb") as reader, os.fdopen(to_read[1], "wb") as writer:
            yield Page(reader, writer)
    finally:
        process.terminate()
        process.wait(timeout=20)
