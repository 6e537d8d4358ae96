"""The command line that an engine builds is the one that a person would type."""

import json
import subprocess
import sys

import pytest

from apkg.emitters.cwl import CwlEmitter
from apkg.emitters.interface import EmitOptions
from apkg.model import CommandProgram, Default, Scalar
from apkg.sources.assemble import assemble
from apkg.sources.claims import Claim, Layer, merge
from apkg.sources.commandline.claims import command_layer
from apkg.sources.commandline.model import Argument, Command
from apkg.sources.commandline.tree import leaves

#: ``python -m cwltool`` would end with status 0 whatever happens.
CWLTOOL = "import sys; from cwltool.main import run; sys.exit(run())"

ECHO = (sys.executable, "-c", "import json, sys; print(json.dumps(sys.argv[1:]))")
INT, DOUBLE = Scalar("int"), Scalar("double")
CROP = Command(
    words=("tool", "crop"),
    source="argparse",
    arguments=(
        Argument(name="name"),
        Argument(name="others", minimum=0, maximum=None),
        Argument(name="bands", flags=("-b", "--bands"), maximum=None, type=INT),
        Argument(name="box", flags=("--box",), minimum=4, maximum=4, type=DOUBLE),
        Argument(name="band", flags=("--band",), action="append"),
        Argument(name="pair", flags=("--pair",), action="append", minimum=2, maximum=2),
        Argument(name="levels", flags=("--levels",), separator=",", equals=True, type=INT),
        Argument(name="L", flags=("-L",), glued=True, type=INT),
        Argument(name="mode", flags=("--mode",), choices=("a", "b"), default=Default("b")),
        Argument(name="dry", flags=("--dry",), action="flag"),
        Argument(name="wet", flags=("--wet",), off_flag="--no-wet", action="flag",
                 default=Default(value=True)),
    ),
)  # fmt: skip
TOOL = Command(
    words=("tool",),
    source="argparse",
    arguments=(Argument(name="v", flags=("-v", "--verbose"), action="flag"),),
    commands=(CROP,),
)


@pytest.fixture
def typed(tmp_path):
    def run(job, style="tool"):
        (leaf,) = leaves(TOOL)
        layer = command_layer(leaf)
        named = Layer(application={"id": Claim(value="crop", source="test")})
        printed = {
            "printed": {
                "type": Claim(value=Scalar("File"), source="test"),
                "role": Claim(value="stdout", source="test"),
                "glob": Claim(value="line.json", source="test"),
            }
        }
        merged = merge([Layer(inputs=layer.layer.inputs, outputs=printed), named])
        program = CommandProgram(
            base_command=(*ECHO, *layer.words), arguments=layer.arguments, stdout="line.json"
        )
        cwl, order = tmp_path / "crop.cwl", tmp_path / "job.json"
        text = CwlEmitter().emit(assemble(merged, program=program), EmitOptions(style=style))
        cwl.write_text(text, encoding="utf-8")
        order.write_text(json.dumps(job), encoding="utf-8")
        out = tmp_path / "out"
        process = f"{cwl}#crop" if style == "workflow" else str(cwl)
        command = [sys.executable, "-c", CWLTOOL, "--quiet", "--outdir", out, process, order]
        subprocess.run(command, check=True, capture_output=True)
        return json.loads((out / "line.json").read_text(encoding="utf-8"))

    return run


@pytest.mark.slow
@pytest.mark.parametrize("style", ["tool", "workflow"])
def test_everything_at_once(typed, style):
    line = typed(
        {
            "name": "n", "others": ["x", "y"], "bands": [1, 2], "box": [0, 1.5, 2, 3],
            "band": ["red", "nir"], "pair": [["a", "b"], ["c", "d"]], "levels": [3, 4], "L": 9,
            "dry": True, "no_wet": True, "verbose": True,
        },
        style,
    )  # fmt: skip
    assert line[:4] == ["tool", "--verbose", "crop", *line[3:4]]
    options, places = line[3 : line.index("n")], line[line.index("n") :]
    assert places == ["n", "x", "y", "--bands", "1", "2"]
    text = " ".join(options)
    for part in (
        "--band red --band nir",
        "--pair a b --pair c d",
        "--levels=3,4",
        "-L9",
        "--mode b",
        "--dry",
        "--no-wet",
    ):
        assert f" {part} " in f" {text} "
    assert options[options.index("--box") + 1 :][:2] in (["0", "1.5"], ["0.0", "1.5"])


@pytest.mark.slow
def test_as_little_as_possible(typed):
    assert typed({"name": "n"}) == ["tool", "crop", "--mode", "b", "n"]
