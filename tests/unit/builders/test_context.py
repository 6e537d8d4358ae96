"""Build contexts: whole, the same for the same input, and what Docker takes as it is."""

import os
import re
import shutil
from pathlib import Path

import pytest
from contexts import folder, listing, program

from apkg.builders.context import make_context
from apkg.builders.interface import ContextRequest
from apkg.errors import ApkgError, SourceError, UsageError

ENVIRONMENT = "channels: [conda-forge]\ndependencies: [python=3.11, numpy]\n"
DIGEST = "@sha256:" + "0" * 64


def made(source, target, **options):
    context = make_context(ContextRequest(folder=source, **options), target)
    return context, (target / context.dockerfile).read_text(encoding="utf-8")


def test_a_conda_environment(tmp_path):
    source = folder(tmp_path / "source", environment__yml=ENVIRONMENT, data___a__csv="a\n")
    context, text = made(source, tmp_path / "context", programs=(program(kernel="python3"),))
    assert context.buildpack == "CondaBuildPack"
    assert context.base_images == ("docker.io/library/buildpack-deps:24.04",)
    assert context.build_args == (("NB_USER", "jovyan"), ("NB_UID", "1000"))
    assert context.steps == (
        "conda: environment.yml",
        "files: 2 files, 61 bytes",
        "apkg: papermill, kernel python3, launcher demo",
    )
    assert (tmp_path / "context/src/data/a.csv").read_text() == "a\n"
    for source_file in re.findall(r"^COPY (?:--\S+ )*/?(\S+) ", text, re.MULTILINE):
        assert (tmp_path / "context" / source_file).exists(), source_file
    # Neither needs BuildKit, nor a build argument.
    assert "--chmod" not in text
    assert "ARG NB_USER=jovyan\nARG NB_UID=1000\n" in text


def test_a_dockerfile_keeps_its_place_and_gets_the_layer(tmp_path):
    dockerfile = "FROM debian:12\nARG NB_UID\nCOPY . /app\nUSER app"
    source = folder(tmp_path / "source", binder___Dockerfile=dockerfile, main__py="")
    context, text = made(source, tmp_path / "context", programs=(program(),))
    assert (context.dockerfile, context.buildpack) == ("binder/Dockerfile", "DockerBuildPack")
    assert context.build_args == (("NB_UID", "1000"),)
    assert text.startswith("FROM debian:12\nARG NB_UID=1000\nCOPY . /app\nUSER app\n")
    assert text.splitlines()[-1] == "USER app"
    assert (tmp_path / "context/main.py").is_file()
    assert (source / "binder/Dockerfile").read_text() == dockerfile
    assert context.steps[0] == "binder/Dockerfile: 4 instructions in 1 stage"


def test_a_tool_with_an_entry_point_loses_it(tmp_path):
    source = folder(tmp_path / "source", Dockerfile='FROM a\nENTRYPOINT ["tool"]\nCMD ["-h"]\n')
    context, text = made(source, tmp_path / "context")
    assert text.splitlines()[:3] == ["FROM a", 'ENTRYPOINT ["tool"]', 'CMD ["-h"]']
    assert text.splitlines()[-1] == "ENTRYPOINT []"
    assert context.steps[-1].startswith("apkg: no ENTRYPOINT")


def test_a_tool_gets_labels_and_nothing_else(tmp_path):
    source = folder(tmp_path / "source", Dockerfile='FROM a\nCMD ["tool"]\n')
    labels = (("org.opencontainers.image.title", 'A "tool"\nof $HOME'),)
    context, text = made(source, tmp_path / "context", labels=labels)
    assert context.labels == (("org.opencontainers.image.title", 'A "tool" of $HOME'),)
    assert text == (
        'FROM a\nCMD ["tool"]\n\nLABEL "org.opencontainers.image.title"="A \\"tool\\" of \\$HOME"\n'
    )
    assert listing(tmp_path / "context") == {"Dockerfile": "0o644"}


def test_nothing_declared_is_repo2dockers_default(tmp_path):
    source = folder(tmp_path / "source", demo__ipynb="{}")
    context, _ = made(source / "demo.ipynb", tmp_path / "context", programs=(program(),))
    assert context.buildpack == "PythonBuildPack"
    assert re.fullmatch(r"Python 3\.\d+", context.steps[0])
    assert any("Python version unspecified" in step for step in context.steps)


@pytest.mark.parametrize("lean", [False, True])
def test_labels_that_say_nothing_are_left_out(tmp_path, lean):
    source = folder(tmp_path / "source", requirements__txt="numpy\n")
    _, text = made(source, tmp_path / "context", lean=lean)
    assert "repo2docker.version" in text
    assert "repo2docker.ref" not in text


def test_the_steps_name_what_is_declared(tmp_path):
    source = folder(
        tmp_path / "source",
        binder___requirements__txt="# two\nnumpy\n\nrasterio  # gdal\n",
        binder___apt__txt="libgdal-dev\ngdal-bin\n",
        binder___runtime__txt="python-3.11\n",
        binder___postBuild="#!/bin/sh\n",
        binder___start="#!/bin/sh\n",
    )
    context, text = made(source, tmp_path / "context", programs=(program(language="r"),))
    assert context.steps == (
        "Python 3.11",
        "apt: libgdal-dev, gdal-bin",
        "pip: binder/requirements.txt (2 requirements)",
        "postBuild",
        "start",
        "files: 5 files, 83 bytes",
        "apkg: papermill, kernel for r, launcher demo",
    )
    assert "RUN ./binder/postBuild" in text


