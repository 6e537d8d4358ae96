"""Which engine is found, by what the clients on PATH say of themselves."""

import json

import pytest

from apkg.builders.engines import find_engine
from apkg.builders.interface import BuildContext, ImageRequest
from apkg.errors import ToolError, UsageError

#: A client that writes down how it was asked, and answers as the real ones do.
CLIENT = """\
#!/bin/sh
printf '%s\\n' "$DOCKER_BUILDKIT" "$@" >>'{log}'
case "$1" in
--version) echo '{version}' ;;
buildx) [ "$2" = version ] && exit {no_buildx}; exit 0 ;;
version) echo '{said}' >&2; exit {status} ;;
info) exit {status} ;;
esac
"""


@pytest.fixture
def client(tmp_path, monkeypatch):
    """``client(folder, version, …)``: puts a program into a folder of PATH."""
    monkeypatch.delenv("DOCKER_BUILDKIT", raising=False)
    folders = []

    def put(folder, version, *, name="docker", no_buildx=1, status=0, said=""):
        place = tmp_path / folder
        place.mkdir(exist_ok=True)
        log = place / f"{name}.log"
        answers = {"version": version, "no_buildx": no_buildx, "status": status, "said": said}
        (place / name).write_text(CLIENT.format(log=log, **answers), encoding="utf-8")
        (place / name).chmod(0o755)
        if str(place) not in folders:
            folders.append(str(place))
        monkeypatch.setenv("PATH", ":".join([*folders]))
        return log

    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    return put


@pytest.fixture
def buildx(client):
    """What is said for a plug-in that is there: its version."""

    def put(folder, version):
        log = client(folder, version)
        program = log.with_name("docker")
        text = program.read_text(encoding="utf-8")
        text = text.replace("exit 1; exit 0", "echo github.com/docker/buildx; exit 0")
        program.write_text(text, encoding="utf-8")
        return log

    return put


NEW, OLD = "Docker version 28.2.2, build e6534b4", "Docker version 20.10.24+dfsg1, build 297e128"
EMULATED = "podman version 4.3.1"


def test_buildx_is_better_than_buildkit_and_that_than_the_classic_builder(client, buildx):
    client("a", NEW)
    assert find_engine().builder == "classic"
    client("b", OLD)
    found = find_engine()
    assert (found.builder, found.program.split("/")[-2]) == ("buildkit", "b")
    buildx("c", NEW)
    found = find_engine("docker")
    assert (found.builder, found.program.split("/")[-2]) == ("buildx", "c")


def test_the_classic_builder_on_request(buildx, monkeypatch):
    buildx("a", OLD)
    monkeypatch.setenv("DOCKER_BUILDKIT", "0")
    assert find_engine().builder == "classic"


def test_podman_that_calls_itself_docker_is_podman(client):
    client("a", EMULATED)
    client("a", EMULATED, name="podman")
    assert find_engine().name == "podman"
    with pytest.raises(ToolError, match="no container engine here: docker not found"):
        find_engine("docker")


def test_no_engine_tells_what_can_be_done(client):
    with pytest.raises(ToolError, match="docker and podman not found on PATH") as caught:
        find_engine()
    for word in ("apt install podman", "apkg convert", "--dry-run", "--no-container"):
        assert word in caught.value.hint


def test_an_unknown_name(client):
    with pytest.raises(UsageError, match="no container engine 'dcoker'") as caught:
        find_engine("dcoker")
    assert caught.value.hint == "Did you mean docker?"


def test_podman_stands_in_for_a_docker_that_does_not_answer(client):
    client("a", NEW, status=1, said="Cannot connect to the Docker daemon at unix:///x.sock. Is it?")
    with pytest.raises(ToolError, match=r"does not answer at unix:///x.sock") as caught:
        find_engine()
    assert "systemctl start docker" in caught.value.hint
    client("a", EMULATED, name="podman")
    assert find_engine().name == "podman"


def test_permission_denied(client):
    said = "permission denied while trying to connect to the Docker daemon socket at unix:///x.sock"
    client("a", NEW, status=1, said=said)
    with pytest.raises(ToolError, match=r"you may not use the Docker daemon at unix") as c:
        find_engine()
    assert "usermod -aG docker" in c.value.hint
    assert "apkg run --no-container" in c.value.hint


def request(tmp_path):
    folder = tmp_path / "context"
    folder.mkdir()
    (folder / "Dockerfile").write_text("FROM scratch\n", encoding="utf-8")
    context = BuildContext(
        folder=folder,
        dockerfile="Dockerfile",
        buildpack="",
        base_images=(),
        steps=(),
        digest="",
        build_args=(("A", "1 2"),),
        labels=(("l", "x"),),
    )
    return ImageRequest(context=context, tag="t:1", options=("--network=host",))


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        (NEW, ["0", "build", "--rm", "--force-rm"]),
        (OLD, ["1", "build", "--progress=plain"]),
        ("buildx", ["1", "buildx", "build", "--load", "--progress=plain"]),
        ("podman", ["", "build", "--format=docker", "--force-rm", "--layers"]),
    ],
)
def test_how_a_client_is_asked_to_build(client, buildx, tmp_path, version, expected):
    if version == "buildx":
        log = buildx("a", NEW)
    elif version == "podman":
        log = client("a", EMULATED, name="podman")
    else:
        log = client("a", version)
    asked = request(tmp_path)
    engine = find_engine("podman" if version == "podman" else "docker")
    log.unlink()
    engine.build(asked)
    folder = tmp_path / "context"
    words = [
        *expected,
        *("--tag=t:1", f"--file={folder}/Dockerfile", "--build-arg=A=1 2", "--label=l=x"),
        *("--network=host", "--", str(folder)),
    ]
    said = log.read_text(encoding="utf-8").splitlines()
    assert json.dumps(words)[1:-1] in json.dumps(said)
