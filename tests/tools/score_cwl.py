"""Score what apkg makes of command-line tools against what an expert wrote by hand.

Usage: ``python tests/tools/score_cwl.py [NAME ...] [--json FILE] [--check]``

The cases are in ``tests/expert/cases.yaml``. Shares of types and prefixes are out of all inputs
that the expert has, so that a missing input counts there, too. ``--check`` fails below the aims
for samples and public tools: 95 % of the inputs, 90 % of the types, and nothing invented. (The
samples once more, from their help texts alone, are for information.) Help texts of public tools
are read from ``$APKG_CORPUS/help``; without it their cases are left out.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent))
from cwl_compare import Known, Score, compare
from cwl_shape import read_tool

ROOT = Path(__file__).resolve().parents[2]
EXPERT = ROOT / "tests" / "expert"
SOURCES = {".py", ".sh", ".xml", ".toml"}
AIMS = {"found": 0.95, "types": 0.90}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One tool: the file of the expert, and where apkg learns about it."""

    name: str
    expert: Path
    dialect: str = ""
    sample: Path | None = None
    help_of: tuple[str, ...] = ()
    help_file: Path | None = None
    options: tuple[str, ...] = ()

    @property
    def group(self):
        return "public" if self.sample is None else "help" if self.help_of else "sample"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The score of a case, or why there is none."""

    case: Case
    score: Score
    error: str = field(default="")


def read_cases(corpus):
    """All cases that can be run here."""
    listed = yaml.safe_load((EXPERT / "cases.yaml").read_text(encoding="utf-8"))
    for name, entry in listed.items():
        text = entry.get("help")
        if text and not corpus:
            continue
        yield Case(
            name=name,
            expert=EXPERT / f"{entry.get('expert', name)}.cwl",
            dialect=entry.get("dialect", ""),
            sample=ROOT / "samples" / entry["sample"] if "sample" in entry else None,
            help_of=tuple(entry.get("help-of", ())),
            help_file=Path(corpus) / "help" / text if text else None,
            options=tuple(entry.get("options", ())),
        )


def own_help(case):
    """What the sample prints for its help, 80 columns wide."""
    words = [sys.executable if word == "python" else word for word in case.help_of]
    asked = "-h" if words[0] == "sh" else "--help"
    environment = os.environ | {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [*words, asked],
        cwd=case.sample,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    return done.stdout


def told(case, help_text):
    """Everything that the tool says of itself."""
    if help_text is not None:
        return help_text
    files = sorted(path for path in case.sample.rglob("*") if path.suffix in SOURCES)
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def run(case, folder):
    """Convert and compare one case."""
    expert = read_tool(case.expert)
    help_text = None
    try:
        if case.help_of:
            help_text = own_help(case)
        elif case.help_file is not None:
            help_text = case.help_file.read_text(encoding="utf-8", errors="replace")
        made = read_tool(convert(case, help_text, folder))
    except (ValueError, OSError, subprocess.SubprocessError) as error:
        nothing = Score(inputs=len(expert.params), outputs=len(expert.outputs))
        return Result(case=case, score=nothing, error=str(error))
    score = compare(expert, made, Known(told(case, help_text)))
    # A help text calls the program by another name than its image does.
    return Result(case=case, score=replace(score, command=None) if case.help_of else score)


def convert(case, help_text, folder):
    """The CWL that ``apkg convert`` writes for the case."""
    folder.mkdir()
    if help_text is None:
        source = [str(case.sample)]
    else:
        (folder / "help.txt").write_text(help_text, encoding="utf-8")
        source = ["--help-text", str(folder / "help.txt")]
    out = folder / "package"
    command = [sys.executable, "-m", "apkg", "convert", *source, *case.options, "--style", "tool"]
    command += ["-o", str(out)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=folder, timeout=120
    )
    if done.returncode != 0:
        raise ValueError((done.stderr.strip() or done.stdout.strip()).replace("\n", " ")[:300])
    made = sorted(out.glob("*.cwl"))
    if len(made) != 1:
        raise ValueError(f"{len(made)} packages, not one")
    return made[0]


def table(results):
    """The scores as a Markdown table."""
    lines = ["| Tool | From | Inputs | Types | Prefixes | Outputs | Command | More | Invented |"]
    lines.append("|---|---|---:|---:|---:|---:|:-:|---:|---:|")
    for result in results:
        origin = result.case.dialect or result.case.group
        lines.append(_line(result.case.name, origin, [result.score]))
    for group in ("sample", "help", "public"):
        scores = [result.score for result in results if result.case.group == group]
        if scores:
            lines.append(_line(f"**{group}: {len(scores)}**", "", scores))
    lines.append(_line(f"**all: {len(results)}**", "", [result.score for result in results]))
    return "\n".join(lines)


def _line(name, origin, scores):
    inputs = sum(score.inputs for score in scores)
    outputs = sum(score.outputs for score in scores)
    commands = [score.command for score in scores if score.command is not None]
    cells = [
        *(_share(sum(getattr(s, what) for s in scores), inputs) for what in _SHARES),
        _share(sum(s.outputs_found for s in scores), outputs),
        _share(sum(commands), len(commands)) if commands else "",
        str(sum(len(s.extra) for s in scores)),
        str(sum(len(s.invented) for s in scores)),
    ]
    return f"| {name} | {origin} | {' | '.join(cells)} |"


_SHARES = ("found", "types", "prefixes")


def _share(part, whole):
    return f"{part}/{whole} {100 * part / whole:.0f} %" if whole > 1 else f"{part}/{whole}"


def notes(results):
    """What is wrong, tool by tool."""
    for result in results:
        score = result.score
        invented = [f"invented: {name}" for name in score.invented]
        said = [result.error] if result.error else [*score.wrong, *invented]
        yield from (f"- {result.case.name}: {line}" for line in said)


def as_json(results):
    """The scores as plain data."""
    return [
        {"name": result.case.name, "group": result.case.group, "error": result.error}
        | asdict(result.score)
        for result in results
    ]


def aims_met(results):
    """Whether the shares are what we want them to be."""
    scores = [result.score for result in results if result.case.group != "help"]
    inputs = sum(score.inputs for score in scores)
    enough = all(
        sum(getattr(score, what) for score in scores) >= aim * inputs for what, aim in AIMS.items()
    )
    return enough and not any(score.invented for score in scores)


def main(arguments=None):
    """Run the cases, print the table."""
    parser = argparse.ArgumentParser(description="Score generated CWL against an expert's.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="cases (default: all)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the scores there, too")
    parser.add_argument("--check", action="store_true", help="fail below the aims")
    args = parser.parse_args(arguments)
    cases = list(read_cases(os.environ.get("APKG_CORPUS")))
    unknown = set(args.names) - {case.name for case in cases}
    if unknown:
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    chosen = [case for case in cases if not args.names or case.name in args.names]
    with tempfile.TemporaryDirectory() as scratch:
        results = [run(case, Path(scratch) / str(n)) for n, case in enumerate(chosen)]
    print(table(results))
    print()
    print("\n".join(notes(results)))
    if args.json is not None:
        args.json.write_text(json.dumps(as_json(results), indent=2) + "\n", encoding="utf-8")
    return 0 if aims_met(results) or not args.check else 1


if __name__ == "__main__":
    sys.exit(main())
