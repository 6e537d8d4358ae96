"""What ``apkg validate`` costs, beside bare Python and other validators.

    python tests/benchmarks/validate.py            # apkg and bare Python
    python tests/benchmarks/validate.py --peers    # other validators, too (installs them; minutes)

With ``APKG_CORPUS`` set to a folder that holds ``cwl-conformance/accept.txt``, the conformance
files are also validated in one process. CPU time, not wall time. This measures and asserts
nothing.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measure import CommandError, Cost, measure, run, table
from package import package_text
from peers import install

from apkg.pipeline.validate import validate_paths

COLD_CPU, COLD_MEMORY, WARM_TOTAL, WARM_RATIO = 0.25, 45, 1.0, 100
BARE, APKG = "python -c pass", "apkg validate"
#: Inputs of the package that is validated cold; its text is then about 7 KB.
INPUTS = 23
SCHEMA = Path(__file__).resolve().parents[2] / "schemas" / "cwl-v1.2.schema.json"

# The loader of a document alone: cwl-utils has no command that only validates.
_CWL_UTILS = "import sys; from cwl_utils.parser import load_document_by_uri as load; load({!r})"
_CWLTOOL_WARM = """\
import io, sys, time
from cwltool.main import main
def check(path):
    return main(["--validate", path], stdout=io.StringIO(), stderr=io.StringIO())
check(sys.argv[1])
start = time.process_time()
for path in sys.argv[1:]:
    check(path)
print(time.process_time() - start)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validator:
    """Another validator: its package, and its words after ``bin/`` with ``FILE`` for the file."""

    package: str
    words: tuple[str, ...]

    def command(self, environment: Path, file: Path) -> list[str]:
        """How the validator, installed in ``environment``, checks ``file``."""
        words = [str(file) if word == "FILE" else word for word in self.words]
        return [str(environment / "bin" / words[0]), *words[1:]]


VALIDATORS = (
    Validator(package="cwltool", words=("cwltool", "--validate", "FILE")),
    Validator(package="cwl-utils", words=("python", "-c", "LOAD")),
    Validator(
        package="check-jsonschema",
        words=(
            "check-jsonschema",
            *("--default-filetype", "yaml", "--schemafile", str(SCHEMA), "FILE"),
        ),
    ),
    Validator(package="eoap-validator", words=("eoap-validator", "FILE")),
)


def main() -> None:
    """Measure, and print tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15, help="runs of each command (default: 15)")
    parser.add_argument("--peers", action="store_true", help="install and measure other validators")
    parser.add_argument(
        "--every", type=int, default=10, help="cwltool gets every N-th conformance file"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        cold(where, options.runs, peers=options.peers)
        warm(where, options.every, peers=options.peers)
        growth(where)


def cold(folder: Path, runs: int, *, peers: bool) -> None:
    """One package in a new process: CPU time and memory."""
    package = folder / "package.cwl"
    package.write_text(package_text(INPUTS), encoding="utf-8")
    apkg = Path(sys.executable).with_name("apkg")
    commands: dict[str, Sequence[str | Path]] = {
        BARE: [sys.executable, "-c", "pass"],
        APKG: [apkg, "validate", package],
    }
    run(commands[APKG])  # Not counted: the first run writes the bytecode.
    missing = []
    for validator in VALIDATORS if peers else ():
        try:
            name, command = other(validator, folder, package)
        except CommandError as error:
            missing.append(f"{validator.package}: not measured: {error}")
        else:
            commands[name] = command
    costs = measure(commands, runs)
    print(f"One package of {package.stat().st_size / 1000:.1f} KB, in a new process.")
    print(table(costs, BARE))
    print(*verdicts(costs[APKG]), *missing, "", sep="\n")


def other(validator: Validator, folder: Path, package: Path) -> tuple[str, list[str]]:
    """Another validator, installed and tried once."""
    environment = folder / validator.package
    version = install([validator.package], environment)
    command = [
        _CWL_UTILS.format(f"{package}#water-mask") if word == "LOAD" else word
        for word in validator.command(environment, package)
    ]
    run(command)
    return f"{validator.package} {version}", command


def verdicts(cost: Cost) -> list[str]:
    """The targets of a cold run, each reached or missed."""
    return [
        _verdict("cold, CPU", cost.cpu, COLD_CPU, "s"),
        _verdict("cold, memory", cost.memory, COLD_MEMORY, "MiB"),
    ]


def _verdict(name: str, value: float, limit: float, unit: str) -> str:
    return f"{name}: {value:.3g} {unit} of {limit:g}: {'reached' if value <= limit else 'MISSED'}"


def warm(folder: Path, every: int, *, peers: bool) -> None:
    """The conformance files that cwltool accepts, in one process."""
    corpus = os.environ.get("APKG_CORPUS")
    if not corpus:
        print("The conformance files: not measured, APKG_CORPUS is not set.\n")
        return
    root = Path(corpus) / "cwl-conformance"
    names = (root / "accept.txt").read_text(encoding="utf-8").split("\n")
    files = [root / name.strip() for name in names if name.strip()]
    total = _seconds(files)
    each = total / len(files)
    print(f"{len(files)} conformance files in one process: {total:.2f} s, {each * 1e3:.2f} ms each")
    print(_verdict("warm, all", total, WARM_TOTAL, "s"))
    cwltool = folder / "cwltool" / "bin" / "python"
    if peers and cwltool.exists():
        some = [str(file) for file in files[::every]]
        asked = [str(cwltool), "-c", _CWLTOOL_WARM, *some]
        done = subprocess.run(asked, capture_output=True, text=True, check=True)
        theirs = float(done.stdout.split()[-1]) / len(some)
        print(f"cwltool --validate, {len(some)} of them in one process: {theirs * 1e3:.0f} ms each")
        word = "reached" if theirs / each >= WARM_RATIO else "MISSED"
        print(f"warm, times faster than cwltool: {theirs / each:.0f} of {WARM_RATIO}: {word}")
    print()


def growth(folder: Path) -> None:
    """Time against the number of files, and against the size of one."""
    print("| Files of 7 KB | CPU | For each file |\n| ---: | ---: | ---: |")
    many = folder / "many"
    many.mkdir()
    for count in (125, 250, 500, 1000):
        for number in range(count):
            text = package_text(INPUTS, name=f"package-{number}")
            (many / f"{number}.cwl").write_text(text, encoding="utf-8")
        taken = _seconds([many])
        print(f"| {count} | {taken:.2f} s | {taken / count * 1e3:.1f} ms |")
    print("\n| Size of one file | CPU | For each KB |\n| ---: | ---: | ---: |")
    for inputs in (100, 400, 1600, 6400):
        file = folder / f"{inputs}.cwl"
        file.write_text(package_text(inputs), encoding="utf-8")
        size, taken = file.stat().st_size / 1000, _seconds([file])
        print(f"| {size:.0f} KB | {taken:.2f} s | {taken / size * 1e3:.2f} ms |")


def _seconds(paths: list[Path]) -> float:
    """CPU time of validating ``paths`` in this process: the best of three."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        validate_paths(paths)
        taken.append(time.process_time() - start)
    return min(taken)


if __name__ == "__main__":
    main()
