import pytest

from apkg.files.documents import parse_document
from apkg.model import Person
from apkg.sources.cwl import read_cwl

HEAD = "cwlVersion: v1.2\nclass: Operation\ninputs: []\noutputs: []\n"


def metadata(body, prefix="s", iri="https://schema.org/"):
    text = f"{HEAD}$namespaces: {{{prefix}: {iri}}}\n{body}"
    return read_cwl(parse_document(text, name="m.cwl")).metadata


@pytest.mark.parametrize("iri", ["https://schema.org/", "http://schema.org/"])
@pytest.mark.parametrize("prefix", ["s", "schema", "sdo"])
def test_any_prefix_of_schema_org_is_understood(prefix, iri):
    body = (
        f"{prefix}:softwareVersion: 1.4.2\n{prefix}:license: Apache-2.0\n"
        f"{prefix}:codeRepository: https://example.org/code\n{prefix}:dateCreated: 2026-03-16\n"
        f"{prefix}:citation: https://doi.org/10.1/2\n{prefix}:releaseNotes: None\n"
    )
    found = metadata(body, prefix, iri)
    assert (found.version, found.license) == ("1.4.2", "Apache-2.0")
    assert found.code_repository == "https://example.org/code"
    assert (found.date_created, found.citation) == ("2026-03-16", "https://doi.org/10.1/2")
    assert found.release_notes is None


def test_a_prefix_bound_to_something_else_says_nothing():
    assert metadata("s:license: MIT\n", iri="https://example.org/").license is None


def test_full_names_are_understood():
    assert metadata("https://schema.org/license: MIT\n").license == "MIT"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Jane Doe", Person(name="Jane Doe")),
        (
            "{class: s:Person, s:name: Jane, s:email: mailto:j@x.org}",
            Person(name="Jane", email="j@x.org"),
        ),
        ("[{s.name: Jane, s.affiliation: ACME}]", Person(name="Jane", affiliation="ACME")),
        (
            "{s:givenName: Jane, s:familyName: Doe, s:affiliation: {s:name: ACME, s:url: 'http://a'}}",
            Person(name="Jane Doe", affiliation="ACME"),
        ),
        (
            "{s:name: Jane, s:identifier: 'https://orcid.org/0'}",
            Person(name="Jane", identifier="https://orcid.org/0"),
        ),
    ],
)
def test_authors_in_all_their_shapes(written, expected):
    assert metadata(f"s:author: {written}\n").authors == (expected,)


def test_an_author_without_name_is_nobody():
    assert metadata("s:author: [{class: s:Person, s:name: null}]\n").authors == ()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("ogc, sar", ("ogc", "sar")),
        ("[GEDI, sar, GEDI]", ("GEDI", "sar")),
        ("[{s:name: application-type, s:description: hydrology}]", ("hydrology",)),
        ("null", ()),
    ],
)
def test_keywords_in_all_their_shapes(written, expected):
    assert metadata(f"s:keywords: {written}\n").keywords == expected


def test_what_has_no_field_is_kept():
    found = metadata("s:commitHash: abc\n").annotations
    assert found == (("https://schema.org/commitHash", "abc"),)
