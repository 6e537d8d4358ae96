"""Documents with odd values in odd places: read, or refused with an :class:`ApkgError`."""

import contextlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apkg.errors import ApkgError
from apkg.files.documents import parse_document
from apkg.sources.cwl import read_cwl_document
from apkg.sources.deploy import read_deploy_document
from apkg.sources.read import read_application

_KEYS = st.sampled_from(
    [
        "class",
        "$graph",
        "id",
        "inputs",
        "outputs",
        "steps",
        "run",
        "in",
        "out",
        "scatter",
        "type",
        "items",
        "fields",
        "symbols",
        "default",
        "format",
        "requirements",
        "hints",
        "types",
        "dockerPull",
        "ramMin",
        "label",
        "doc",
        "outputSource",
        "outputBinding",
        "glob",
        "$namespaces",
        "$import",
        "s:author",
        "s:keywords",
        "process",
        "processDescription",
        "executionUnit",
        "unit",
        "href",
        "literalDataDomains",
        "dataType",
        "allowedValues",
        "minOccurs",
        "formats",
        "schema",
        "oneOf",
        "enum",
        "supportedCRS",
        "additionalParameters",
        "owsContext",
        "offering",
        "content",
        "value",
        "name",
        "config",
        "cpuMin",
    ]
)
_WORDS = st.sampled_from(
    ["Workflow", "CommandLineTool", "File", "string[]?", "#main", "a/b", "$(inputs.x)", "array"]
)
_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | _WORDS
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=5),
    max_leaves=40,
)
_TOPS = st.sampled_from(
    [
        {"cwlVersion": "v1.2", "class": "Workflow"},
        {"cwlVersion": "v1.2", "class": "CommandLineTool"},
        {"processDescription": {"process": {"id": "p"}}},
    ]
)


@settings(deadline=None)
@given(_TOPS, st.dictionaries(_KEYS, _VALUES, max_size=6))
def test_nothing_but_our_own_errors(top, members):
    text = json.dumps({**members, **top})
    for reader in (read_cwl_document, read_deploy_document):
        with contextlib.suppress(ApkgError):
            document = parse_document(text, name="odd.json")
            assert isinstance(reader(document).application.id, str)


@pytest.mark.skipif("APKG_CORPUS" not in os.environ, reason="APKG_CORPUS is not set")
@pytest.mark.parametrize("folder", ["cwl-conformance", "eo-cwl", "deploy"])
def test_documents_of_strangers_are_read(folder):
    root = Path(os.environ["APKG_CORPUS"]) / folder
    endings = (".json",) if folder == "deploy" else (".cwl",)
    files = sorted(path for path in root.rglob("*") if path.suffix in endings and path.is_file())
    refused = []
    for path in files:
        try:
            read_application(path)
        except ApkgError as error:
            refused.append((path.name, error.message))
    assert files
    assert len(refused) <= len(files) // 100, refused
