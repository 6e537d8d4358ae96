"""Notebooks opened in the environment of these tests, with the servers that are installed."""

import http.client
import os
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from notebooks import cell, write

pytestmark = pytest.mark.slow

SERVERS = {"jupyter-lab": ([], "<title>JupyterLab"), "voila": (["--voila"], "the sum is 42")}


@pytest.fixture(params=SERVERS)
def server(request):
    """The options for a server that is installed, and what its page shows."""
    if shutil.which(request.param, path=str(Path(sys.executable).parent)) is None:
        pytest.skip(f"{request.param} is not installed")
    return SERVERS[request.param]


def get(url):
    parts = urlsplit(url)
    with closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)) as connection:
        connection.request("GET", f"{parts.path}?{parts.query}")
        with connection.getresponse() as answer:
            return answer.status, answer.read().decode()


def test_a_notebook_opens_here(server, tmp_path):
    options, shown = server
    notebook = write(tmp_path, cell("print('the sum is', 40 + 2)"), name="-the sum.ipynb")
    command = [sys.executable, "-m", "apkg", "launch", "--no-container", *options, notebook]
    environment = {**os.environ, "HOME": str(tmp_path / "home")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as started:
        url = started.stdout.readline().strip()
        try:
            assert url.startswith("http://127.0.0.1:")
            status, text = get(url)
            assert (status, shown in text) == (200, True)
            assert "40 + 2" not in text
            assert get(url.partition("?")[0])[0] in {302, 403}
        finally:
            started.send_signal(signal.SIGINT)
        assert started.wait(60) == 130
    with pytest.raises(OSError, match="refused"):
        get(url)
