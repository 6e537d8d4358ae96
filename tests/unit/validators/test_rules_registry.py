"""The registry: every rule that the code can name is explained, and its examples are true."""

import ast
import json
from pathlib import Path
from typing import get_args

import pytest

import apkg
from apkg.pipeline.check import CheckOptions, check
from apkg.pipeline.validate import PROFILES as ASKED_FOR
from apkg.sources.read import read_application
from apkg.validators.rules import PROFILES, all_rules
from apkg.validators.schema_explain import What

PACKAGE = Path(apkg.__file__).parent
RULES = all_rules()
#: Said about sources other than documents, by readers that have tests of their own.
NO_DOCUMENT = ("tool", "docker", "cli", "commandline", "snap", "build")
READING = ("cwl/reading", "deployprocess/reading", "deployprocess/not-kept")
#: Ids that are put together: module, and what stands before the part that is written out.
PUT_TOGETHER = {
    "validators/cwl_context.py": "cwl/{}",
    "validators/consistency.py": "consistency/{}",
    "validators/best_practice.py": "best-practice/{}",
    "validators/platform.py": "platform:calrissian/{}",
    "validators/schema.py": "{}/{}",
    "sources/cwl/node.py": "{}/reading",
    "sources/cli/notes.py": "cli/{}",
}
SAYING = ("say", "_finding", "_described", "_find", "add")


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if not name.startswith(("validators/rules/", "cli/", "emitters/")):
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def constants(node):
    """The texts that an expression may be: itself, or the branches of a choice."""
    if isinstance(node, ast.IfExp):
        return constants(node.body) + constants(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def template(node):
    parts = (p.value if isinstance(p, ast.Constant) else "{}" for p in node.values)
    return "".join(parts)


def said(name, tree):
    """The ids that a module can give a finding, and the templates that it fills in."""
    ids, templates = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "rule":
            ids.update(constants(node.value))
            if isinstance(node.value, ast.JoinedStr):
                templates.add(template(node.value).replace("cli.", "cli/"))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            profile, slash, rest = node.value.rpartition("/")
            if slash and profile in PROFILES and rest.replace("-", "").isalnum():
                ids.add(node.value)
        elif isinstance(node, ast.Call) and name.startswith(("validators/", "sources/cli/")):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in SAYING:
                ids.update(_short(name, called, node))
    return ids, templates


def _short(name, called, node):
    if name.startswith("sources/cli/"):
        start = PUT_TOGETHER["sources/cli/notes.py"] if len(node.args) > 2 else None
    else:
        own = "cwl_context.py" if name.startswith("validators/cwl") else name.rpartition("/")[2]
        start = PUT_TOGETHER.get(f"validators/{own}")
    first = 0 if called in ("say", "add") else 1
    texts = constants(node.args[first]) if start and len(node.args) > first else []
    return {start.format(text) for text in texts}


def emitted():
    found = set()
    for name, tree in modules():
        ids, templates = said(name, tree)
        assert templates <= {PUT_TOGETHER.get(name)}, (name, templates)
        found |= ids
    for profile in ("cwl", "deploy", "manifest"):
        found |= {f"{profile}/{what}" for what in get_args(What)}
    return found | set(READING)


def test_every_rule_that_the_code_names_is_registered_and_the_other_way_round():
    found = emitted()
    assert sorted(found - set(RULES)) == []
    assert sorted(set(RULES) - found) == []


def test_every_rule_is_explained():
    for rule in RULES.values():
        assert rule.profile in PROFILES, rule.id
        assert rule.title.endswith((".", ".)")), rule.id
        assert rule.why.endswith((".", ".)")), rule.id
        assert rule.source, rule.id
        assert rule.wrong != rule.right, rule.id
    assert set(ASKED_FOR) < set(PROFILES)


def test_the_requirements_of_ogc_20_089_keep_their_ids():
    for rule in RULES.values():
        if rule.id.startswith(("best-practice/req-", "best-practice/rec-")):
            assert "http://www.opengis.net/spec/eoap-bp/1.0/r" in rule.source
    assert "/req/app-pck/wf-inputs" in RULES["best-practice/req-10"].source


def notebook(text):
    """A notebook of code cells that are written in the percent format."""
    cells = []
    for part in text.split("# %%")[1:]:
        head, _, source = part.partition("\n")
        tags = ["parameters"] if "parameters" in head else []
        cells.append(
            {"cell_type": "code", "metadata": {"tags": tags}, "source": source.rstrip("\n")}
            | {"outputs": [], "execution_count": None}
        )
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells})


def findings(folder, rule, example):
    for name, text in example.beside:
        (folder / name).write_text(text)
    path = folder / example.name
    if example.name == "-":
        (report,) = check(["-"], CheckOptions(), read_stdin=example.text.encode)
        return report.findings
    if example.text is not None:
        path.write_text(notebook(example.text) if path.suffix == ".ipynb" else example.text)
    if rule.id in READING:
        return read_application(path).findings
    options = CheckOptions(
        profiles=(rule.profile,) if rule.profile in ASKED_FOR else (),
        engine="cwltool" if rule.profile == "engine" else "apkg",
    )
    (report,) = check([str(path)], options, read_stdin=bytes)
    return report.findings


def each_rule():
    for rule in RULES.values():
        if rule.profile not in NO_DOCUMENT:
            marks = [pytest.mark.slow] if rule.profile == "engine" else []
            yield pytest.param(rule, id=rule.id, marks=marks)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("rule", list(each_rule()))
def test_the_wrong_example_breaks_the_rule(folder, rule):
    found = findings(folder, rule, rule.wrong)
    mine = [f for f in found if f.rule == rule.id]
    assert mine, [(f.rule, f.message) for f in found]
    assert rule.severity in {f.severity for f in mine}


@pytest.mark.parametrize("rule", list(each_rule()))
def test_the_right_example_follows_all_rules(folder, rule):
    if rule.right is None:
        pytest.skip("nothing avoids this note")
    found = findings(folder, rule, rule.right)
    assert [(f.rule, f.message) for f in found if f.rule == rule.id] == []
    assert [(f.rule, f.message) for f in found if f.severity == "error"] == []
