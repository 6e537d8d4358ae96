"""Other tools that turn a notebook into CWL, each in a virtual environment of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measure import CommandError
from notebook import Form

# The conversion alone: its command line also clones a repository and builds an image.
_IPYTHON2CWL = """\
import sys, nbformat, yaml
from ipython2cwl.cwltoolextractor import AnnotatedIPython2CWLToolConverter as Converter
node = nbformat.read(sys.argv[1], as_version=4)
tool = Converter.from_jupyter_notebook_node(node).cwl_command_line_tool()
with open(sys.argv[2] + "/tool.cwl", "w") as stream:
    yaml.safe_dump(tool, stream)
"""
# Likewise: its command line wants a git repository and a container engine.
_APP_PACK_GENERATOR = """\
import sys
from app_pack_generator import ApplicationNotebook, ProcessCWL
ProcessCWL(ApplicationNotebook(sys.argv[1])).generate_all(sys.argv[2])
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One tool: what to install, the notebook that it reads, and how it is called."""

    name: str
    form: Form
    packages: tuple[str, ...]
    code: str = ""
    script: str = ""

    def command(self, environment: Path, notebook: Path, out: Path) -> list[str]:
        """How the tool, installed in ``environment``, converts ``notebook`` into ``out``."""
        if self.script:
            return [str(environment / "bin" / self.script), str(notebook), str(out / "tool.cwl")]
        return [str(environment / "bin" / "python"), "-c", self.code, str(notebook), str(out)]


# The packages after the first are what each needs but does not ask for.
PEERS = (
    Peer(
        name="ipython2cwl",
        form="ipython2cwl",
        packages=("ipython2cwl", "ipython_genutils", "jinja2<3.1", "setuptools", "ipykernel"),
        code=_IPYTHON2CWL,
    ),
    Peer(
        name="app-pack-generator",
        form="papermill",
        packages=("app-pack-generator",),
        code=_APP_PACK_GENERATOR,
    ),
    Peer(
        name="nb2workflow",
        form="papermill",
        packages=("nb2workflow", "cwlgen", "six"),
        script="nb2cwl",
    ),
)


def install(packages: Sequence[str], environment: Path) -> str:
    """Install ``packages`` from the package index; the version of the first.

    Raises:
        CommandError: they cannot be installed here.
    """
    python = environment / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    pip = [python, "-m", "pip", "--disable-pip-version-check"]
    done = subprocess.run(
        [*pip, "install", "--quiet", *packages], capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["(nothing was written)"]
        raise CommandError(f"pip install {packages[0]}: {lines[-1]}")
    ask = "import importlib.metadata as m, sys; print(m.version(sys.argv[1]))"
    asked = [python, "-c", ask, packages[0]]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
