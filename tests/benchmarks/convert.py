"""What a cold ``apkg convert`` of a small notebook costs, beside bare Python and other tools.

    python tests/benchmarks/convert.py            # apkg and bare Python
    python tests/benchmarks/convert.py --peers    # other tools, too (installs them; minutes)

CPU time, not wall time: it hardly depends on what else the machine does. This measures and
asserts nothing.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from pathlib import Path

from measure import CommandFailed, Cost, measure
from notebook import write_notebook
from peers import PEERS, Peer, install

CONVERT_CPU, CONVERT_MEMORY, VERSION_RATIO = 0.2, 45, 2.5


def main() -> None:
    """Measure, and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15, help="runs of each command (default: 15)")
    parser.add_argument("--peers", action="store_true", help="install and measure other tools, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows, missing = own(Path(folder), options.runs), []
        for peer in PEERS if options.peers else ():
            try:
                rows.append(other(peer, Path(folder), options.runs))
            except CommandFailed as error:
                missing.append(f"{peer.name}: not measured: {error}")
    print(table(rows))
    print(*verdicts(rows), *missing, sep="\n")


def own(folder: Path, runs: int) -> list[tuple[str, Cost]]:
    """Bare Python, ``apkg --version`` and ``apkg convert``."""
    apkg = Path(sys.executable).with_name("apkg")
    rows = [("python -c pass", measure([sys.executable, "-c", "pass"], runs))]
    rows.append(("apkg --version", measure([apkg, "--version"], runs)))
    for form in ("papermill", "ipython2cwl"):
        notebook = write_notebook(folder / f"{form}.ipynb", form)
        command = [apkg, "convert", notebook, "-o", folder / form, "--force"]
        rows.append((f"apkg convert ({form} notebook)", measure(command, runs)))
    return rows


def other(peer: Peer, folder: Path, runs: int) -> tuple[str, Cost]:
    """One other tool, on the form of the notebook that it reads."""
    out = folder / peer.name
    version = install(peer, out / "environment")
    notebook = write_notebook(out / "rows.ipynb", peer.form)
    cost = measure(peer.command(out / "environment", notebook, out), runs)
    return f"{peer.name} {version} ({peer.form} notebook)", cost


def table(rows: list[tuple[str, Cost]]) -> str:
    """The costs as a Markdown table, the first row being the measure of the others."""
    bare = rows[0][1]
    lines = [
        f"Python {platform.python_version()}, medians.",
        "",
        "| Command | CPU | Times bare Python | Peak memory |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, cost in rows:
        ratio = cost.cpu / bare.cpu
        lines.append(f"| {name} | {cost.cpu:.3f} s | {ratio:.1f} | {cost.memory:.0f} MiB |")
    return "\n".join([*lines, ""])


def verdicts(rows: list[tuple[str, Cost]]) -> list[str]:
    """The targets, each reached or missed."""
    bare, version, convert = (cost for _, cost in rows[:3])
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
