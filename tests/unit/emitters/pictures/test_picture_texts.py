"""Whatever a title holds, it stays text in every format (Graphviz's are drawn by Graphviz)."""

import html
import re
from dataclasses import replace

import lxml.html
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from apkg.emitters.pictures.build import picture
from apkg.emitters.pictures.dot import dot
from apkg.emitters.pictures.html import html as as_page
from apkg.emitters.pictures.interface import Picture
from apkg.emitters.pictures.labels import detail_lines, name_lines
from apkg.emitters.pictures.mermaid import mermaid
from apkg.emitters.pictures.svg import svg
from apkg.emitters.pictures.texts import line, wrapped
from apkg.emitters.pictures.tree import tree
from apkg.model import Application, Input, Output, Scalar

SPECIAL = [
    '"', "\\", "\\N", "\\l", "\\\\", "<b>", "</svg>", "<script>alert(1)</script>", "&amp;", "&#39;",
    "#35;", "`x`", "**x**", "__init__", "1. x", "- x", "www.example.org", "%%{init: {}}%%", "$$x$$",
    "end", "]]>", "-->", "style x:#1;", "{a|b}", "|", ";", "\n", "\t", "\x1b[31m", "\x07", "\u202e",
    "\u2028", "שלום", "كتاب", "日本語", "🛰", "é", "\ufffe", "\ud800",
]  # fmt: skip
TEXTS = st.lists(
    st.sampled_from(SPECIAL) | st.text(max_size=8) | st.just("word"), min_size=1, max_size=5
).map("".join)
NODE = re.compile(r'\s*n\d+(?:\(\[|\[\[|\[/|\[|\{\{)"(.*)"(?:\]\)|\]\]|/\]|\]|\}\})')
ENTITY = re.compile(r"#(\d+);")


def drawn(text):
    """An application whose every word is ``text``."""
    return picture(
        Application(
            id=text,
            title=text,
            abstract=text,
            inputs=(Input(id=text, type=Scalar("string"), label=text, doc=text),),
            outputs=(Output(id=text, type=Scalar("File"), label=text),),
        )
    )


def is_plain(text):
    return not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]", text)


@given(TEXTS)
@example("".join(SPECIAL))
def test_a_line_is_one_line_that_every_format_can_hold(text):
    made = line(text)
    assert is_plain(made)
    assert line(made) == made
    etree.fromstring(f"<a>{html.escape(made)}</a>")


@given(TEXTS, st.integers(4, 30))
def test_wrapping_loses_nothing_but_says_so(text, width):
    lines = wrapped(line(text), width)
    assert len(lines) <= 3
    assert all(0 < len(one) <= width for one in lines)
    joined = "".join(lines)
    whole = line(text).replace(" ", "")
    assert joined.replace(" ", "") == whole or joined.endswith("…")


@given(TEXTS)
@example("".join(SPECIAL[:12]))
@example("a" * 500)
def test_mermaid_holds_labels_of_letters_and_entities(text):
    made = drawn(text)
    written = mermaid(made).splitlines()
    labels = [NODE.fullmatch(one)[1] for one in written if re.match(r"\s*n\d+[\[({]", one)]
    for label, one in zip(labels, made.nodes, strict=True):
        assert not re.search(r'["\\`*~$%{}|:;&]', re.sub(ENTITY, "", label)), label
        parts = label.split("<br/>")
        decoded = [
            ENTITY.sub(lambda m: chr(int(m[1])), re.sub(r"^<b>|</b>$", "", part)) for part in parts
        ]
        assert decoded == [*name_lines(one), *detail_lines(one)]
    assert written[0] == f"flowchart {made.direction}"


@given(TEXTS)
@example("".join(SPECIAL))
def test_a_tree_has_no_line_too_many(text):
    lines = tree(drawn(text))
    assert len(lines) == 7
    assert all(is_plain(one) for one in lines)
    assert lines[2].endswith(f"{line(text) or '?'}: string")


@pytest.mark.usefixtures("graphviz")
@settings(max_examples=40, deadline=None)
@given(TEXTS)
@example("".join(SPECIAL))
@example("\\N\\G\\E \\\\N &lt; &#60; &unknown; \\")
@example("a" * 500)
def test_graphviz_draws_the_text_itself(text):
    made = drawn(text)
    root = etree.fromstring(svg(made).encode())
    groups = root.findall(".//{*}g[@class]")
    nodes = [g for g in groups if g.get("class").startswith("node")]
    assert len(nodes) == len(made.nodes)
    shown = sorted(["".join(t.itertext()).strip() for t in g.findall("{*}text")] for g in nodes)
    wanted = sorted([*name_lines(one), *detail_lines(one)] for one in made.nodes)
    assert shown == wanted
    assert {etree.QName(e).localname for e in root.iter()} <= {
        "svg", "g", "title", "desc", "style", "path", "polygon", "polyline", "text"
    }  # fmt: skip
    assert not [name for e in root.iter() for name in e.attrib if name.startswith(("on", "href"))]


@pytest.mark.usefixtures("graphviz")
def test_a_page_holds_the_text_and_nothing_of_it_runs():
    text = "".join(SPECIAL)
    root = lxml.html.document_fromstring(as_page(drawn(text)))
    assert root.findall(".//script") == root.findall(".//img") == root.findall(".//b") == []
    assert root.find(".//h1").text_content() == line(text)
    assert not [name for e in root.iter() for name in e.attrib if name.startswith("on")]


def test_dot_of_nothing():
    empty = Picture(name="x", title="")
    assert dot(replace(empty, about="y")).startswith("digraph picture {")
    assert mermaid(empty) == "flowchart LR\n"
