"""A real Podman builds, tells of images, and reads files of them."""

import pytest
from engine_places import CONFINED, context, docker, has_ended

from apkg.builders.interface import ImageRequest
from apkg.errors import ToolError

pytestmark = [pytest.mark.docker, pytest.mark.slow]


@pytest.fixture
def name(podman, tag):
    yield tag
    podman.remove(tag)


def test_what_was_asked_is_in_the_image(podman, base, name, tmp_path):
    text = f"""\
FROM {base}
ARG WORD
RUN echo "$WORD" >/word && ln -s word /link
COPY --chmod=751 a.txt /
ENTRYPOINT ["cat"]
"""
    more = {"labels": (("org.example.b", "two words"),), "build_args": (("WORD", "a b"),)}
    made = context(tmp_path, text, {"a.txt": "a"}, **more)
    log = []
    podman.build(ImageRequest(context=made, tag=name, options=CONFINED, on_log=log.append))
    assert any("ENTRYPOINT" in line for line in log)
    info = podman.inspect(name)
    assert info.id.startswith("sha256:")
    assert dict(info.labels)["org.example.b"] == "two words"
    assert info.entrypoint == ("cat",)
    assert podman.read(name, "/link") == b"a b\n"
    for path, why in (("/missing", "/missing"), ("/etc", "it is not a file")):
        with pytest.raises(ToolError, match="cannot read") as caught:
            podman.read(name, path)
        assert why in caught.value.message
    podman.remove(name)
    assert podman.inspect(name) is None


def test_a_failing_step_is_named(podman, base, name, tmp_path):
    made = context(tmp_path, f"FROM {base}\nRUN echo words && exit 7\n")
    with pytest.raises(ToolError, match="a step has failed") as caught:
        podman.build(ImageRequest(context=made, tag=name, options=CONFINED))
    assert "\nThe step: RUN echo words && exit 7\n" in caught.value.message


def test_the_base_image_is_missing(podman, name, tmp_path):
    made = context(tmp_path, "FROM registry.invalid/no/such:1\n")
    with pytest.raises(ToolError, match="the registry cannot be reached"):
        podman.build(ImageRequest(context=made, tag=name, options=CONFINED))


def test_a_timeout_leaves_nothing(podman, base, name, tmp_path, temporary):
    token = name.rpartition("-")[2].partition(":")[0]
    text = f"FROM {base}\nRUN echo {token} >/made\nRUN echo now-{token}; sleep 600\n"
    made = context(tmp_path / "context", text)
    before, log = there(), []
    request = ImageRequest(context=made, tag=name, options=CONFINED, timeout=7, on_log=log.append)
    with pytest.raises(ToolError, match="was not done in 7 seconds"):
        podman.build(request)
    assert f"now-{token}" in log
    assert has_ended(token)
    assert there() <= before
    assert podman.inspect(name) is None
    assert list(temporary.iterdir()) == []


def there():
    """Containers of Podman, with those that builds work in, and images without a name."""
    containers = docker("ps", "--all", "--external", "--quiet", program="podman")
    images = docker("images", "--quiet", "--filter=dangling=true", program="podman")
    return {*containers.split(), *images.split()}
