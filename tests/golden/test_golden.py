"""What is emitted is what was emitted, byte for byte.

After an intended change: ``pytest tests/golden --update-golden``, then read ``git diff``.
The golden CWL shows neither notebook nor launcher (``--no-embed``); both have tests of their own,
and :mod:`tests.integration` executes them.
"""

from pathlib import Path

import pytest
from notebooks import write
from sources import CONVENTIONS, METADATA, SAMPLES

from apkg.files.documents import read_document
from apkg.pipeline.convert import ConvertOptions, convert
from apkg.pipeline.validate import validate_paths

DOCUMENTS = Path(__file__).parent / "documents"
SUFFIXES = (".cwl", ".deploy.json", ".inputs.yml")
CASES = [
    "sample-water-mask",
    "sample-time-series",
    "sample-vegetation-ipython2cwl",
    "sample-trend-r",
    *CONVENTIONS,
]


@pytest.fixture
def emitted(tmp_path, monkeypatch):
    """Convert one case; the documents' texts by suffix. Paths in them are relative to here."""

    def call(case, **options):
        if case.startswith("sample-"):
            source = SAMPLES / case.removeprefix("sample-")
        else:
            metadata = {"metadata": METADATA} if case == "own" else {}
            source = write(tmp_path, *CONVENTIONS[case], name=f"{case}.ipynb", **metadata)
        out = tmp_path / "out"
        (done,) = convert(source, ConvertOptions(out=out, **options))
        assert done.error is None
        here = tmp_path.as_posix().lstrip("/")
        texts = {}
        for suffix, path in zip(SUFFIXES, done.files, strict=True):
            assert path.name.endswith(suffix)
            text = path.read_text(encoding="utf-8")
            assert here not in text
            texts[suffix] = text
        return texts, done.files

    return call


def unplaced(text, case):
    """A sample lies at a different way from every temporary folder."""
    if not case.startswith("sample-"):
        return text
    lines = []
    for line in text.split("\n"):
        start, mark, rest = line.partition("../")
        end = rest.rpartition("../")[2] if mark else ""
        lines.append(f"{start}.../{end[end.index('samples/') :]}" if "samples/" in end else line)
    return "\n".join(lines)


@pytest.mark.parametrize("case", CASES)
def test_documents(case, emitted, request):
    texts, _ = emitted(case, embed=False)
    for suffix, text in texts.items():
        path = DOCUMENTS / f"{case}{suffix}"
        found = unplaced(text, case)
        if request.config.getoption("--update-golden"):
            path.write_text(found, encoding="utf-8", newline="\n")
        assert found == path.read_bytes().decode("utf-8"), f"{path.name} has changed"


@pytest.mark.parametrize("case", CASES)
def test_golden_documents_are_valid(case, emitted):
    _, files = emitted(case)
    reports = validate_paths(files[:2])
    assert [report.kind for report in reports] == ["cwl", "deploy"]
    for report in reports:
        assert report.valid, report.findings


def test_no_golden_file_is_left_over():
    names = {f"{case}{suffix}" for case in CASES for suffix in SUFFIXES}
    assert {path.name for path in DOCUMENTS.iterdir()} == names


@pytest.mark.parametrize("case", CASES)
def test_job_orders_load(case, emitted):
    texts, files = emitted(case)
    assert isinstance(read_document(files[2]).value, dict)
    assert texts[".inputs.yml"].startswith("# Job order for ")
