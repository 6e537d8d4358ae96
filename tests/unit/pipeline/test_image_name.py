"""What may be called an image, and what an application's image is called."""

import pytest

from apkg.errors import UsageError
from apkg.model import Application, Container, Metadata, Origin
from apkg.pipeline.image_name import default_tag, image_name, same_repository, tag_of

DIGEST = "sha256:" + "a" * 64


@pytest.mark.parametrize(
    ("text", "repository", "tag", "digest"),
    [
        ("a", "a", None, None),
        ("a/b/c:1.0_x-Y", "a/b/c", "1.0_x-Y", None),
        ("localhost:5000/a", "localhost:5000/a", None, None),
        ("localhost:5000/a:1", "localhost:5000/a", "1", None),
        ("Registry.Example.org/a__b--c.d:_", "Registry.Example.org/a__b--c.d", "_", None),
        ("[::1]:5000/a:1", "[::1]:5000/a", "1", None),
        (f"a@{DIGEST}", "a", None, DIGEST),
        (f"host.org/a:1@{DIGEST}", "host.org/a", "1", DIGEST),
        ("a/" + "b" * 253, "a/" + "b" * 253, None, None),
    ],
)
def test_names_are_taken_apart(text, repository, tag, digest):
    found = image_name(text)
    assert (found.repository, found.tag, found.digest) == (repository, tag, digest)
    assert str(found) == text


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "a b", "A", "Eo/water", "a:", "a:-x", "a:" + "x" * 129, "a/", "/a", "a//b", "a..b",
        "a___b", "-a", "a-", "a@sha256:12", "a@", "https://host/a", "a:b:c", "a\n", "$(x)", "é",
        "host_x.org:80/a", "a/" + "b" * 254, "--privileged",
    ],
)  # fmt: skip
def test_what_no_engine_takes_is_refused(text):
    with pytest.raises(UsageError, match="is no name for an image"):
        image_name(text)


def test_the_lower_case_spelling_is_offered():
    with pytest.raises(UsageError) as caught:
        image_name("eo/Water-Mask:1")
    assert "Write 'water-mask'." in caught.value.hint


def test_a_tag_to_build_has_no_digest_and_always_a_tag():
    assert tag_of("a") == "a:latest"
    with pytest.raises(UsageError, match="has its digest after"):
        tag_of(f"a:1@{DIGEST}")


def application(identifier="demo", image=None, *, guessed=False, version="1.2"):
    origins = (Origin(field="image", source="x", guessed=guessed),) if image else ()
    return Application(
        id=identifier,
        container=Container(image=image) if image else None,
        metadata=Metadata(version=version),
        origins=origins,
    )


@pytest.mark.parametrize(
    ("applications", "expected"),
    [
        ([application()], "demo:1.2"),
        ([application(version="1.0+local x")], "demo:1.0-local-x"),
        ([application("My.App-_x_")], "my.app-x:1.2"),
        ([application(image="demo:1.2", guessed=True)], "demo:1.2"),
        ([application("a._b", image="a._b:1", guessed=True)], "a.b:1.2"),
        ([application(image="host.org/x/y")], "host.org/x/y:1.2"),
        ([application(image="host.org/x/y:3")], "host.org/x/y:3"),
        ([application(image=f"host.org/x/y@{DIGEST}")], "host.org/x/y:1.2"),
        ([application("a"), application("b")], "some-folder:1.2"),
        ([application("a", version="1"), application("b")], "some-folder:latest"),
        ([application("a", image="x:1"), application("b", image="x:1")], "x:1"),
        ([application("a", image="x:1"), application("b", image="y:1")], "some-folder:1.2"),
        ([application("a", "t:1", guessed=True), application("b", "t:1", guessed=True)], "t:1"),
    ],
)
def test_the_default_is_what_the_applications_name(applications, expected, tmp_path):
    folder = tmp_path / "Some Folder"
    folder.mkdir()
    assert default_tag(applications, folder) == expected
    image_name(expected)


def test_an_image_that_somebody_has_named_wrongly_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no name"):
        default_tag([application(image="Not This")], tmp_path)


def test_one_repository_whatever_the_tag():
    assert same_repository("h:5000/a:1", f"h:5000/a@{DIGEST}")
    assert not same_repository("h:5000/a:1", "h:5001/a:1")
    assert not same_repository("Not This", "Not This")
