"""What a cold ``apkg convert`` of a small notebook costs, beside bare Python and other tools.

    python tests/benchmarks/convert.py            # apkg and bare Python
    python tests/benchmarks/convert.py --peers    # other tools, too (installs them; minutes)

CPU time, not wall time: it hardly depends on what else the machine does. This measures and
asserts nothing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from measure import CommandError, Cost, measure, run, table
from notebook import Form, write_notebook
from peers import PEERS, Peer, install

CONVERT_CPU, CONVERT_MEMORY, VERSION_RATIO = 0.2, 45, 2.5
BARE, VERSION = "python -c pass", "apkg --version"
CONVERT: dict[str, Form] = {
    "apkg convert (papermill notebook)": "papermill",
    "apkg convert (ipython2cwl notebook)": "ipython2cwl",
}


def main() -> None:
    """Measure, and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15, help="runs of each command (default: 15)")
    parser.add_argument("--peers", action="store_true", help="install and measure other tools, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        commands, missing = own(Path(folder)), []
        for command in commands.values():
            run(command)  # Not counted: the first run writes the bytecode.
        for peer in PEERS if options.peers else ():
            try:
                name, command = other(peer, Path(folder))
            except CommandError as error:
                missing.append(f"{peer.name}: not measured: {error}")
            else:
                commands[name] = command
        costs = measure(commands, options.runs)
    print(table(costs, BARE))
    print(*verdicts(costs), *missing, sep="\n")


def own(folder: Path) -> dict[str, list[str | Path]]:
    """Bare Python, ``apkg --version`` and ``apkg convert``."""
    apkg = Path(sys.executable).with_name("apkg")
    commands = {BARE: [sys.executable, "-c", "pass"], VERSION: [apkg, "--version"]}
    for name, form in CONVERT.items():
        notebook = write_notebook(folder / f"{form}.ipynb", form)
        commands[name] = [apkg, "convert", notebook, "-o", folder / form, "--force"]
    return commands


def other(peer: Peer, folder: Path) -> tuple[str, list[str]]:
    """Another tool, installed and tried once, on the form of the notebook that it reads."""
    out = folder / peer.name
    version = install(peer.packages, out / "environment")
    notebook = write_notebook(out / "rows.ipynb", peer.form)
    command = peer.command(out / "environment", notebook, out)
    run(command)
    return f"{peer.name} {version} ({peer.form} notebook)", command


def verdicts(costs: dict[str, Cost]) -> list[str]:
    """The targets, each reached or missed."""
    bare, version, convert = costs[BARE], costs[VERSION], costs[next(iter(CONVERT))]
    targets = (
        ("apkg convert, CPU", convert.cpu, CONVERT_CPU, "s"),
        ("apkg convert, memory", convert.memory, CONVERT_MEMORY, "MiB"),
        ("apkg --version, times bare Python", version.cpu / bare.cpu, VERSION_RATIO, ""),
    )
    return [
        f"{name}: {value:.3g} {unit} of {limit:g}: {'reached' if value <= limit else 'MISSED'}"
        for name, value, limit, unit in targets
    ]


if __name__ == "__main__":
    main()
