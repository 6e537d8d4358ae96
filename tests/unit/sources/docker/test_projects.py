"""Console scripts and labels around a Dockerfile."""

import pytest

from apkg.model import Person
from apkg.sources.docker.console import console_scripts
from apkg.sources.docker.labels import label_layer


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", '[project.scripts]\ntool = "pkg.cli:main"\n'),
        ("pyproject.toml", '[tool.poetry.scripts]\ntool = "pkg.cli:main"\n'),
        ("setup.cfg", "[options.entry_points]\nconsole_scripts =\n    tool = pkg.cli:main\n"),
        ("setup.py", "setup(entry_points={'console_scripts': ['tool = pkg.cli:main [x]']})\n"),
        ("setup.py", "setup(entry_points={'console_scripts': '''\ntool=pkg.cli:main\n'''})\n"),
    ],
)
def test_console_scripts(name, text, tmp_path):
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert console_scripts(tmp_path) == {"tool": "pkg.cli:main"}


@pytest.mark.parametrize("name", ["pyproject.toml", "setup.cfg", "setup.py"])
def test_a_broken_project_declares_none(name, tmp_path):
    (tmp_path / name).write_text("(((\x00[[", encoding="utf-8")
    assert console_scripts(tmp_path) == {}


def test_labels_are_claims():
    labels = {
        "org.opencontainers.image.title": "Water mask",
        "org.opencontainers.image.description": "Finds water",
        "org.opencontainers.image.version": "1.2",
        "org.opencontainers.image.licenses": "MIT",
        "org.opencontainers.image.authors": "Ann Lee <ann@example.org>, Bo <bo@example.org>",
        "org.opencontainers.image.url": "https://github.com/example/water",
        "version": "0",
        "maintainer": "nobody",
    }
    found = label_layer(labels, voice="Dockerfile", location=None).application
    assert {claim.source for claim in found.values()} == {"Dockerfile LABEL"}
    assert {name: claim.value for name, claim in found.items()} == {
        "title": "Water mask",
        "abstract": "Finds water",
        "version": "1.2",
        "license": "MIT",
        "authors": (
            Person(name="Ann Lee", email="ann@example.org"),
            Person(name="Bo", email="bo@example.org"),
        ),
        "code_repository": "https://github.com/example/water",
    }


def test_empty_labels_say_nothing():
    assert label_layer({"version": " ", "x": "y"}, voice="x", location=None).application == {}