def test_the_same_input_gives_the_same_context(tmp_path, monkeypatch):
    digests, texts = set(), set()
    for number, mask in enumerate((0o022, 0o077, 0o002)):
        before = os.umask(mask)
        try:
            source = folder(
                tmp_path / f"at{number}", environment__yml=ENVIRONMENT, demo__ipynb="{}"
            )
            os.utime(source / "demo.ipynb", (number, number))
            monkeypatch.setenv("HOME", str(tmp_path / f"home{number}"))
            context, text = made(source, tmp_path / f"context{number}", programs=(program(),))
        finally:
            os.umask(before)
        digests.add(context.digest)
        texts.add(text)
        assert set(listing(context.folder).values()) == {"0o644", "0o755"}
    assert len(digests) == len(texts) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"labels": (("a", "b"),)},
        {"programs": (program("other"),)},
        {"programs": (program(packages=("pystac",)),)},
        {"base_image": "other:1"},
        {"pinned": {"docker.io/library/buildpack-deps:24.04": "x" + DIGEST}},
    ],
)
def test_every_change_gives_another_digest(tmp_path, change):
    source = folder(tmp_path / "source", requirements__txt="numpy\n")
    first, _ = made(source, tmp_path / "first", programs=(program(),))
    second, _ = made(source, tmp_path / "second", **{"programs": (program(),), **change})
    assert first.digest != second.digest


def test_a_file_and_its_mode_count_and_what_apkg_wrote_does_not(tmp_path):
    source = folder(tmp_path / "source", requirements__txt="numpy\n", a__sh="a\n")

    def digest():
        shutil.rmtree(tmp_path / "context", ignore_errors=True)
        options = {"programs": (program(),), "exclude": ("package",)}
        return made(source, tmp_path / "context", **options)[0].digest

    first = digest()
    folder(source, demo__cwl="", demo__lock__txt="", package___x__cwl="", results___a__tif="")
    folder(
        source,
        demo__deploy__json="{}",
        demo__inputs__yml="",
        __ipynb_checkpoints___x="",
    )
    assert digest() == first
    (source / "a.sh").chmod(0o755)
    second = digest()
    (source / "a.sh").write_text("b\n")
    assert len({first, second, digest()}) == 3


def test_base_images_are_pinned_in_repo2dockers_dockerfile_too(tmp_path):
    source = folder(tmp_path / "source", requirements__txt="numpy\n")
    context, text = made(
        source,
        tmp_path / "context",
        base_image="my/base:1",
        pinned={"my/base:1": "my/base" + DIGEST},
    )
    assert context.base_images == ("my/base" + DIGEST,)
    assert f"FROM my/base{DIGEST}\n" in text


@pytest.mark.parametrize("image", ["", "a b", "a\nRUN evil", "-flag", "$HOME"])
def test_a_base_image_is_a_name(tmp_path, image):
    with pytest.raises(UsageError, match="no name of an image"):
        made(folder(tmp_path / "source"), tmp_path / "context", base_image=image)


def test_a_dockerfile_names_its_own_base(tmp_path):
    source = folder(tmp_path / "source", Dockerfile="FROM a\n")
    with pytest.raises(UsageError, match="names its own base image"):
        made(source, tmp_path / "context", base_image="b")


def test_the_user_of_a_pinned_base_image_stays(tmp_path):
    source = folder(tmp_path / "source", Dockerfile="FROM a:1\n")
    options = {"pinned": {"a:1": "a" + DIGEST}, "users": {"a:1": "sage"}}
    _, text = made(source, tmp_path / "context", programs=(program(),), **options)
    assert text.startswith(f"FROM a{DIGEST}\n")
    assert text.endswith("\nUSER sage\n")


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(SourceError, match="no such file or folder"):
        made(tmp_path / "none", tmp_path / "context")
    assert not (tmp_path / "context").exists()


def test_what_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    source = folder(tmp_path / "source", runtime__txt="nonsense")
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        with pytest.raises(SourceError):
            made(source, tmp_path / name)
    assert not (tmp_path / "new").exists()
    assert list((tmp_path / "empty").iterdir()) == []
    assert Path.cwd() == tmp_path


def test_a_folder_with_something_in_it_is_not_touched(tmp_path):
    source = folder(tmp_path / "source", requirements__txt="")
    target = folder(tmp_path / "target", mine="mine")
    with pytest.raises(ApkgError, match="not empty"):
        made(source, target)
    assert (target / "mine").read_text() == "mine"


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ApkgError, match="cannot be written"):
        made(folder(tmp_path / "source"), tmp_path / "file" / "context")


def test_the_layers_folder_is_ours(tmp_path):
    source = folder(tmp_path / "source", Dockerfile="FROM a\n", **{"apkg-layer___x": ""})
    made(source, tmp_path / "fine", programs=(program(),))
    (source / ".dockerignore").write_text("!apkg-layer\n")
    with pytest.raises(SourceError, match="apkg needs for itself"):
        made(source, tmp_path / "context", programs=(program(),))


def test_repo2dockers_logger_is_left_as_it_was(tmp_path, capfd):
    import logging

    logger = logging.getLogger("repo2docker")
    before = (list(logger.handlers), logger.propagate, logger.level)
    made(folder(tmp_path / "source"), tmp_path / "context")
    assert (list(logger.handlers), logger.propagate, logger.level) == before
    assert capfd.readouterr() == ("", "")
