"""What a batch of small notebooks costs: by processes, by size, resumed, and beside other tools.

    python tests/benchmarks/batch.py                    # 1 000 notebooks, and 100 to 10 000
    python tests/benchmarks/batch.py --sizes 100 1000
    python tests/benchmarks/batch.py --peers            # other tools, too (installs them; minutes)

Wall time is what people wait for; it means something on a machine that does nothing else. CPU
time and memory are those of all processes of the command; memory is that of the largest. This
measures and asserts nothing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from convert import other
from measure import CommandError, run
from notebook import write_notebook
from peers import PEERS

APKG = Path(sys.executable).with_name("apkg")
NUMBER, AIM = 1000, 5.0
#: One process for each notebook is measured on so many, and multiplied.
SOME = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The runs of one command: wall time in seconds (least and median), CPU, peak MiB."""

    name: str
    number: int
    least: float
    median: float
    cpu: float
    memory: float

    def row(self) -> str:
        """A row of the table."""
        return (
            f"| {self.name} | {self.least:.2f} s | {self.median:.2f} s | "
            f"{self.cpu / self.number * 1000:.1f} ms | {self.memory:.0f} MiB |"
        )


def main() -> None:
    """Measure, and print tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="runs of each command (default: 5)")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--peers", action="store_true", help="install and measure other tools, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        notebooks = write(folder / "notebooks", NUMBER)
        run(convert(notebooks, folder / "warm", 2))  # Not counted: it writes the bytecode.
        heading(f"{NUMBER} small notebooks")
        rows = list(by_jobs(notebooks, folder, options.runs))
        print(*(row.row() for row in rows), sep="\n")
        for peer in each(folder, options.peers):
            print(peer)
        print()
        verdict(rows)
        heading("From few to many")
        for size in options.sizes:
            found = of_size(size, folder, max(1, options.runs * 1000 // max(size, 1000)))
            print(found.row())


def by_jobs(notebooks: Path, folder: Path, runs: int) -> Iterator[Times]:
    """One process, two, and two that find nothing changed; and the check of what was written."""
    out = folder / "out"

    def fresh() -> None:
        shutil.rmtree(out, ignore_errors=True)

    for jobs in (1, 2):
        command = convert(notebooks, out, jobs)
        yield timed(f"apkg convert --jobs {jobs}", command, runs, NUMBER, fresh)
    for jobs in (1, 2):
        command = [APKG, "validate", out, "--jobs", str(jobs)]
        yield timed(f"apkg validate --jobs {jobs} (2 documents each)", command, runs, NUMBER)
    fresh()
    resumed = [*convert(notebooks, out, 2), "--resume"]
    yield timed("apkg convert --jobs 2 --resume, the first time", resumed, runs, NUMBER, fresh)
    yield timed("apkg convert --jobs 2 --resume, nothing changed", resumed, runs, NUMBER)


def of_size(size: int, folder: Path, runs: int) -> Times:
    """Two processes and so many notebooks."""
    notebooks, out = write(folder / f"n{size}", size), folder / "out"

    def fresh() -> None:
        shutil.rmtree(out, ignore_errors=True)

    found = timed(f"{size} notebooks, --jobs 2", convert(notebooks, out, 2), runs, size, fresh)
    shutil.rmtree(notebooks)
    return found


def each(folder: Path, peers: bool) -> Iterator[str]:
    """What a process for each notebook costs: apkg's own, and those of other tools."""
    notebook = write_notebook(folder / "one.ipynb", "papermill")
    alone: list[str | Path] = [APKG, "convert", notebook, "-o", folder / "one", "--force"]
    yield one_by_one("apkg convert, one by one", alone)
    for peer in PEERS if peers else ():
        try:
            name, command = other(peer, folder)
            yield one_by_one(f"{name}, one by one", command)
        except CommandError as error:
            yield f"| {peer.name} | not measured: {error} | | | |"


def one_by_one(name: str, command: Sequence[str | Path]) -> str:
    """A row for a command that takes one notebook, as if it had been run for all."""
    found = timed(name, command, SOME, 1)
    times = f"{found.least * NUMBER:.0f} s | {found.median * NUMBER:.0f} s"
    costs = f"{found.cpu * 1000:.0f} ms | {found.memory:.0f} MiB"
    return f"| {name} ({SOME} measured) | {times} | {costs} |"


def timed(
    name: str,
    command: Sequence[str | Path],
    runs: int,
    number: int,
    before: Callable[[], None] = lambda: None,
) -> Times:
    """Run ``command`` several times; ``before`` is called before each, and not counted."""
    walls, costs = [], []
    for _ in range(runs):
        before()
        os.sync()
        start = time.perf_counter()
        costs.append(run(command))
        walls.append(time.perf_counter() - start)
    return Times(
        name=name,
        number=number,
        least=min(walls),
        median=statistics.median(walls),
        cpu=min(cpu for cpu, _ in costs),
        memory=max(memory for _, memory in costs),
    )


def convert(notebooks: Path, out: Path, jobs: int) -> list[str | Path]:
    """The command."""
    return [APKG, "convert", notebooks, "-o", out, "--jobs", str(jobs)]


def write(folder: Path, number: int) -> Path:
    """A folder of so many notebooks, each with a name of its own."""
    folder.mkdir()
    for index in range(number):
        write_notebook(folder / f"n{index:05}.ipynb", "papermill")
    return folder


def heading(text: str) -> None:
    """The head of a table."""
    print(f"\n{text}:\n")
    print("| Command | Least time | Median | CPU each | Largest process |")
    print("| --- | ---: | ---: | ---: | ---: |")


def verdict(rows: Sequence[Times]) -> None:
    """The aim, reached or missed, and what the second process gains."""
    one, two = rows[0], rows[1]
    print(f"Two processes: {one.least / two.least:.2f} times as fast as one.")
    print(
        f"{NUMBER} in {two.least:.2f} s of {AIM:g}: {'reached' if two.least <= AIM else 'MISSED'}"
    )
    print(f"Load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
