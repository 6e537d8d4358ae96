"""``$import`` and ``run``: only files of the package's own folder, never the network."""

import pytest

from apkg.files.documents import read_document
from apkg.model import ArrayType, EnumType, Scalar
from apkg.sources.cwl import read_cwl_document

HEAD = "cwlVersion: v1.2\nclass: CommandLineTool\noutputs: []\n"


def read(folder, body, name="tool.cwl"):
    (folder / name).write_text(HEAD + body)
    return read_cwl_document(read_document(folder / name))


def test_types_are_imported(tmp_path):
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "all.yml").write_text(
        "- {name: mode, type: enum, symbols: [a, b]}\n- {$import: more.yml}\n"
    )
    (tmp_path / "types" / "more.yml").write_text("{name: other, type: enum, symbols: [c]}\n")
    reading = read(
        tmp_path,
        "requirements:\n  SchemaDefRequirement: {types: [{$import: types/all.yml}]}\n"
        "inputs: {a: types/all.yml#mode, b: 'types/more.yml#other[]'}\n",
    )
    assert reading.findings == ()
    assert [port.type for port in reading.application.inputs] == [
        EnumType(("a", "b")),
        ArrayType(EnumType(("c",))),
    ]


def test_a_member_is_imported_by_its_name(tmp_path):
    (tmp_path / "t.yml").write_text("- {name: m, type: string}\n- {name: n, type: int}\n")
    reading = read(tmp_path, "inputs: {a: {type: {$import: 't.yml#n'}}}\n")
    assert reading.application.inputs[0].type == Scalar("int")


def test_text_is_included(tmp_path):
    (tmp_path / "about.txt").write_text("All about it.\n")
    reading = read(tmp_path, "inputs: []\ndoc: {$include: about.txt}\n")
    assert reading.application.abstract == "All about it."


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("https://example.org/types.yml", "was not fetched"),
        ("file:///etc/passwd", "was not fetched"),
        ("//example.org/types.yml", "was not fetched"),
        ("../secret.yml", "outside the folder"),
        ("/etc/passwd", "outside the folder"),
        ("link.yml", "outside the folder"),
        ("missing.yml", "There is no file"),
        ("sub", "There is no file"),
        ("broken.yml", "cannot be read"),
    ],
)
def test_other_files_stay_closed(tmp_path, reference, words):
    folder = tmp_path / "package"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "secret.yml").write_text("type: int\n")
    (folder / "link.yml").symlink_to(tmp_path / "secret.yml")
    (folder / "broken.yml").write_text("a: [1\n")
    reading = read(folder, f"inputs: {{a: {{type: {{$import: '{reference}'}}}}}}\n")
    assert reading.application.inputs[0].type == Scalar("Any")
    assert any(words in finding.message for finding in reading.findings)


def test_files_that_import_each_other_end(tmp_path):
    (tmp_path / "a.yml").write_text("[{$import: b.yml}, {$import: b.yml}]\n")
    (tmp_path / "b.yml").write_text("[{$import: a.yml}, {$import: b.yml}]\n")
    reading = read(
        tmp_path,
        "inputs: []\nrequirements: {SchemaDefRequirement: {types: {$import: a.yml}}}\n",
    )
    assert any("imports itself" in finding.message for finding in reading.findings)


def test_a_document_that_imports_itself_ends(tmp_path):
    reading = read(tmp_path, "inputs: {a: {$import: tool.cwl}}\n")
    assert any("imports itself" in finding.message for finding in reading.findings)


def test_imports_that_multiply_end(tmp_path):
    for level in range(7):
        lines = f"- {{$import: f{level + 1}.yml}}\n" * 10
        (tmp_path / f"f{level}.yml").write_text(lines)
    (tmp_path / "f7.yml").write_text("[]\n")
    reading = read(tmp_path, "inputs: {a: {type: {$import: f0.yml}}}\n")
    assert any("too many imports" in finding.message for finding in reading.findings)
