"""Terminal escapes and HTML in every word that a stranger writes: shown, and never obeyed."""

import json
import re
from pathlib import Path

import lxml.html
import pytest
from notebooks import cell, write

import apkg
from apkg.files.dockerfile import read_instructions

ESCAPE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egpj.exe"
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>"
WORDS = f"{MARKUP}{ESCAPE}"
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
TOOL = {
    "cwlVersion": "v1.2",
    "class": "CommandLineTool",
    "id": "demo",
    "label": WORDS,
    "doc": WORDS,
    "baseCommand": ["true"],
    "inputs": {
        "one": {"type": "string", "label": WORDS, "doc": WORDS, "default": WORDS},
        MARKUP.replace("/", ""): {"type": {"type": "enum", "symbols": [MARKUP]}},
    },
    "outputs": {"o": {"type": "File", "doc": WORDS, "outputBinding": {"glob": WORDS}}},
    "hints": {"DockerRequirement": {"dockerPull": f"img:{MARKUP}"}, WORDS: {}},
}


@pytest.fixture(params=["notebook", "cwl", "broken"])
def source(request, tmp_path):
    """A notebook, a CWL document, and one that is wrong in every line."""
    if request.param == "notebook":
        known = {
            "title": WORDS,
            "authors": [{"name": WORDS}],
            "kernelspec": {"name": WORDS, "language": "python"},
        }
        head = cell(f"# {WORDS}\n\n{WORDS}", kind="markdown")
        code = f"one = {WORDS!r}  # {MARKUP}\ntwo = 3  # {ESCAPE}"
        return write(tmp_path, head, code, metadata=known)
    path = tmp_path / "demo.cwl"
    made = TOOL if request.param == "cwl" else {**TOOL, "class": WORDS, WORDS: 1, "inputs": [WORDS]}
    path.write_text(json.dumps(made), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "words",
    [
        ["validate"], ["validate", "--format", "github"], ["inspect"], ["graph"],
        ["convert", "-o", "out"], ["convert", "-o", "out", "--set", f"title={MARKUP}"],
        ["run", "--no-container"], ["run", "--no-container", "{}", "one=\x1b[2J", "\x1b[2J=1"],
        ["translate", "--to", "owc-json"], ["chain", "--link", f"{MARKUP}/\x1b[2J=a/b"],
    ],
    ids=lambda words: " ".join(words[:2]),
)  # fmt: skip
def test_terminal_escapes(source, bounded, words):
    words = [words[0], source, *(w for w in words[1:] if w != "{}")]
    done = bounded(*words)
    assert done.stdout + done.stderr
    assert not UNSAFE.search((done.stdout + done.stderr).replace("\r", "")), done


@pytest.mark.parametrize("name", ["p.html", "p.mmd", "p.dot", "p.svg", "report"])
def test_markup_in_pictures_and_reports(source, bounded, tmp_path, name):
    if name == "report":
        bounded("report", source, "-o", tmp_path / "p.html")
        made = tmp_path / "p.html"
    else:
        bounded("graph", source, "-o", tmp_path / name)
        made = tmp_path / name
    if not made.exists():
        # Refused: said so in a clear message, which `bounded` has checked.
        return
    text = made.read_text(encoding="utf-8")
    assert not UNSAFE.search(text)
    if made.suffix in {".html", ".svg"}:
        _harmless(text)


def _harmless(text):
    """No element or attribute of the stranger's, and no script that is not ours."""
    root = lxml.html.document_fromstring(text)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        assert not any(name.startswith("on") for name in element.attrib), element.attrib
        assert "javascript:" not in " ".join(element.attrib.values()).lower()
        if element.tag == "script":
            assert "alert(1)" not in (element.text or "")
        assert not (element.tag == "img" and element.get("src") == "x")


def test_markup_in_jupyter(source, tmp_path):
    if json.loads(source.read_text(encoding="utf-8")).get("class") == WORDS:
        with pytest.raises(apkg.ApkgError) as caught:
            apkg.convert(source, out=tmp_path / "out")
        assert not UNSAFE.search(str(caught.value))
        return
    package = apkg.convert(source, out=tmp_path / "out")
    for shown in (package, package.application, apkg.validate(source)):
        text = shown._repr_html_()
        assert text
        _harmless(text)
        assert "<script>alert" not in text


def test_labels_of_a_build(tmp_path, bounded):
    title = f'{MARKUP}\nRUN touch /evil\n"; FROM scratch \\\n$(touch x) ${{PATH}} `id` {ESCAPE}'
    write(tmp_path, cell("# T", kind="markdown"), "level = 3")
    manifest = {"title": title, "abstract": title, "version": "1.0", "license": "MIT",
                "authors": [{"name": title}], "keywords": [title]}  # fmt: skip
    (tmp_path / "apkg.yaml").write_text(json.dumps(manifest), encoding="utf-8")
    done = bounded("build", tmp_path, "--dry-run", "-o", tmp_path / "out", "--format", "json")
    assert done.returncode == 0, done.stderr
    plan = json.loads(done.stdout)
    text = Path(plan["dockerfile"]).read_text(encoding="utf-8")
    items = read_instructions(text, name="Dockerfile").items
    assert [i.text for i in items if i.name == "FROM"] == plan["baseImages"]
    assert not any("touch" in item.text for item in items if item.name != "LABEL")
    assert not UNSAFE.search(text)
