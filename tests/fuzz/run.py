"""Fuzz the readers of apkg: ``python tests/fuzz/run.py [TARGET...] [--runs N] [--atheris]``.

Without ``--atheris`` our own mutations are run, ``--runs`` for each target. With it, coverage
guides them (libFuzzer; needs the package atheris), ``--runs`` in all. What fails is written to
``--keep`` as TARGET-NUMBER, to be run again with ``--again FILE``.
"""

import argparse
import sys
import time
import traceback
from pathlib import Path


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--atheris", action="store_true")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failures"))
    parser.add_argument("--again", type=Path, metavar="FILE")
    given = parser.parse_args()
    if given.atheris:
        import fuzz_atheris

        fuzz_atheris.run(given.targets, given.runs, given.seed, given.keep)
        return 0
    from fuzz_targets import TARGETS, attack

    if given.again is not None:
        attack(TARGETS[given.again.name.rpartition("-")[0]], given.again.read_bytes())
        return 0
    failed = [_fuzz(TARGETS[name], given) for name in given.targets or TARGETS]
    return int(any(failed))


def _say(text):
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _fuzz(target, given):
    from fuzz_guard import TooSlow, ViolationError
    from fuzz_mutate import mutants
    from fuzz_targets import attack

    started, slowest, failures = time.process_time(), 0.0, set()
    for number, data in enumerate(mutants(target.seeds(), given.runs, given.seed)):
        before = time.process_time()
        try:
            attack(target, data)
        except (Exception, TooSlow) as error:  # noqa: BLE001 - that is what is looked for
            where = traceback.extract_tb(error.__traceback__)[-1]
            kind = f"{type(error).__name__} at {where.filename}:{where.lineno}"
            if isinstance(error, ViolationError):
                kind = str(error)[:200]
            if kind not in failures:
                failures.add(kind)
                given.keep.mkdir(exist_ok=True)
                (given.keep / f"{target.name}-{number}").write_bytes(data)
                _say(f"{target.name}-{number}: {kind}: {error}"[:400])
        slowest = max(slowest, time.process_time() - before)
    took = time.process_time() - started
    rate = given.runs / took
    text = f"{given.runs} runs, {rate:.0f}/s, slowest {slowest:.2f} s"
    _say(f"{target.name:14} {text}, {len(failures)} kinds of failure")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
