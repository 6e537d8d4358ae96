"""Whatever ends a build early, nothing of it is left."""

import secrets
import signal
import sys

import pytest
from engine_places import context, has_ended, stop_when_it_runs, with_token

from apkg.builders.interface import ImageRequest
from apkg.errors import ToolError

pytestmark = [pytest.mark.docker, pytest.mark.slow]

TEXT = """\
FROM {base}
ENV TOKEN={token}
COPY --chmod=755 a.txt /
RUN echo {token} >/made
RUN echo now-{token} && sleep 600
"""
PROGRAM = """\
import sys
from pathlib import Path
from apkg.builders.engines import find_engine
from apkg.builders.interface import BuildContext, ImageRequest
context = BuildContext(folder=Path(sys.argv[1]), dockerfile="Dockerfile", buildpack="",
                       base_images=(), steps=(), digest="")
log = lambda line: print(line, flush=True)
find_engine("docker").build(ImageRequest(context=context, tag=sys.argv[2], on_log=log))
"""


@pytest.fixture
def token():
    return f"t{secrets.token_hex(8)}"


@pytest.fixture
def made(base, token, tmp_path):
    text = TEXT.format(base=base, token=token)
    return context(tmp_path / "context", text, {"a.txt": "a"})


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_leaves_nothing(engine, made, token, tag, temporary, number):
    command = [sys.executable, "-c", PROGRAM, str(made.folder), tag]
    status, log = stop_when_it_runs(command, token, number)
    assert status != 0, log
    assert has_ended(token)
    assert with_token(token) == []
    assert engine.inspect(tag) is None
    assert list(temporary.iterdir()) == []


def test_a_timeout_leaves_nothing(engine, made, token, tag):
    with pytest.raises(ToolError, match="was not done in 4 seconds"):
        engine.build(ImageRequest(context=made, tag=tag, timeout=4))
    assert has_ended(token)
    assert with_token(token) == []
