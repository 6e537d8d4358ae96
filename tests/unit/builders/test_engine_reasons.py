"""What engines and package managers write, and what is made of it."""

import pytest

from apkg.builders.engine_failure import build_failure, failed_step, failure
from apkg.builders.engine_log import EngineLog

RUN = "Step 2/3 : RUN pip install x"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("write /x: no space left on device", "the disk of the engine is full"),
        ("OSError: [Errno 122] Disk quota exceeded", "the disk of the engine is full"),
        ("The command '/bin/sh -c x' returned a non-zero code: 137", "was killed"),
        ('process "/bin/sh -c x" did not complete successfully: exit code: 137', "was killed"),
        ("W: Temporary failure resolving 'deb.debian.org'", "does not get into the network"),
        ("curl: (6) Could not resolve host: example.org", "does not get into the network"),
        ("ERROR: No matching distribution found for nmupy==9", "pip finds no package nmupy==9"),
        ("E: Unable to locate package gdla-bin", "apt finds no package gdla-bin"),
        ("E: Package 'x' has no installation candidate", "apt finds no package x"),
        ("#7 1.2 apkg: error: kernel x is missing; found: a", "built: kernel x is missing; found"),
        ("  - nothing provides requested nmupy 9.*", "conda finds no package nmupy"),
        ("Warning: package 'abc' is not available for this version of R", "R finds no package abc"),
        ("error running container: from /usr/bin/crun creating container for [/bin/sh -c true]",
         "cannot start a container"),
    ],
)  # fmt: skip
def test_a_step(line, told):
    assert told in build_failure("t:1", [RUN, line]).message.splitlines()[0]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("manifest for x:1 not found: manifest unknown: manifest unknown", "no such image"),
        ("denied: requested access to the resource is denied", "the registry refuses"),
        ("Get https://h/v2/: unauthorized: authentication required", "the registry refuses"),
        ("no basic auth credentials", "the registry refuses"),
        ("toomanyrequests: You have reached your pull rate limit.", "no more requests"),
        ('Get "https://h/v2/": dial tcp 127.0.0.1:1: connect: connection refused', "be reached"),
        ('Get "https://h/v2/": dial tcp: lookup h: no such host', "be reached"),
        ("Get https://h/v2/: x509: certificate signed by unknown authority", "is not trusted"),
        ("http: server gave HTTP response to HTTPS client", "speaks HTTP"),
        ("Error: potentially insufficient UIDs or GIDs available in user namespace", "user ids"),
        ("unknown flag: --x", "the engine has no option --x"),
        ("Cannot connect to the Docker daemon at unix:///x. Is it running?", "does not answer"),
    ],
)  # fmt: skip
def test_a_registry_or_an_engine(line, told):
    error = failure("cannot push x", ["other words", line])
    assert told in error.message.splitlines()[0]
    assert error.message.startswith("cannot push x: ")
    assert error.hint


def test_words_of_a_step_mean_nothing_to_a_registry():
    error = failure("cannot push x", ["E: Unable to locate package x"])
    assert error.message == "cannot push x\nE: Unable to locate package x"
    assert error.hint is None


def test_no_network_comes_before_no_package():
    lines = [
        RUN,
        "NewConnectionError: Failed to establish a new connection: [Errno -3] Temporary failure",
        "ERROR: No matching distribution found for numpy",
    ]
    error = build_failure("t:1", lines)
    assert "does not get into the network" in error.message
    assert "-- --network=host" in error.hint
    assert "already" in build_failure("t:1", lines, ["--network=host"]).hint


def test_the_step_that_failed_and_the_last_lines():
    lines = [*(f"#8 0.1 line {number}" for number in range(60)), "------", " > [5/5] RUN false:"]
    assert failed_step(lines) == "RUN false"
    error = build_failure("t:1", lines)
    assert error.message.splitlines()[:3] == [
        "t:1 is not built: a step has failed",
        "The step: RUN false",
        "#8 0.1 line 36",
    ]
    assert failed_step(["STEP 1/2: FROM x", "STEP 2/2: RUN a", "b"]) == "RUN a"
    assert failed_step(["nothing"]) is None


def test_the_frontend_cannot_be_fetched():
    step = " > resolve image config for docker.io/docker/dockerfile:1:"
    error = build_failure("t:1", ["dial tcp: lookup registry-1.docker.io: no such host", step])
    assert "# syntax=" in error.message


def test_a_log_is_plain_and_shows_progress_bars_at_their_end():
    seen = []
    log = EngineLog(seen.append)
    log("\x1b[91mred\x1b[0m\x1b]0;title\x07 10%\r 50%\r100%\r")
    log("a\x00b")
    assert seen == list(log.lines) == ["100%", "a\N{REPLACEMENT CHARACTER}b"]
