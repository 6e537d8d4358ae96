"""Jupyter's own signature of a notebook is told by inspect, and looking changes nothing."""

import json
import sqlite3

import nbformat
import pytest
from nbformat.sign import NotebookNotary
from notebooks import cell, write

from apkg.pipeline.trust import notebook_trust


@pytest.fixture
def jupyter(tmp_path, monkeypatch):
    folder = tmp_path / "jupyter"
    folder.mkdir()
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(folder))
    return folder


def sign(path, folder):
    notary = NotebookNotary(data_dir=str(folder))
    notary.sign(nbformat.read(path, as_version=4))
    notary.store.close()


@pytest.fixture
def notebook(tmp_path):
    source = cell("print(1)", id="a")
    return write(tmp_path, "level = 3", source, nbformat_minor=4)


def test_signed_changed_and_never_seen(notebook, jupyter, tree):
    assert notebook_trust(notebook) == "not trusted"
    assert list(jupyter.iterdir()) == []
    sign(notebook, jupyter)
    before = tree(jupyter)
    assert notebook_trust(notebook) == "trusted"
    notebook.write_text(notebook.read_text().replace("level = 3", "level = 4"))
    assert notebook_trust(notebook) == "not trusted"
    assert tree(jupyter) == before


def test_what_cannot_be_told(notebook, jupyter, tmp_path):
    sign(notebook, jupyter)
    (jupyter / "nbsignatures.db").write_bytes(b"no database")
    assert notebook_trust(notebook) == "unknown"
    notebook.write_text("{")
    assert notebook_trust(notebook) == "not trusted"
    assert notebook_trust(tmp_path / "demo.cwl") is None


def test_inspect_tells(notebook, jupyter, bounded):
    assert "not trusted" in bounded("inspect", notebook, codes=(0,)).stdout
    sign(notebook, jupyter)
    assert "signed it" in bounded("inspect", notebook, codes=(0,)).stdout
    said = json.loads(bounded("inspect", notebook, "--format", "json", codes=(0,)).stdout)
    assert said["trust"] == "trusted"
    with sqlite3.connect(jupyter / "nbsignatures.db") as known:
        assert known.execute("SELECT count(*) FROM nbsignatures").fetchone() == (1,)
    known.close()
