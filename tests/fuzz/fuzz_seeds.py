"""Where mutations start: our samples, golden files, and the examples of our rules."""

import gzip
import io
import json
import tarfile
from functools import cache
from pathlib import Path

from apkg.model import ArrayType, EnumType, Input, Scalar
from apkg.validators.rules import all_rules

ROOT = Path(__file__).parents[2]
SAMPLES, GOLDEN = ROOT / "samples", ROOT / "tests" / "golden"
TOOL = "import argparse\np = argparse.ArgumentParser()\np.add_argument('scene')\np.parse_args()\n"
_LARGEST = 20_000


def _files(*places):
    found = [path for folder, pattern in places for path in sorted(folder.rglob(pattern))]
    return [path.read_bytes() for path in found if path.stat().st_size <= _LARGEST]


@cache
def _examples():
    both = [e for rule in all_rules().values() for e in (rule.wrong, rule.right)]
    return [(e.name, e.text.encode()) for e in both if e is not None and e.text is not None]


def _rules(*endings):
    return [text for name, text in _examples() if name.endswith(endings)]


def small_notebook(source="level = 3  # the level\nscene: str = 'a.tif'"):
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "# Demo\n\nWhat it does."},
        {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": source,
         "outputs": [], "execution_count": None},
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": 1,
         "source": "import rasterio\nwith rasterio.open(scene) as s:\n    pass\n"
         "open('out.csv', 'w').write(str(level))"},
    ]  # fmt: skip
    spec = {"name": "python3", "language": "python", "display_name": "Python 3"}
    top = {"metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps({"cells": cells, **top}).encode()


def notebooks():
    odd = [
        "from typing import Literal\nmode: Literal['a', 'b'] = 'a'\nbbox = [1.0, 2.0, 3.0, 4.0]",
        "threshold = 0.5 #@param {type:'slider', min:0, max:1}\nurl = 'https://example.org/a?b=c'",
        "r = dict([('id', 'r'), ('label', 'R'), ('value', 'v'), ('type', 'string')])\n%time x = 1",
        "password = 'Correct-Horse-7'\nnames: list[str] = ['a', \"b\"]  # type: string[]",
    ]
    return [*map(small_notebook, odd), small_notebook(), *_files((SAMPLES, "*.ipynb"))]


def cwl():
    return [*_rules(".cwl"), *_files((GOLDEN, "*.cwl"))]


def deploy():
    return [*_rules(".json"), *_files((GOLDEN, "*.deploy.json"))]


def contexts():
    atom = (
        b'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:owc="http://www.opengis.net/owc/1.0">'
        b"<id>x</id><title>t</title><entry><id>e</id><title>p</title>"
        b'<owc:offering code="http://www.opengis.net/spec/owc-atom/1.0/req/docker">'
        b'<owc:content type="text/plain">img:1</owc:content></owc:offering></entry></feed>'
    )
    return [*_rules(".xml", ".atom"), *_files((GOLDEN, "*.xml"), (GOLDEN, "*.atom")), atom]


def manifests():
    return [*_rules("apkg.yaml"), b"id: demo\ninputs: {level: {type: int, range: [0, 5]}}\n"]


def dockerfiles():
    own = b'FROM python:3.12\nCOPY tool.py /app/\nENTRYPOINT ["python", "/app/tool.py"]\n'
    return [own, *_files((SAMPLES, "Dockerfile")), *_files((GOLDEN / "dockerfiles", "*"))]


def help_texts():
    texts = ROOT / "tests" / "unit" / "sources" / "helptext" / "texts"
    own = b"usage: crop [-h] [--level N] [-o FILE] scene\n\noptions:\n  --level N  (default: 3)\n"
    return [own, *_files((texts, "*.txt"))]


def graphs():
    return _files((SAMPLES / "snap-graph", "graph.xml"))


def job_orders():
    return [
        b"level: 3\nscene: {class: File, path: a.tif}\nnames: [a, b]\nmode: fast\n",
        b"folder: {class: Directory, location: 'file:///tmp'}\nlevel: 1.5\nscenes: []\n",
        b'{"names": ["$(inputs.x)", "\\u0000"], "flag": true, "mode": null}',
    ]


def inputs():
    kinds = {
        "level": Scalar("int"), "scene": Scalar("File"), "folder": Scalar("Directory"),
        "names": ArrayType(Scalar("string")), "mode": EnumType(("fast", "slow")),
        "flag": Scalar("boolean"), "scenes": ArrayType(Scalar("File")), "any": Scalar("Any"),
    }  # fmt: skip
    return [Input(id=name, type=kind, optional=True) for name, kind in kinds.items()]


def _config():
    config = {
        "Entrypoint": ["crop"], "Cmd": ["--help"], "Env": ["PATH=/bin", "A=b"],
        "Labels": {"org.opencontainers.image.title": "Crop"}, "WorkingDir": "/data", "User": "me",
    }  # fmt: skip
    return {"architecture": "amd64", "os": "linux", "config": config, "rootfs": {"type": "layers"}}


def image_configs():
    inspected = [
        {"Id": "sha256:" + "0" * 64, "RepoTags": ["crop:1"], "Config": _config()["config"]}
    ]
    return [json.dumps(value).encode() for value in (inspected, inspected[0], _config())]


def archive(files, kind=tarfile.REGTYPE, link=""):
    """A tar archive of ``files`` by name."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.type, member.linkname, member.size = kind, link, len(data) if not link else 0
            tar.addfile(member, io.BytesIO(data))
    return made.getvalue()


def saved_image(config=None):
    """The members of a ``docker save`` archive."""
    name = "a" * 64 + ".json"
    manifest = [{"Config": name, "RepoTags": ["crop:1"], "Layers": []}]
    return {
        "manifest.json": json.dumps(manifest).encode(),
        name: json.dumps(config or _config()).encode(),
    }


def image_archives():
    plain = archive(saved_image())
    return [plain, gzip.compress(plain, mtime=0)]
