"""OWS Context and WPS 2.0: what a context says around the process, any text, and no XML."""

from contextlib import suppress
from dataclasses import replace

import pytest
from applications import applications
from hypothesis import given
from hypothesis import strategies as st
from test_dialects import read, written

from apkg.errors import ApkgError
from apkg.model import Metadata

NAMES = ["owc-atom", "owc-json", "wps2"]

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
