"""What ``--stac`` makes of a notebook: one folder of results with a catalogue, and our helper.

OGC 20-089 asks for one output of type Directory (requirement 14) that holds a STAC catalogue of
the results (requirements 5 and 6); the launcher writes it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from apkg.model import Application, NotebookProgram, Origin, Output, Scalar, TextFile
from apkg.names import unique

#: The module by which a notebook opens the catalogues among its inputs.
HELPER = "apkg_stac"
_DOC = "A STAC catalogue, catalog.json, and the results that it describes"


def catalogued(application: Application, program: NotebookProgram) -> Application:
    """The application whose results are one folder with a catalogue.

    What the author declared of the results stays known to the launcher, which names the assets
    after it and fails where one that is required is missing. The executed notebook is an asset.
    """
    results = tuple(output for output in application.outputs if output.role == "result")
    whole = next((output for output in results if _is_whole(output)), None)
    if whole is None:
        taken = [declared.id for declared in application.inputs]
        whole = Output(
            id=unique("results", taken), type=Scalar("Directory"), label="Results", doc=_DOC
        )
    elif _is_assumed(application.origin(f"outputs.{whole.id}.doc")):
        whole = replace(whole, doc=_DOC)
    single = tuple(output for output in results if not _is_whole(output))
    return replace(
        application,
        outputs=(whole,),
        program=replace(program, results=single),
        origins=(*_kept(application.origins, whole), *_made(application, whole)),
    )


def with_helper(modules: Sequence[TextFile], trees: Iterable[ast.Module]) -> tuple[TextFile, ...]:
    """The modules that travel with a notebook, and our helper where they or its code import it."""
    path = f"{HELPER}.py"
    # The author may keep a copy of it beside the notebook.
    if any(module.path == path for module in modules) or not (
        any(map(_imports_helper, trees))
        or any(_imports_helper(ast.parse(m.text)) for m in modules if HELPER in m.text)
    ):
        return tuple(modules)
    # It is a module of its own, because the image that the notebook runs in has no apkg.
    text = _helper().read_text(encoding="utf-8")
    return tuple(sorted([*modules, TextFile(path, text)], key=lambda module: module.path))


def _helper() -> Path:
    """The helper's own file: in a checkout, or as the wheel installs it."""
    package = Path(__file__).parents[2]
    checkout = package / "travelling" / f"{HELPER}.py"
    return checkout if checkout.is_file() else package.parent / f"{HELPER}.py"


def _imports_helper(tree: ast.Module) -> bool:
    return any(
        (isinstance(node, ast.Import) and any(alias.name == HELPER for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == HELPER and not node.level)
        for node in ast.walk(tree)
    )


def _is_assumed(origin: Origin | None) -> bool:
    return origin is None or origin.source == "assumed"


def _kept(origins: Sequence[Origin], whole: Output) -> list[Origin]:
    own = f"outputs.{whole.id}."
    return [o for o in origins if not o.field.startswith("outputs.") or o.field.startswith(own)]


def _made(application: Application, whole: Output) -> list[Origin]:
    """Where an output came from that nobody has declared: from whoever asked for a catalogue."""
    asked = application.origin("stac")
    if asked is None or any(output.id == whole.id for output in application.outputs):
        return []
    return [replace(asked, field=f"outputs.{whole.id}.{name}") for name in ("type", "glob")]


def _is_whole(output: Output) -> bool:
    """Whether an output is everything that the notebook writes."""
    is_folder = output.type == Scalar("Directory")
    return is_folder and output.glob == "." and output.named_by is None
