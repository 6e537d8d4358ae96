"""``apkg launch`` as far as it gets without a server."""

import socket

import pytest


@pytest.mark.parametrize(
    "words", [["--read-only"], ["--engine", "podman"], ["--", "--memory=1g"], ["-t", "image:1"]]
)
def test_what_is_for_containers_needs_one(apkg, demo, words):
    done = apkg("launch", demo, "--no-container", *words)
    assert (done.code, done.out) == (2, "")


def test_there_is_nothing(apkg):
    done = apkg("launch", "./nothing")
    assert done.code == 3
    assert "./nothing: there is no such file or folder" in done.err


def test_a_port_that_is_taken(apkg, demo):
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        port = one.getsockname()[1]
        done = apkg("launch", demo, "--no-container", "--port", port)
    assert done.code == 3
    assert f"port {port} of 127.0.0.1 cannot be had" in done.err


def test_an_engine_that_nobody_knows(apkg, demo):
    done = apkg("launch", demo, "--engine", "dokcer")
    assert done.code == 2
    assert "Did you mean docker?" in done.err


def test_a_server_that_is_not_installed(apkg, demo, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.executable", str(tmp_path / "python3"))
    done = apkg("launch", demo, "--no-container", "--voila")
    assert done.code == 3
    assert "Voilà is not installed" in done.err
    assert "pip install voila" in done.err


def test_one_thing_is_launched(apkg, demo):
    done = apkg("launch", demo, demo)
    assert done.code == 2
    assert "is no option of the engine" in done.err
