"""OWS Context and WPS 2.0: what is lost is told, nothing else is lost, and documents come back."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from applications import applications
from hypothesis import given
from hypothesis import strategies as st
from test_dialects import flat

from apkg.emitters.dialects.ports import DEFAULT_CRS, listed
from apkg.emitters.dialects.registry import dialect
from apkg.emitters.interface import EmitOptions
from apkg.errors import ApkgError
from apkg.files.documents import parse_document
from apkg.model import Metadata
from apkg.pipeline.validate import validate_text
from apkg.sources.read import read_document_application

NAMES = ["owc-atom", "owc-json", "wps2"]
ALONE = EmitOptions(with_cwl=False)
FILE = Path("x.xml")


def written(application, name):
    return dialect(name).emit(application, ALONE)


def read(text):
    document = parse_document(text, name=str(FILE), xml=True)
    return read_document_application(document, FILE, None).application


def as_told(application, name):
    """What a dialect says where the model is silent: systems of boxes, and how runs see lists."""
    inputs = tuple(replace(listed(i), scatter=i.scatter) for i in application.inputs)
    inputs = tuple(
        replace(i, supported_crs=i.supported_crs or (DEFAULT_CRS if i.semantics == "bbox" else ()))
        for i in inputs
    )
    return replace(application, inputs=inputs)


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


ANNOTATIONS = st.lists(
    st.sampled_from(
        [
            *(("owc:title", "A title"), ("owc:lang", "fr"), ("owc:id", "urn:x:y")),
            *(("owc:updated", "2024-01-01T01:02:03Z"), ("owc:content", "What it does.")),
            *(("wps:processModel", "native"), ("wps:jobControlOptions", "sync-execute")),
        ]
    ),
    unique=True,
).map(tuple)


@pytest.mark.parametrize("name", ["owc-atom", "owc-json"])
@given(application=applications(), annotations=ANNOTATIONS)
def test_what_a_context_says_around_the_process_comes_back(name, application, annotations):
    known = replace(application.metadata, annotations=annotations)
    again = read(written(replace(application, metadata=known), name).text)
    assert set(again.metadata.annotations) == set(annotations)


@pytest.mark.parametrize("name", NAMES)
@given(application=applications())
def test_our_own_validators_accept_them(name, application):
    report = validate_text(written(application, name).text.encode(), name=str(FILE))
    assert report.kind == "deploy"
    assert not [finding for finding in report.findings if finding.severity == "error"]


@given(text=st.text(max_size=40), version=st.text(max_size=8))
def test_any_text_can_be_written(text, version):
    from apkg.model import Application, Container, Default, Input, Scalar

    application = Application(
        id="x",
        title=text,
        abstract=text,
        container=Container(image="x:1"),
        inputs=(Input(id="a", type=Scalar("string"), doc=text, default=Default(text)),),
        metadata=Metadata(version=version),
    )
    for name in NAMES:
        try:
            again = read(written(application, name).text)
        except UnicodeEncodeError:
            continue
        lost = {loss.field for loss in written(application, name).losses}
        assert again.inputs[0].default == Default(text) or "inputs.a.default" in lost


@given(data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_xml_breaks_the_reader(data):
    document = b'<feed xmlns="http://www.w3.org/2005/Atom"><entry>' + data
    for text in (document, document + b"</entry></feed>"):
        with suppress(ApkgError):
            read(text)
