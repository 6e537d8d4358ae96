"""The modules beside a notebook."""

import ast

import pytest

from apkg.errors import SourceError
from apkg.sources.notebook.modules import MAX_BYTES, local_modules


def found(folder, code):
    return [file.path for file in local_modules([(1, ast.parse(code))], folder)]


@pytest.fixture
def folder(tmp_path):
    files = {
        "helpers.py": "import indices\nimport numpy\n",
        "indices.py": "X = 'é'\n",
        "unused.py": "",
        "json.py": "",
        "eo/__init__.py": "from .bands import red\nfrom . import masks\n",
        "eo/bands.py": "from ..helpers import x\n",
        "eo/masks.py": "from eo.deep.tools import *\n",
        "eo/deep/__init__.py": "from ..other import y\n",
        "eo/deep/tools.py": "",
        "eo/other.py": "import eo",
        "plain/part.py": "",
        "src/tool.py": "",
    }
    for name, text in files.items():
        path = tmp_path / "work" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "work"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import numpy as np, os", []),
        ("import helpers", ["helpers.py", "indices.py"]),
        ("from helpers import x", ["helpers.py", "indices.py"]),
        ("def f():\n    import indices", ["indices.py"]),
        ("import json", []),
        ("from plain import part", ["plain/part.py"]),
        ("import plain.part as p", ["plain/part.py"]),
        ("import tool", []),
        ("import sys\nsys.path.append('src')\nimport tool", ["src/tool.py"]),
        ("import sys\nsys.path.insert(0, './src')\nimport tool", ["src/tool.py"]),
    ],
)
def test_imports_of_local_modules_are_followed(folder, code, expected):
    assert found(folder, code) == expected


def test_packages_and_their_relative_imports(folder):
    assert found(folder, "from eo import anything") == [
        "eo/__init__.py",
        "eo/bands.py",
        "eo/deep/__init__.py",
        "eo/deep/tools.py",
        "eo/masks.py",
        "eo/other.py",
    ]


def test_the_text_is_read(folder):
    (file,) = local_modules([(1, ast.parse("import indices"))], folder)
    assert file.text == "X = 'é'\n"


def test_nothing_outside_the_folder_is_read(folder):
    (folder.parent / "secret.py").write_text("KEY = 1")
    (folder / "link.py").symlink_to(folder.parent / "secret.py")
    code = "import link, secret\nimport sys\nsys.path.append('..')\nfrom .. import secret"
    assert found(folder, code) == []


def test_too_much_is_refused(folder):
    (folder / "big.py").write_text("#" * (MAX_BYTES + 1))
    with pytest.raises(SourceError, match="1 MiB") as caught:
        found(folder, "import big")
    assert caught.value.hint
    assert str(caught.value.location) == "big.py"


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b"# coding: no-such\n", b"def f(:\n", b"x = 1\0\n", b"(" * 5000]
)
def test_a_broken_module_is_named(folder, data):
    (folder / "broken.py").write_bytes(data)
    with pytest.raises(SourceError) as caught:
        found(folder, "import broken")
    assert caught.value.location.path == "broken.py"
