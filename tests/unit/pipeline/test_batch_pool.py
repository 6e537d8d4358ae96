"""Work in processes: order, processes that die, and an early end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from apkg.pipeline.batch_pool import Known, jobs_for, ordered


def square(number):
    time.sleep(0.001 * (number % 7))
    return number * number


def fragile(number):
    if number % 10 == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    if number % 10 == 6:
        sys.exit(9)
    return number


def large(number):
    return "x" * number


def sleepy(number):
    time.sleep(number)
    return number


def lost(number, why):
    return f"{number}: {why}"


def run(items, work, jobs=3):
    return ordered(items, work, jobs=jobs, lost=lost)


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_the_order_of_the_items(jobs):
    assert list(run(range(300), square, jobs)) == [n * n for n in range(300)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_known_takes_its_turn(jobs):
    items = [Known("first"), 2, 3, Known("fourth"), *[Known(n) for n in range(1000)], 5]
    assert list(run(items, square, jobs)) == ["first", 4, 9, "fourth", *range(1000), 25]


def test_no_items():
    assert list(run([], square)) == []


def test_results_larger_than_a_pipe():
    assert [len(text) for text in run([5_000_000] * 6, large)] == [5_000_000] * 6


def test_a_process_that_dies_costs_its_item_and_no_other():
    found = list(run(range(40), fragile))
    for number, result in enumerate(found):
        if number % 10 == 3:
            assert result.startswith(f"{number}: its process was ended by SIGKILL, as when memory")
        elif number % 10 == 6:
            assert result == f"{number}: its process ended with status 9"
        else:
            assert result == number


def test_an_early_end_does_not_wait():
    results = run([0, 60, 60, 60], sleepy)
    assert next(results) == 0
    start = time.monotonic()
    results.close()
    assert time.monotonic() - start < 2


def test_few_items_are_not_worth_a_process():
    assert jobs_for(3, None, few=16) == 1
    assert jobs_for(3, 8, few=16) == 3
    assert jobs_for(0, 8, few=16) == 1
    assert 1 <= jobs_for(1000, None, few=16) <= len(os.sched_getaffinity(0))


PROGRAM = """
import sys, threading, time
sys.path.insert(0, {tests!r})
from test_batch_pool import lost, sleepy, square
from apkg.pipeline.batch_pool import _context, ordered
if __name__ == "__main__":
    if sys.argv[1] == "threads":
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    print(_context([]).get_start_method(), flush=True)
    print(sum(ordered(range(50), square, jobs=2, lost=lost)), flush=True)
    results = ordered([0, 0, 5, 5], sleepy, jobs=2, lost=lost)
    next(results)
    print("begun", flush=True)
    next(results), next(results)
"""


@pytest.mark.parametrize(("how", "method"), [("threads", "forkserver"), ("none", "fork")])
def test_processes_end_when_their_parent_is_killed(tmp_path, how, method):
    if sys.platform != "linux":
        pytest.skip("looks at /proc")
    script = tmp_path / "program.py"
    script.write_text(PROGRAM.format(tests=str(Path(__file__).parent)), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, script, how], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as parent:
        assert parent.stdout.readline().strip() == method
        assert parent.stdout.readline().strip() == str(sum(n * n for n in range(50)))
        assert parent.stdout.readline().strip() == "begun"
        parent.kill()
    limit = time.monotonic() + 20
    while family(parent.pid) and time.monotonic() < limit:
        time.sleep(0.1)
    assert family(parent.pid) == []


def family(session):
    """The processes of a session that have not ended."""
    found = []
    for name in (p.name for p in Path("/proc").iterdir() if p.name.isdecimal()):
        try:
            stat = Path(f"/proc/{name}/stat").read_text()
        except OSError:
            continue
        state, _, _, its_session = stat.rpartition(") ")[2].split()[:4]
        if int(its_session) == session and state not in "ZX":
            found.append(int(name))
    return found
