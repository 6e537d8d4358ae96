"""Labels come from the application and its repository, and from no clock."""

import subprocess

import pytest

from apkg.errors import UsageError
from apkg.model import Application, Metadata, Person
from apkg.pipeline.build_labels import (
    context_digest,
    created,
    labels_of,
    lasting,
    public_url,
    repository,
)

GIT = ["git", "-c", "user.name=A", "-c", "user.email=a@b.org", "-c", "commit.gpgsign=false"]
OCI = "org.opencontainers.image."


def git(folder, *words):
    done = subprocess.run([*GIT, *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def checkout(tmp_path):
    """A repository with a folder that is in it, and one that is not."""
    for name in ("in", "out"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("x")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "in")
    git(tmp_path, "commit", "-qm", "x")
    return tmp_path


def test_commit_and_remote_of_a_folder_that_is_in_a_repository(checkout):
    assert repository(checkout / "in") == (git(checkout, "rev-parse", "HEAD"), None)
    git(checkout, "remote", "add", "origin", "https://me:secret@git.org/eo/demo.git?token=x")
    assert repository(checkout / "in")[1] == "https://git.org/eo/demo.git"


def test_a_folder_that_the_repository_does_not_hold_has_no_commit(checkout, tmp_path_factory):
    assert repository(checkout / "out") == (None, None)
    assert repository(tmp_path_factory.mktemp("plain")) == (None, None)


def test_nothing_that_a_repository_configures_is_run(checkout):
    script = checkout / "hook.sh"
    script.write_text("#!/bin/sh\ntouch ran\n")
    script.chmod(0o755)
    for name in ("core.fsmonitor", "core.sshCommand", "core.pager", "filter.x.clean"):
        git(checkout, "config", name, f"{checkout}/hook.sh")
    assert repository(checkout / "in")[0]
    assert not list(checkout.rglob("ran"))


def test_without_git_there_is_no_commit(checkout, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert repository(checkout / "in") == (None, None)


@pytest.mark.parametrize(
    ("remote", "expected"),
    [
        ("https://git.org/a/b.git", "https://git.org/a/b.git"),
        ("https://token@git.org:8443/a/b?x=y#z", "https://git.org:8443/a/b"),
        ("ssh://git@git.org:22/a/b", "ssh://git.org:22/a/b"),
        ("git@git.org:a/b.git", "ssh://git.org/a/b.git"),
        ("/home/me/secret", None),
        ("../other", None),
        ("file:///home/me", None),
        ("C:\\Users\\me", None),
        ("https://[bad/", None),
    ],
)
def test_no_secret_and_no_path_of_this_machine_leaves_it(remote, expected):
    assert public_url(remote) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0", "1970-01-01T00:00:00Z"), ("1700000000", "2023-11-14T22:13:20Z"), ("", None)],
)
def test_the_date_is_that_of_source_date_epoch_alone(text, expected):
    assert created({"SOURCE_DATE_EPOCH": text}) == expected
    assert created({}) is None


@pytest.mark.parametrize("text", ["now", "1.5", "9" * 30])
def test_another_date_is_wrong_usage(text):
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        created({"SOURCE_DATE_EPOCH": text})


def demo(identifier="demo", **known):
    people = (Person(name="Ann", email="a@b.org"), Person(name="Bo"))
    metadata = Metadata(version="1.2", license="MIT", authors=people, **known)
    return Application(id=identifier, title="A demo", abstract="Does\nthis.", metadata=metadata)


def test_labels_of_one_application(tmp_path):
    found = labels_of([demo(code_repository="https://x.org/y")], title="t", folder=tmp_path,
                      environment={"SOURCE_DATE_EPOCH": "0"})  # fmt: skip
    assert dict(found) == {
        f"{OCI}title": "A demo",
        f"{OCI}description": "Does this.",
        f"{OCI}version": "1.2",
        f"{OCI}source": "https://x.org/y",
        f"{OCI}licenses": "MIT",
        f"{OCI}authors": "Ann <a@b.org>, Bo",
        f"{OCI}created": "1970-01-01T00:00:00Z",
    }


def test_labels_of_several_say_what_all_agree_on(tmp_path):
    both = [demo("a", code_repository="https://x.org/y"), demo("b")]
    found = dict(labels_of(both, title="both", folder=tmp_path, environment={}))
    assert found[f"{OCI}title"] == "both"
    assert found[f"{OCI}description"] == "a: A demo; b: A demo"
    assert found[f"{OCI}authors"] == "Ann <a@b.org>, Bo"
    assert f"{OCI}source" not in found


def digest(content="sha256:1", bases=None, options=()):
    return context_digest(content, bases=bases or {}, options=options)


def test_the_digest_is_of_all_that_decides_what_the_image_is():
    others = [
        digest("sha256:2"),
        digest(bases={"a": "sha256:3"}),
        digest(options=["--build-arg=X=1"]),
    ]
    assert len({digest(), *others}) == 4


def test_another_commit_of_the_same_content_is_the_same_image():
    labels = [(f"{OCI}{name}", "x") for name in ("created", "revision", "source", "title")]
    assert lasting(labels) == ((f"{OCI}title", "x"),)
