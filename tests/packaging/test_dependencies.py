"""What apkg imports is what it asks for, no more and no less."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from checkout import ROOT

#: Their files are text to apkg: they run in images and environments of others.
ELSEWHERE = {"launcher_parts", "layer_files", "travelling"}
#: Started as programs or named in generated files, not imported.
NOT_IMPORTED = {"ipykernel", "papermill", "pystac"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for():
    lists = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    return {canonical(re.match(r"[\w.-]+", line)[0]) for lines in lists for line in lines}


def imported():
    found = set()
    for path in (ROOT / "apkg").rglob("*.py"):
        if ELSEWHERE.isdisjoint(path.parts):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found.update(alias.name.split(".")[0] for alias in node.names)
                elif isinstance(node, ast.ImportFrom):
                    found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"apkg"}


def test_imports_and_dependencies_are_the_same():
    names = packages_distributions()
    distributions = {canonical(names[module][0]) for module in imported()}
    assert distributions == asked_for() - NOT_IMPORTED


def test_every_dependency_has_a_lowest_version():
    lists = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    assert [line for lines in lists for line in lines if ">=" not in line] == []
