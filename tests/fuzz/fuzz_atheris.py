"""The same targets under libFuzzer: the first byte of an input chooses the reader."""

import importlib
import pkgutil
import random
import sys
import tempfile
from pathlib import Path

#: For each reader; each of them is run once before the mutations begin.
MOST_SEEDS = 30


def _readers():
    """The modules that have to do with reading and checking, all of them."""
    import apkg

    found = pkgutil.walk_packages(apkg.__path__, "apkg.", onerror=lambda _name: None)
    return [m.name for m in found if m.name.startswith(("apkg.sources", "apkg.files"))]


def run(names, runs, seed, keep):
    """Run ``runs`` executions guided by coverage; never returns (libFuzzer ends the process)."""
    import atheris

    # What is imported in here is instrumented: also what apkg itself imports when it needs it.
    with atheris.instrument_imports(include=["apkg"]):
        for name in _readers():
            importlib.import_module(name)
        from fuzz_targets import TARGETS, attack

    from fuzz_guard import TooSlow
    from fuzz_mutate import mutate

    targets = [TARGETS[name] for name in names or TARGETS]
    starts = [[bytes([n]) + d for d in t.seeds()[:MOST_SEEDS]] for n, t in enumerate(targets)]

    def one(data):
        if data:
            try:
                attack(targets[data[0] % len(targets)], data[1:])
            except TooSlow as error:
                raise RuntimeError(str(error)) from error

    def ours(data, largest, seed):
        number = data[0] % len(targets) if data else 0
        others = [start[1:] for start in starts[number]]
        mutant = mutate(data[1:], others, random.Random(seed))
        return bytes([number]) + mutant[: largest - 1]

    keep.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="apkg-corpus-") as corpus:
        for number, data in enumerate(d for start in starts for d in start):
            (Path(corpus) / str(number)).write_bytes(data)
        options = [
            f"-atheris_runs={runs}",
            f"-seed={seed}",
            "-max_len=20000",
            "-timeout=60",
            "-rss_limit_mb=1500",
            f"-artifact_prefix={keep}/",
            "-print_final_stats=1",
        ]
        atheris.Setup([sys.argv[0], *options, corpus], one, custom_mutator=ours)
        atheris.Fuzz()
