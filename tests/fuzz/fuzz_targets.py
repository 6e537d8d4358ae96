"""The readers under attack: bytes in; a document, a report, or one ApkgError out."""

import contextlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

import fuzz_seeds as seeds
from fuzz_guard import watched

from apkg.errors import ApkgError
from apkg.names import printable
from apkg.pipeline.convert import convert
from apkg.pipeline.graph import lines, read_graph
from apkg.pipeline.options import ConvertOptions
from apkg.pipeline.validate import validate_paths
from apkg.runners.job_order import job_order
from apkg.sources.read import read_application


@dataclass(frozen=True)
class Target:
    """One reader: ``run`` is given a folder and the path of the input in it."""

    name: str
    file: str
    run: object
    seeds: object


def _convert(path, out, **options):
    for done in convert(path, ConvertOptions(out=out, **options)):
        if done.error is not None:
            assert done.error.message
        # What apkg writes, it reads; whether it is valid is the property tests' question.
        validate_paths([p for p in done.files if not p.name.endswith(".inputs.yml")])


def _source(folder, path):
    _convert(path, folder / "out")
    validate_paths([path])


def _document(folder, path):
    _source(folder, path)
    with contextlib.suppress(ApkgError):
        read_application(path)
    with contextlib.suppress(ApkgError):
        for line in lines(read_graph(str(path)), ascii_only=False):
            assert line == printable(line)


def _beside(name, text):
    """Convert the folder that also holds a good file."""

    def run(folder, path):
        (folder / name).write_text(text, encoding="utf-8")
        _convert(folder, folder / "out")

    return run


def _manifest(folder, path):
    (folder / "demo.ipynb").write_bytes(seeds.small_notebook())
    _convert(folder / "demo.ipynb", folder / "out")
    validate_paths([path])


def _help(folder, path):
    _convert(None, folder / "out", help_text=path, image="tool:1")


def _image(folder, path):
    _convert(None, folder / "out", image_config=path)


def _order(folder, path):
    job_order(seeds.inputs(), file=path, base=folder)


TARGETS = {
    target.name: target
    for target in (
        Target("notebook", "demo.ipynb", _source, seeds.notebooks),
        Target("cwl", "demo.cwl", _document, seeds.cwl),
        Target("dockerfile", "Dockerfile", _beside("tool.py", seeds.TOOL), seeds.dockerfiles),
        Target("help", "help.txt", _help, seeds.help_texts),
        Target("manifest", "apkg.yaml", _manifest, seeds.manifests),
        Target("deploy", "demo.deploy.json", _document, seeds.deploy),
        Target("xml", "demo.xml", _document, seeds.contexts),
        Target("image-config", "image.json", _image, seeds.image_configs),
        Target("image-archive", "image.tar", _image, seeds.image_archives),
        Target("job-order", "job.yml", _order, seeds.job_orders),
        Target("snap", "graph.xml", _beside("README", ""), seeds.graphs),
    )
}


def attack(target, data):
    """One execution: raises whatever is not an ApkgError."""
    with tempfile.TemporaryDirectory(prefix="apkg-fuzz-") as scratch:
        folder = Path(scratch)
        path = folder / target.file
        path.write_bytes(data)
        with watched(folder), contextlib.suppress(ApkgError):
            target.run(folder, path)
