"""The life of a server: real processes, with small servers of Python's own."""

import os
import socket
import sys

import pytest

from apkg.errors import ToolError
from apkg.pipeline.launch_server import LAB, VOILA, Place, Service, answer, serve

SERVER = """\
import http.server, os, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        token = self.path.partition("?token=")[2]
        known = token == os.environ["JUPYTER_TOKEN"] or {open_}
        self.send_response(404 if known else 403)
        self.end_headers()
    def log_message(self, text, *words):
        print(text % words, "token", os.environ["JUPYTER_TOKEN"], flush=True)
print("the server starts, token", os.environ["JUPYTER_TOKEN"], flush=True)
server = http.server.HTTPServer(("127.0.0.1", {port}), Handler)
{life}
"""


@pytest.fixture
def port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def service(port):
    """``service(program)`` or one of :data:`SERVER`; gives it, when it was ready, and its log."""

    def make(program=None, *, open_=False, life="server.serve_forever()", timeout=20.0):
        told, log = [], []
        program = program or SERVER.format(port=port, open_=open_, life=life)
        made = Service(
            server=LAB,
            command=[sys.executable, "-c", program],
            environment=os.environ,
            port=port,
            token="sesame",
            timeout=timeout,
            problem="it does not run",
            on_ready=lambda: told.append(answer(port, "sesame")),
            on_log=log.append,
        )
        return made, told, log

    return make


def test_ready_is_told_once_and_an_ordinary_end_is_none(service, port):
    # The two questions of ours until it is ready, and the two of who is told.
    made, told, log = service(life="for _ in range(4): server.handle_request()")
    serve(made)
    assert told == ["ready"]
    assert answer(port, "sesame") == "silent"
    # Our questions are not in the log, and no token.
    assert log == ["the server starts, token …"]


def test_a_server_that_lets_everybody_in_is_stopped(service, port):
    made, told, _ = service(open_=True)
    with pytest.raises(ToolError, match="lets everybody in"):
        serve(made)
    assert told == []
    assert answer(port, "sesame") == "silent"


def test_another_token_is_not_ours(service, port):
    text = SERVER.format(port=port, open_=False, life="server.serve_forever()")
    other = text.replace('token == os.environ["JUPYTER_TOKEN"]', 'token == "other"')
    made, told, _ = service(other, timeout=1.0)
    with pytest.raises(ToolError, match="has not answered in 1 seconds"):
        serve(made)
    assert told == []


def test_a_server_that_never_answers(service):
    made, told, _ = service("import time; print('busy', flush=True); time.sleep(60)", timeout=1.0)
    with pytest.raises(ToolError, match=r"has not answered in 1 seconds\nbusy") as caught:
        serve(made)
    assert "--timeout" in caught.value.hint
    assert told == []


def test_a_server_that_fails_says_why(service):
    made, told, _ = service("raise SystemExit('no such option: --x')")
    with pytest.raises(ToolError, match=r"does not run \(status 1\)(?s:.*)no such option: --x"):
        serve(made)
    assert told == []


def test_who_is_told_may_fail(service):
    made, _, _ = service()
    broken = Service(
        **{name: getattr(made, name) for name in made.__slots__ if name != "on_ready"},
        on_ready=lambda: (_ for _ in ()).throw(BrokenPipeError),
    )
    with pytest.raises(BrokenPipeError):
        serve(broken)


def test_the_words_of_the_servers():
    place = Place(folder="/w", notebook="-a b.ipynb", ip="127.0.0.1", port=9, as_root=True)
    assert "--ServerApp.allow_root=True" in LAB.words(place)
    assert VOILA.words(place)[-1] == "/w/-a b.ipynb"
    assert "--strip_sources=True" in VOILA.words(place)
    assert LAB.url(9, "t", "a b.ipynb") == "http://127.0.0.1:9/lab/tree/a%20b.ipynb?token=t"
    assert LAB.url(9, "t", None) == "http://127.0.0.1:9/lab?token=t"
    assert VOILA.url(9, "t", "a.ipynb") == "http://127.0.0.1:9/?token=t"
