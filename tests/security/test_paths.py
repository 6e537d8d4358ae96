"""Names that lead elsewhere: ids, file names, steps of chains, links of documents."""

import json

import pytest
import yaml
from notebooks import cell, write

from apkg.names import is_process_id, process_id

#: What an id may never do to a path.
EVIL = [
    "../../evil", "/tmp/evil", "..", ".", "a/../../evil", "..\\evil", "C:\\evil", "~root",
    "evil\n../x", "evil\x00", "con", "NUL", "evil\u202etxt", "-rf", "--help", "$(touch x)",
    "a" * 300,
    "é/ü", "", "%2e%2e%2fevil", "file:///etc/passwd", ".ssh", "evil.", "evil ",
]  # fmt: skip


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "one" / "two" / "in"
    folder.mkdir(parents=True)
    return folder


def only_packages(folder, out, tree, before):
    """Nothing is new below ``folder`` but package files of harmless names in ``out``."""
    new = set(tree(folder)) - set(before)
    inside = f"{out.relative_to(folder)}"
    for name in new - {inside}:
        assert name.startswith(f"{inside}/"), name
        stem = name.removeprefix(f"{inside}/")
        assert "/" not in stem
        assert is_process_id(stem.removesuffix(".cwl").removesuffix(".deploy.json")
                             .removesuffix(".inputs.yml"))  # fmt: skip
    return new


@pytest.mark.parametrize("name", EVIL)
def test_any_name_makes_a_harmless_id(name):
    made = process_id(name)
    assert is_process_id(made)
    assert "/" not in made
    assert not made.startswith((".", "-"))


@pytest.mark.parametrize("voice", ["manifest", "notebook", "option", "cwl", "deploy", "title"])
def test_ids_of_every_voice(tmp_path, place, bounded, tree, voice):
    out = place / "out"
    for number, name in enumerate(EVIL):
        source, more = place / f"s{number}.ipynb", []
        metadata = {"apkg": {"id": name}} if voice == "notebook" else {}
        title = cell(f"# {name}", kind="markdown")
        if voice == "manifest":
            (place / "apkg.yaml").write_text(yaml.safe_dump({"id": name}), encoding="utf-8")
        if voice == "option":
            if "\x00" in name:
                continue
            more = ["--set", f"id={name}"]
        if voice == "cwl":
            source = place / f"s{number}.cwl"
            made = {"cwlVersion": "v1.2", "class": "CommandLineTool", "id": name,
                    "baseCommand": ["true"], "inputs": {}, "outputs": {}}  # fmt: skip
            source.write_text(json.dumps(made), encoding="utf-8")
        elif voice == "deploy":
            source = place / f"s{number}.deploy.json"
            made = {"processDescription": {"process": {"id": name, "inputs": [], "outputs": []}},
                    "executionUnit": [{"unit": {"value": "img:1"}}]}  # fmt: skip
            source.write_text(json.dumps(made), encoding="utf-8")
        else:
            write(place, title, "level = 3", name=source.name, metadata=metadata)
        if number % (3 if voice == "option" else 6) == 0:
            before = tree(tmp_path)
            done = bounded("convert", source, "-o", out, "--force", *more)
            only_packages(tmp_path, out, tree, before)
            assert "\x1b" not in done.stdout + done.stderr


FILES = ["..ipynb", "-o.ipynb", "a\nb.ipynb", "$(touch x).ipynb", "con.ipynb", "\x1b[2J.ipynb",
         "'; ls #.ipynb", "ü\u202e.ipynb"]  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_file_names(tmp_path, place, bounded, tree, name):
    write(place, "level = 3", name=name)
    before = tree(tmp_path)
    done = bounded("convert", place, "-o", place / "out", codes=(0,))
    assert len(only_packages(tmp_path, place / "out", tree, before)) == 4
    assert "\x1b" not in done.stdout + done.stderr
    bounded("build", place, "--dry-run", "-o", place / "built", codes=(0,))
    assert not (place / "x").exists()


TOOL = (
    "cwlVersion: v1.2\nclass: CommandLineTool\nid: {id}\nbaseCommand: ['true']\n"
    "inputs: {{i: File}}\noutputs: {{o: {{type: File, outputBinding: {{glob: {glob}}}}}}}\n"
)


def test_names_in_chains(tmp_path, place, bounded, tree):
    for name in ("one", "two"):
        (place / f"{name}.cwl").write_text(TOOL.format(id="../../" + name, glob="'../../x'"))
    before = tree(tmp_path)
    for more in (
        ["--id", "../../evil"], ["--output", "../../evil=a/o"], ["--link", "../../x=b/i"],
        ["--split"], ["--split", "--output", "x/../../y=b/o"],
    ):  # fmt: skip
        bounded("chain", f"a={place}/one.cwl", f"b={place}/two.cwl", "-o", place / "whole.cwl",
                "--force", *more)  # fmt: skip
        new = set(tree(tmp_path)) - set(before)
        assert all(n.startswith("one/two/in/") and n.count("/") == 3 for n in new), new


def test_links_of_documents_do_not_lead_out_of_their_folder(tmp_path, place, bounded):
    secret = tmp_path / "secret.cwl"
    secret.write_text(TOOL.format(id="s3cret", glob="s3cret"))
    flow = (
        "cwlVersion: v1.2\nclass: Workflow\nid: flow\ninputs: {f: File}\n"
        "outputs: {o: {type: File, outputSource: s/o}}\n"
        "steps: {s: {run: RUN, in: {i: f}, out: [o]}}\n"
    )
    for run in (
        "../../../secret.cwl",
        str(secret),
        secret.as_uri(),
        "{$import: ../../../secret.cwl}",
    ):
        (place / "flow.cwl").write_text(flow.replace("RUN", run))
        for words in (["inspect"], ["graph"], ["validate"], ["convert", "-o", place / "out"]):
            done = bounded(words[0], place / "flow.cwl", *words[1:], cwd=place)
            assert "s3cret" not in done.stdout + done.stderr, (run, words)


def test_results_of_a_run_stay_in_their_folder(tmp_path, place, bounded, tree):
    """A tool that names its results after other places, and leaves links to them."""
    (place / "victim").write_text("safe")
    (place / "evil.cwl").write_text(
        "cwlVersion: v1.2\nclass: CommandLineTool\nid: evil\n"
        "baseCommand: [sh, -c, 'ln -s /etc/passwd link; echo x > \"-rf\"; mkdir d; echo y > d/f']\n"
        "inputs: []\noutputs:\n  o: {type: 'File[]', outputBinding: {glob: ['link', '*rf']}}\n"
        "  d: {type: Directory, outputBinding: {glob: d}}\n"
    )
    before = tree(tmp_path)
    bounded("run", place / "evil.cwl", "--no-container", "-o", place / "out", codes=(0, 3))
    after = tree(tmp_path)
    assert {name: after[name] for name in before} == before
    for name, content in after.items():
        assert name in before or name.startswith("one/two/in/out"), name
        assert not str(content).startswith("-> ")
