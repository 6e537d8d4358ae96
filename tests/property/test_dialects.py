"""Dialects of Facet 2: what is lost is told, nothing else is lost, and documents come back."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from applications import applications
from hypothesis import given

from apkg.emitters.dialects.ports import DEFAULT_CRS, listed
from apkg.emitters.dialects.registry import dialect
from apkg.emitters.interface import EmitOptions
from apkg.files.documents import parse_document
from apkg.model import Application, Metadata, Resources
from apkg.pipeline.validate import validate_text
from apkg.sources.read import read_document_application

NAMES = ["wps-t", "ogcapi", "ogcapi-2", "ogcapi-flat", "owc-atom", "owc-json", "wps2"]
#: Those that name the system of a bounding box where the model does not.
WITH_CRS = ["wps-t", "owc-atom", "owc-json", "wps2"]
FILE = Path("x.deploy")
ALONE = EmitOptions(with_cwl=False)


def written(application, name):
    return dialect(name).emit(application, ALONE)


def read(text):
    document = parse_document(text, name=str(FILE), xml=True)
    return read_document_application(document, FILE, None).application


def flat(application):
    """Every field of the model by the name that a loss has."""
    found = {}
    for one in fields(Application):
        if one.name not in ("id", "inputs", "outputs", "metadata", "resources", "origins"):
            shown = {"container": "image"}.get(one.name, one.name)
            found[shown] = getattr(application, one.name)
    for part in (application.metadata, application.resources):
        assert isinstance(part, Metadata | Resources)
        found |= {one.name: getattr(part, one.name) for one in fields(part)}
    for group in ("inputs", "outputs"):
        for port in getattr(application, group):
            for one in fields(port):
                found[f"{group}.{port.id}.{one.name}"] = getattr(port, one.name)
    return found


def as_told(application, name):
    """What a dialect says where the model is silent: how runs see lists, systems, titles again."""
    inputs = tuple(replace(listed(i), scatter=i.scatter) for i in application.inputs)
    outputs = application.outputs
    if name in WITH_CRS:
        inputs = tuple(map(with_crs, inputs))
        outputs = tuple(map(with_crs, outputs))
    if name == "wps-t":
        inputs = tuple(replace(i, doc=i.doc or i.label) for i in inputs)
        outputs = tuple(replace(o, doc=o.doc or o.label) for o in outputs)
    return replace(application, inputs=inputs, outputs=outputs)


def with_crs(port):
    """An input or output, with the systems that a dialect names for a box that has none."""
    silent = port.semantics == "bbox" and not port.supported_crs
    return replace(port, supported_crs=DEFAULT_CRS) if silent else port


@pytest.mark.parametrize("name", NAMES)
@given(application=applications())
def test_exactly_the_losses_are_told(name, application):
    emitted = written(application, name)
    before, after = flat(as_told(application, name)), flat(read(emitted.text))
    assert set(before) == set(after)
    changed = {field for field in before if before[field] != after[field]}
    lost = {loss.field for loss in emitted.losses}
    # A value of another type has other facets, too; that it is another one is what is told.
    other = tuple(field.removesuffix("type") for field in lost if field.endswith(".type"))
    # What had a default and has none may be left out all the same.
    other += tuple(f.replace(".default", ".optional") for f in lost if f.endswith(".default"))
    assert {f for f in changed if not f.startswith(other)} == {
        f for f in lost if not f.startswith(other)
    }
    assert {f for f in lost if f.endswith(".type")} <= changed
    assert all(loss.why for loss in emitted.losses)


@pytest.mark.parametrize("name", NAMES)
@given(application=applications())
def test_a_document_comes_back_from_the_model(name, application):
    first = written(application, name)
    again = written(read(first.text), name)
    assert not again.losses
    if not any(loss.field.endswith((".type", ".default")) for loss in first.losses):
        assert again.text == first.text
    assert written(read(again.text), name) == again


@pytest.mark.parametrize("name", NAMES)
@given(application=applications())
def test_our_own_validators_accept_them(name, application):
    report = validate_text(written(application, name).text.encode(), name=str(FILE))
    assert report.kind == "deploy"
    assert not [finding for finding in report.findings if finding.severity == "error"]
