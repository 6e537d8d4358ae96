"""What a folder or notebook gives to build."""

import pytest
from notebooks import cell, write

from apkg.errors import SourceError, UsageError
from apkg.pipeline.build_sources import launched, read_sources

DOCKERFILE = 'FROM debian:12\nCOPY tool.sh /usr/bin/tool\nENTRYPOINT ["tool"]\n'


@pytest.fixture
def folder(tmp_path):
    """A folder with two notebooks."""
    for name in ("one", "two"):
        write(tmp_path, cell(f"# {name}", kind="markdown"), "n = 1", name=f"{name}.ipynb")
    return tmp_path


def test_a_folders_notebooks_are_one_image(folder):
    sources = read_sources(folder)
    assert [application.id for application in sources.applications] == ["one", "two"]
    assert sources.folder == folder
    programs = launched(sources)
    assert [program.id for program in programs] == ["one", "two"]
    assert programs[0].launcher.startswith("#!/usr/bin/env python3")
    assert (programs[0].language, programs[0].kernel) == ("python", "python3")
    assert programs[0].packages == ()


def test_a_notebook_is_built_in_the_environment_of_its_folder(folder):
    sources = read_sources(folder / "two.ipynb")
    assert (sources.folder, sources.name) == (folder, "two")
    assert [program.id for program in launched(sources)] == ["two"]


def test_what_the_launcher_needs_is_told(folder):
    (program,) = launched(read_sources(folder / "one.ipynb", stac=True))
    assert [name.partition(">")[0] for name in program.packages] == ["pystac"]


def test_the_name_of_the_image_is_no_open_question(folder):
    sources = read_sources(folder)
    assert not [finding for finding in sources.findings if "image" in finding.rule]
    named = sources.in_image("x:1").applications
    assert {application.container.image for application in named} == {"x:1"}


def test_a_tool_has_no_launcher(tmp_path):
    (tmp_path / "Dockerfile").write_text(DOCKERFILE)
    (tmp_path / "tool.sh").write_text('#!/bin/sh\n# usage: tool FILE\ncat "$1"\n')
    sources = read_sources(tmp_path)
    assert len(sources.applications) == 1
    assert launched(sources) == ()


def test_neither_folder_nor_notebook_is_wrong_usage(tmp_path):
    (tmp_path / "tool.py").write_text("")
    with pytest.raises(UsageError, match="neither a folder nor a notebook"):
        read_sources(tmp_path / "tool.py")


def test_a_folder_with_nothing_to_build(tmp_path):
    with pytest.raises(SourceError, match="no notebook"):
        read_sources(tmp_path)


def test_a_graph_alone_is_no_image(tmp_path):
    graph = '<graph id="g"><version>1.0</version><node id="r"><operator>Read</operator>'
    graph += "<parameters><file>${input}</file></parameters></node></graph>"
    (tmp_path / "graph.xml").write_text(graph)
    with pytest.raises(SourceError, match="no Dockerfile"):
        read_sources(tmp_path)


def test_two_notebooks_of_one_id(folder):
    write(folder, "n = 1", name="ONE.ipynb")
    with pytest.raises(SourceError, match=r"the same id as ONE\.ipynb: one"):
        read_sources(folder)
