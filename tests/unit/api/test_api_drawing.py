"""What Jupyter is given to draw: well-formed, escaped, with no script and no colour."""

import re
from pathlib import Path

import pytest
from lxml import etree

import apkg
from apkg.errors import Location
from apkg.model import Default, EnumType, Input, Output, Scalar
from apkg.report import Finding, Report

EVIL = "<script>alert('x')</script> & \"q\" \x1b[2J"


def drawn(value):
    """The text of each row of each table, by caption; all else that can be said of the HTML."""
    text = value._repr_html_()
    assert not any(word in text for word in ("<script", "background", "\x1b", "http:"))
    root = etree.fromstring(text)
    assert set(re.findall(r"[a-z-]*color:[^;\"]*", text)) <= {"color:inherit"}
    allowed = {"div", "p", "strong", "table", "caption", "thead", "tbody", "tr", "th", "td", "br"}
    assert {element.tag for element in root.iter()} <= allowed
    assert {name for e in root.iter() for name in e.attrib} <= {"style", "scope"}
    tables = {}
    for table in root.iter("table"):
        rows = [["".join(c.itertext()) for c in row] for row in table.iter("tr")]
        assert len({len(row) for row in rows}) == 1
        tables[table.findtext("caption")] = rows[1:]
    return tables, "".join(root.itertext())


def test_application_shows_inputs_and_outputs():
    application = apkg.Application(
        id="evil",
        title=EVIL,
        abstract="One\ntwo",
        inputs=(
            Input(id="scene", type=Scalar("File"), doc=EVIL),
            Input(id="size", type=Scalar("int"), default=Default(7), label="Size"),
            Input(id="way", type=EnumType((EVIL,)), optional=True, default=Default(EVIL)),
            Input(id="long", type=Scalar("string"), default=Default("x" * 10**6)),
        ),
        outputs=(Output(id="mask", type=Scalar("File"), glob="mask.tif", optional=True),),
    )
    tables, text = drawn(application)
    rows = {row[0]: row[1:] for row in tables["Inputs"]}
    shown = EVIL.replace("\x1b", "\N{REPLACEMENT CHARACTER}")
    assert rows["scene"] == ["File", "required", shown]
    assert rows["size"] == ["int", "7", "Size"]
    assert rows["way"][0].startswith("(enum") or rows["way"][0].startswith("enum")
    assert len(rows["long"][1]) < 500
    assert tables["Outputs"] == [["mask", "File?", "mask.tif"]]
    assert shown in text
    assert "<p>One<br/>two</p>" in application._repr_html_()


def test_many_rows_are_counted():
    inputs = tuple(Input(id=f"i{n}", type=Scalar("int")) for n in range(1000))
    tables, text = drawn(apkg.Application(id="many", inputs=inputs))
    assert len(tables["Inputs"]) == 200
    assert "… and 800 more" in text


def test_packages_and_chains_show_links_and_files(mask, area):
    parts = [apkg.convert(mask, settings={"inputs.image.type": "File"}), apkg.convert(area)]
    tables, text = drawn(parts[0])
    assert ["mask.cwl"] in tables["Files"]
    assert any("image=" in row[3] for row in tables["Findings"])
    assert "<b>water</b>" in text
    flow = apkg.chain(parts, links={"area/mask": "mask/mask"}, out="flow.cwl")
    tables, _ = drawn(flow)
    assert [row[0] for row in tables["Steps"]] == ["mask", "area"]
    assert ["mask/mask", "area/mask", "asked for"] in [row[:3] for row in tables["Links"]]
    assert {len(row) for row in tables["Steps"]} == {2}
    tables, _ = drawn(apkg.inspect("flow.cwl"))
    assert "image" in [row[0] for row in tables["Inputs"]]


def test_losses_are_shown(mask):
    made = apkg.convert(mask, settings={"resources.ramMin": 512, "license": "MIT"})
    assert made.losses == ()
    lossy = apkg.convert(
        mask, out="o", deploy_profile="wps2", settings={"inputs.image.uom": "m"}, force=True
    )
    tables, _ = drawn(lossy)
    assert lossy.losses
    assert [row[0] for row in tables["Not said in Facet 2"]] == [one.field for one in lossy.losses]


def test_reports_show_their_findings():
    finding = Finding(
        rule="cwl/x", severity="error", message=EVIL, location=Location(path="a.cwl", line=3)
    )
    report = Report("a.cwl", "cwl", (finding,))
    for value in (report, apkg.Validation(reports=(report,))):
        tables, text = drawn(value)
        assert tables["Findings"][0][:2] == ["error", "a.cwl:3"]
        assert "1 error" in text
    assert "valid" in drawn(Report("b.cwl", "cwl"))[1]


def test_results_show_paths_as_written_here(here):
    answer = {
        "mask": {"class": "File", "path": str(here / "out" / "m.tif"), "size": 12},
        "all": [{"class": "Directory", "path": "/elsewhere"}, None],
        "count": 3,
        "none": None,
        "empty": [],
    }
    done = apkg.Run(outputs={"count": 3}, files=(), answer=answer, log=())
    tables, _ = drawn(done)
    assert tables["Results"] == [
        ["mask", str(Path("out/m.tif")), "12"],
        ["all", "/elsewhere", ""],
        ["all", "(none)", ""],
        ["count", "3", ""],
        ["none", "(none)", ""],
        ["empty", "[]", ""],
    ]
    assert "Nothing came out" in drawn(apkg.Run(outputs={}, files=(), answer={}, log=()))[1]
    assert done["count"] == 3
    with pytest.raises(KeyError, match="the outputs are: count"):
        done["mask"]
