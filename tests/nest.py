"""apkg in processes that are copies of one that has it in memory: to start one costs little.

``Nest().run(words)`` is what ``python -m apkg WORDS`` is, without the half second in which Python,
apkg and a measuring of coverage start. Each command is a process of its own, with its own limits,
folder, environment and standard streams.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path


class Nest:
    """The process that is copied; use it as a context manager."""

    def __enter__(self):
        # What measures coverage in new processes would do so in each copy, too, and save nothing.
        env = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}
        command = [sys.executable, "-P", str(Path(__file__).resolve())]
        self._nest = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, text=True
        )
        return self

    def __exit__(self, *_):
        self._nest.stdin.close()
        self._nest.stdout.close()
        assert self._nest.wait(20) == 0

    def run(self, words, *, cwd, env, limits=()):
        """Run ``apkg WORDS`` to its end; ``limits`` are pairs for ``setrlimit``."""
        with tempfile.TemporaryDirectory(prefix="apkg-nest-") as folder:
            out, err = Path(folder, "out"), Path(folder, "err")
            asked = {"words": [*map(str, words)], "cwd": str(cwd), "env": dict(env),
                     "limits": limits, "out": str(out), "err": str(err)}  # fmt: skip
            self._nest.stdin.write(f"{json.dumps(asked)}\n")
            self._nest.stdin.flush()
            status = json.loads(self._nest.stdout.readline())
            said = [path.read_text(encoding="utf-8", errors="replace") for path in (out, err)]
        code = os.waitstatus_to_exitcode(status)
        return subprocess.CompletedProcess(["apkg", *words], code, *said)


def serve():
    """Import apkg, and make a copy of this process for each line that asks for one."""
    import pkgutil
    from importlib import import_module

    import apkg

    for module in pkgutil.walk_packages(apkg.__path__, "apkg."):
        if "launcher_parts" not in module.name and "travelling" not in module.name:
            import_module(module.name)
    for name in ("lxml.etree", "rich.console", "sqlite3", "yaml"):
        import_module(name)
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            _become(asked)
        print(json.dumps(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201


def _become(asked):
    for number, place in enumerate((os.devnull, asked["out"], asked["err"])):
        flags = os.O_WRONLY | os.O_CREAT if number else os.O_RDONLY
        os.dup2(os.open(place, flags, 0o600), number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    os.environ.clear()
    os.environ.update(asked["env"])
    os.chdir(asked["cwd"])
    sys.argv = ["apkg", *asked["words"]]
    for name, most in asked["limits"]:
        resource.setrlimit(getattr(resource, name), (most, most))
    from apkg.cli.main import run

    code = 1
    try:
        run()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:  # noqa: BLE001 - what Python would print, and end
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    serve()
