"""XML on the command line: inspected, validated, translated, and refused with its line."""

import json
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "schemas" / "positive"
FEED = EXAMPLES / "landcover.owc.xml"


@pytest.mark.parametrize("name", ["landcover.owc.xml", "landcover.owc.json", "landcover.wps.xml"])
def test_inspect_shows_the_application(apkg, name):
    done = apkg("inspect", "--format", "json", EXAMPLES / name)
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert found["id"] == "LandCoverMapping"
    assert [i["type"] for i in found["inputs"]] == ["Directory", "File", "string", "string", "long"]


@pytest.mark.parametrize("to", ["owc-atom", "owc-json", "wps2"])
def test_translate_there_and_back(apkg, tmp_path, to):
    there = tmp_path / ("x.json" if to == "owc-json" else "x.xml")
    assert apkg("translate", FEED, "--to", to, "-o", there).code == 0
    assert apkg("validate", there).code == 0
    done = apkg("translate", there, "--to", "wps-t")
    assert json.loads(done.out)["processDescription"]["process"]["id"] == "LandCoverMapping"


def test_a_folder_is_searched_for_xml_of_ours_alone(apkg, tmp_path):
    (tmp_path / "context.xml").write_bytes(FEED.read_bytes())
    (tmp_path / "manifest.safe.xml").write_text("<!DOCTYPE x><x/>")
    done = apkg("validate", tmp_path, "--format", "json")
    assert done.code == 0
    assert "context.xml" in done.out
    assert "manifest.safe.xml" not in done.out


@pytest.mark.parametrize("command", ["inspect", "validate", "convert", "translate"])
def test_xml_with_a_document_type_is_refused_with_its_line(apkg, tmp_path, command):
    path = tmp_path / "x.xml"
    text = FEED.read_text().replace("<feed", '<!DOCTYPE feed [<!ENTITY a "b">]>\n<feed', 1)
    path.write_text(text)
    more = ["--to", "wps-t"] if command == "translate" else []
    done = apkg(command, path, *more)
    assert done.code == (1 if command == "validate" else 3)
    assert "x.xml:3" in done.out + done.err
    assert "document type" in done.out + done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "inside",
    ["<title>" + "x" * (11 << 20) + "</title>", '<title xml:id="1 2"/>'],
    ids=["huge text", "xml:id"],
)
def test_what_the_schema_library_refuses_is_a_finding(apkg, tmp_path, inside):
    path = tmp_path / "x.xml"
    path.write_text(f'<feed xmlns="http://www.w3.org/2005/Atom">\n{inside}</feed>')
    done = apkg("validate", path, "--format", "json")
    assert done.code == 1
    (report,) = json.loads(done.out)
    assert ("document/syntax", 2) in [(f["rule"], f["line"]) for f in report["findings"]]
