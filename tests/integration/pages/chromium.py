"""A real headless Chromium, driven over its DevTools protocol (a pipe, no port)."""

import base64
import json
import os
import select
import shutil
import subprocess
import time
from contextlib import contextmanager

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
#: Nothing outside can be reached, and whatever the browser does by itself is off.
OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--no-first-run", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
    "--remote-debugging-pipe",
)  # fmt: skip
_SECONDS = 60


@contextmanager
def browser(folder):
    """Start Chromium with a profile of its own in ``folder``; gives an :class:`Browser`."""
    to_read, from_us = os.pipe()
    to_us, to_write = os.pipe()
    # The protocol speaks through the file descriptors 3 and 4.
    script = f'exec "$@" 3<&{to_read} 4>&{to_write}'
    command = ["bash", "-c", script, "bash", PROGRAM, *OPTIONS, f"--user-data-dir={folder}"]
    with (folder / "chromium.log").open("wb") as log:
        process = subprocess.Popen(
            command, pass_fds=(to_read, to_write), stdout=log, stderr=log, cwd=folder
        )
    os.close(to_read)
    os.close(to_write)
    try:
        yield Browser(from_us, to_us)
    finally:
        os.close(from_us)
        os.close(to_us)
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Browser:
    def __init__(self, send, receive):
        self._send, self._receive = send, receive
        self._rest, self._number = b"", 0
        self.events = []

    def call(self, method, session=None, **parameters):
        """Call a method of the protocol; events that come meanwhile are kept."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._send, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]
            self.events.append(answer)

    def wait(self, method):
        """Wait until this event has come."""
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self._next())

    def _next(self):
        limit = time.monotonic() + _SECONDS
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._receive], [], [], max(0, limit - time.monotonic()))
            assert ready, "Chromium does not answer"
            data = os.read(self._receive, 1 << 16)
            assert data, "Chromium has ended"
            self._rest += data
        message, _, self._rest = self._rest.partition(b"\0")
        return json.loads(message)

    def open(self, path, **look):
        """Open the file ``path`` in a new tab."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        return Page(self, session, path, **look)


class Page:
    """One file, as somebody sees it; ``told`` and ``asked`` are what the browser had to say."""

    def __init__(self, chromium, session, path, *, width=1200, dark=False, media="screen"):
        self._browser, self._session = chromium, session
        chromium.events.clear()
        for domain in ("Page", "Runtime", "Log", "Network", "Audits"):
            self.call(f"{domain}.enable")
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=900, deviceScaleFactor=1, mobile=width < 600,
        )  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme])
        self.call("Page.navigate", url=path.resolve().as_uri())
        chromium.wait("Page.loadEventFired")
        self.evaluate("new Promise(done => setTimeout(done, 50))")

    def call(self, method, **parameters):
        return self._browser.call(method, self._session, **parameters)

    def evaluate(self, script):
        """The value of a script (a promise's, if it gives one)."""
        answer = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    @property
    def told(self):
        """Messages of the console, exceptions, and issues such as a violated policy."""
        methods = {
            "Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown",
            "Audits.issueAdded", "Page.javascriptDialogOpening",
        }  # fmt: skip
        return [event for event in self._browser.events if event.get("method") in methods]

    @property
    def asked(self):
        """The addresses that were asked for."""
        return [
            event["params"]["request"]["url"]
            for event in self._browser.events
            if event.get("method") == "Network.requestWillBeSent"
        ]

    @property
    def blocked(self):
        """Why addresses that were asked for were not fetched."""
        return [
            event["params"].get("blockedReason")
            for event in self._browser.events
            if event.get("method") == "Network.loadingFailed"
        ]

    def pdf(self):
        """The page as it is printed."""
        self.call("Emulation.setEmulatedMedia", media="", features=[])
        return base64.b64decode(self.call("Page.printToPDF", printBackground=False)["data"])
