"""A real Docker builds, tells of images, and reads files of them."""

import time

import pytest
from engine_places import context

from apkg.builders.interface import ImageRequest
from apkg.errors import ToolError

pytestmark = [pytest.mark.docker, pytest.mark.slow]


@pytest.fixture
def built(engine, base, tag, tmp_path):
    text = f"""\
FROM {base}
ARG WORD
ENV SHOWN=1
RUN echo "$WORD" >/word && ln -s word /link
COPY --chmod=0751 tools/run.sh \\
    /run.sh
COPY --chmod=604 tools/*.txt /texts/
COPY tools /tools
RUN stat -c %a /run.sh /texts/a.txt >/modes
USER 1234
ENTRYPOINT ["/run.sh"]
"""
    files = {"tools/run.sh": "#!/bin/sh\necho ran\n", "tools/a.txt": "a"}
    more = {"labels": (("org.example.b", "two words"),), "build_args": (("WORD", "a b"),)}
    made = context(tmp_path / "context", text, files, **more)
    log = []
    request = ImageRequest(context=made, tag=tag, on_log=log.append)
    engine.build(request)
    assert log
    assert (tmp_path / "context" / "tools" / "run.sh").stat().st_mode & 0o777 == 0o644
    return tag


def test_what_was_asked_is_in_the_image(engine, built):
    info = engine.inspect(built)
    assert info.id.startswith("sha256:")
    assert info.size > 10_000_000
    assert dict(info.labels) == {"org.example.b": "two words"}
    assert (info.user, info.entrypoint) == ("1234", ("/run.sh",))
    assert dict(info.environment)["SHOWN"] == "1"
    assert engine.read(built, "/word") == b"a b\n"
    assert engine.read(built, "/link") == b"a b\n"
    assert engine.read(built, "/modes") == b"751\n604\n"
    for path, why in (("/missing", "/missing"), ("/tools", "it is not a file")):
        with pytest.raises(ToolError, match="cannot read") as caught:
            engine.read(built, path)
        assert why in caught.value.message
    engine.remove(built)
    assert engine.inspect(built) is None


def test_a_failing_step_is_named(engine, base, tag, tmp_path):
    text = f"FROM {base}\nRUN echo 'first\033[31m words' && exit 7\n"
    log = []
    with pytest.raises(ToolError) as caught:
        engine.build(ImageRequest(context=context(tmp_path, text), tag=tag, on_log=log.append))
    message = caught.value.message
    assert message.startswith(f"{tag} is not built: a step has failed\nThe step: RUN echo 'first")
    assert "first words\n" in message
    assert "\033" not in message + "".join(log)
    assert engine.inspect(tag) is None


def test_lines_come_at_once(engine, base, tag, tmp_path):
    text = f"FROM {base}\nRUN echo {tag} started && sleep 2 && echo ended && false\n"
    seen = {}

    def on_log(line):
        for word in ("started", "ended"):
            if line.endswith(word):
                seen.setdefault(word, time.monotonic())

    with pytest.raises(ToolError):
        engine.build(ImageRequest(context=context(tmp_path, text), tag=tag, on_log=on_log))
    assert seen["ended"] - seen["started"] > 1


@pytest.mark.parametrize(
    "trouble",
    [
        ("RUN . /etc/os-release && apt-get install -qy no-such-package-of-ours", "apt", "apt.txt"),
        ("RUN python3 -c \"import socket; socket.create_connection(('a.invalid', 80))\"",
         "network", "-- --network=host"),
        ("RUN (sh -c 'kill -9 $$'); exit $?", "killed", "memory"),
        ("COPY missing.txt /", "not in the folder", ".dockerignore"),
    ],
)  # fmt: skip
def test_troubles_have_words_of_ours(engine, base, tag, tmp_path, trouble):
    step, told, hint = trouble
    made = context(tmp_path, f"FROM {base}\n{step}\n")
    with pytest.raises(ToolError) as caught:
        engine.build(ImageRequest(context=made, tag=tag))
    assert told in caught.value.message.splitlines()[0]
    assert hint in caught.value.hint


def test_pip_finds_nothing(engine, base, tag, tmp_path):
    # Debian's own wheel of pip, for its environments: making one takes longer than all else.
    pip = "PYTHONPATH=$(echo /usr/share/python-wheels/pip-*.whl) python3 -m pip"
    text = f"FROM {base}\nRUN {pip} install --target /v no-such-package-of-ours==77\n"
    made = context(tmp_path, text)
    request = ImageRequest(context=made, tag=tag, options=("--network=host",))
    with pytest.raises(ToolError, match="pip finds no package no-such-package-of-ours==77"):
        engine.build(request)


def test_a_newer_dockerfile_is_built_or_refused_with_its_line(engine, base, tag, tmp_path):
    text = f"FROM {base}\n\nRUN --mount=type=cache,target=/c true\n"
    request = ImageRequest(context=context(tmp_path, text), tag=tag)
    if engine.builder != "classic":
        engine.build(request)
        assert engine.inspect(tag)
        return
    with pytest.raises(ToolError, match="does not know RUN --mount") as caught:
        engine.build(request)
    assert str(caught.value.location) == "Dockerfile:3"
    assert "buildx" in caught.value.hint
