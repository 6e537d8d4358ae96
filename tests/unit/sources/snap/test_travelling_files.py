"""Files that travel with a tool arrive as they were, whatever CWL makes of dollar signs."""

import subprocess
import sys

import pytest

from apkg.emitters.cwl import CwlEmitter
from apkg.emitters.interface import EmitOptions
from apkg.model import Application, CommandProgram, Output, Scalar, TextFile

#: ``python -m cwltool`` would end with status 0 whatever happens.
CWLTOOL = "import sys; from cwltool.main import run; sys.exit(run())"

TEXT = "<file>${input}</file>\n<x>$(inputs.a) $b \\n \\\\ \\$(c) C:\\dir $ {d}</x>\n"


@pytest.mark.slow
@pytest.mark.parametrize("version", ["v1.0", "v1.2"])
@pytest.mark.parametrize("text", [TEXT, "no reference: \\ \\\\ $x\n"])
def test_a_file_arrives_as_it_was(version, text, tmp_path):
    application = Application(
        id="copy",
        title="Copy",
        outputs=(Output(id="printed", type=Scalar("File"), glob="out.txt", role="stdout"),),
        program=CommandProgram(
            base_command=("cat", "graph.xml"),
            stdout="out.txt",
            files=(TextFile("graph.xml", text),),
        ),
    )
    options = EmitOptions(style="tool", cwl_version=version)
    cwl = tmp_path / "copy.cwl"
    cwl.write_text(CwlEmitter().emit(application, options), encoding="utf-8")
    out = tmp_path / "out"
    subprocess.run(
        [sys.executable, "-c", CWLTOOL, "--quiet", "--outdir", out, cwl],
        check=True,
        capture_output=True,
    )
    assert (out / "out.txt").read_text(encoding="utf-8") == text
