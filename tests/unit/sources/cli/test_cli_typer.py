"""Typer programs; where Typer is installed, it has to report the same."""

import runpy

import pytest

from apkg.model import Default, Range, Scalar

STACK = '''
from enum import Enum
from pathlib import Path
from typing import Annotated, List, Optional

import rasterio
import typer

app = typer.Typer(help="EO tools")
catalogue = typer.Typer()
app.add_typer(catalogue, name="catalogue", help="Catalogues")


class Method(str, Enum):
    mean = "mean"
    median = "median"


Bbox = Annotated[tuple[float, float, float, float], typer.Option(help="W S E N")]


@app.callback()
def main(verbose: bool = False):
    """Top."""


@app.command()
def stack(
    ctx: typer.Context,
    scenes: Annotated[List[Path], typer.Argument(exists=True, dir_okay=False)],
    bbox: Bbox,
    out: Path = typer.Option(..., "--out", "-o", help="Output"),
    method: Method = Method.mean,
    threads: Annotated[int, typer.Option(min=1, max=8)] = 2,
    tags: Optional[List[str]] = None,
    quick: bool = typer.Option(False, "--quick", "-q"),
    log: "Optional[str]" = typer.Argument(None),
):
    """Stack scenes."""
    rasterio.open(out, "w")


@catalogue.command("list")
def list_items(folder: Path = typer.Argument(Path("items"), file_okay=False)):
    """List them."""


if __name__ == "__main__":
    app()
'''


def test_an_application(command):
    found = command(STACK)
    assert (found.source, found.doc) == ("Typer", "EO tools")
    assert [argument.off_flag for argument in found.arguments] == ["--no-verbose"]
    assert [inner.words for inner in found.commands] == [
        ("tool.py", "stack"), ("tool.py", "catalogue"),
    ]  # fmt: skip
    assert found.commands[1].commands[0].words == ("tool.py", "catalogue", "list")
    assert found.commands[1].doc == "Catalogues"


def test_the_parameters_of_a_command(command):
    arguments = {a.name: a for a in command(STACK).commands[0].arguments}
    assert list(arguments) == [
        "scenes", "bbox", "out", "method", "threads", "tags", "quick", "log",
    ]  # fmt: skip
    scenes, bbox, out = (arguments[name] for name in ("scenes", "bbox", "out"))
    assert (scenes.positional, scenes.maximum, scenes.type) == (True, None, Scalar("File"))
    assert (scenes.required, scenes.must_exist) == (True, True)
    assert (bbox.flags, bbox.minimum, bbox.type) == (("--bbox",), 4, Scalar("double"))
    assert (out.flags, out.required, out.writes) == (("--out", "-o"), True, True)
    assert arguments["method"].choices == ("mean", "median")
    assert arguments["method"].default == Default("mean")
    assert arguments["threads"].range == Range(minimum=1, maximum=8)
    assert (arguments["tags"].action, arguments["tags"].required) == ("append", False)
    assert (arguments["quick"].action, arguments["quick"].off_flag) == ("flag", None)
    assert (arguments["log"].positional, arguments["log"].minimum) == (True, 0)


def test_a_single_command_and_typer_run(command):
    code = "import typer\n{}def crop(scene: str, scale: float = 0.5):\n    '''Crop.'''\n{}\n"
    for before, after in (
        ("app = typer.Typer()\n@app.command()\n", "app()"),
        ("", "typer.run(crop)"),
    ):
        found = command(code.format(before, after))
        assert (found.words, found.doc) == (("tool.py",), "Crop.")
        assert [(a.name, a.positional, a.required) for a in found.arguments] == [
            ("scene", True, True), ("scale", False, False),
        ]  # fmt: skip


def test_agrees_with_typer(tmp_path, command):
    typer = pytest.importorskip("typer")
    path = tmp_path / "real.py"
    path.write_text(STACK.replace("import rasterio\n", ""), encoding="utf-8")
    real = typer.main.get_command(runpy.run_path(str(path))["app"]).commands["stack"]
    ours = {a.name: a for a in command(STACK).commands[0].arguments}
    for parameter in real.params:
        if parameter.name not in ours:
            assert parameter.name == "help"
            continue
        argument = ours.pop(parameter.name)
        assert argument.required == parameter.required
        assert argument.positional == (parameter.param_type_name == "argument")
        assert list(argument.flags) == (list(parameter.opts) if argument.flags else [])
        counts = {-1: None}.get(parameter.nargs, parameter.nargs)
        assert argument.maximum == counts
    assert not ours
