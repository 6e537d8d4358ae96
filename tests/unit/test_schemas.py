"""The JSON schemas: valid, described, found, and in agreement with jsonschema."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from apkg import schemas
from apkg.errors import SchemaError
from apkg.files.documents import read_document
from apkg.validators.schema_compile import compiled
from apkg.validators.schema_explain import Explainer

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "tests" / "schemas"
CORPUS = os.environ.get("APKG_CORPUS")
OURS = [name for name in schemas.names() if name.startswith(("cwl-", "deploy-"))]


def test_there_are_schemas_and_a_missing_one_is_named():
    assert {"cwl-v1.0", "cwl-v1.1", "cwl-v1.2", "deploy-wps-t"} <= set(schemas.names())
    with pytest.raises(SchemaError, match="cwl-v9"):
        schemas.load_schema("cwl-v9")


@pytest.mark.parametrize("name", schemas.names())
def test_schema_is_valid_and_has_an_id_of_its_own(name):
    schema = schemas.load_schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:apkg:schema:{name}:1"
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", OURS)
def test_every_field_is_described(name):
    schema = schemas.load_schema(name)
    nodes = [schema, *schema["$defs"].values()]
    bare = [
        key
        for node in nodes
        for key, child in node.get("properties", {}).items()
        if key not in ("class", "type") and "description" not in child and "$ref" not in child
    ]
    bare = [key for key in bare if not key.endswith("Requirement")]
    assert set(bare) <= {"WorkReuse", "NetworkAccess", "ToolTimeLimit"}


@pytest.mark.parametrize("script", ["make_cwl_schemas.py", "make_deploy_schemas.py"])
def test_committed_schemas_are_what_the_scripts_make(script):
    command = [sys.executable, str(ROOT / "tests" / "tools" / script), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def documents():
    files = [p for p in sorted(EXAMPLES.rglob("*")) if p.suffix in (".cwl", ".json")]
    if CORPUS:
        files += sorted(Path(CORPUS).rglob("*.cwl")) + sorted(
            Path(CORPUS, "deploy").rglob("*.json")
        )
    return files


@pytest.mark.parametrize("name", OURS)
def test_our_verdict_is_that_of_jsonschema(name):
    referee, ours = Draft202012Validator(schemas.load_schema(name)), compiled(name)
    explainer = Explainer(ours)
    accepted = 0
    for path in documents():
        value = read_document(path).value
        if name.startswith("cwl") and not (isinstance(value, dict) and "cwlVersion" in value):
            continue
        if isinstance(value, dict) and name.startswith("cwl"):
            value = {**value, "cwlVersion": name.removeprefix("cwl-")}
        verdict = ours.valid(value)
        assert verdict == referee.is_valid(value), path
        assert (explainer.explain(value) == []) == verdict, path
        accepted += verdict
    assert accepted


def test_an_unknown_keyword_is_never_passed_over():
    from apkg.validators.schema_compile import CompiledSchema

    with pytest.raises(SchemaError, match="multipleOf"):
        CompiledSchema({"multipleOf": 2}).valid(3)


def test_found_from_a_wheel_layout(tmp_path, monkeypatch):
    (tmp_path / "_schemas").mkdir()
    (tmp_path / "_schemas" / "one.schema.json").write_text(json.dumps({"$id": "one"}))
    monkeypatch.setattr(schemas, "_PACKAGE", tmp_path)
    schemas.folder.cache_clear()
    try:
        assert schemas.names() == ("one",)
    finally:
        schemas.folder.cache_clear()
