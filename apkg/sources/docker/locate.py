"""From the words that a container runs to the file that reads the command line."""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from apkg.errors import SourceError
from apkg.files.read_bytes import decode, read_bytes
from apkg.sources.docker.console import console_scripts
from apkg.sources.docker.entry import HANDING_ON, Entry
from apkg.sources.docker.paths import in_folder, is_within
from apkg.sources.docker.stages import Dockerfile, lineage

_PYTHON = re.compile(r"(?:python|pypy)[0-9.]*")
_SCRIPT_RUNNERS = frozenset(
    (
        "Rscript", "bash", "sh", "dash", "ash", "zsh", "node", "julia", "perl", "ruby",
    )
)  # fmt: skip
_WITH_VALUE = frozenset(["-W", "-X", "-n", "-p", "--name", "--prefix", "--cwd", "-e", "--with"])
#: Programs that run another one, and the words of their own before it.
_WRAPPERS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("conda", "mamba", "micromamba", "poetry", "pipenv", "uv", "pixi", "hatch"),
                    frozenset(["run"])),
    **dict.fromkeys(("tini", "tini-static", "dumb-init", "env", "exec", "time", "nice", "xvfb-run",
                     "stdbuf", "gosu", "nohup", *HANDING_ON), frozenset()),
}  # fmt: skip
_BIN_FOLDERS = ("/usr/local/bin", "/usr/bin", "/bin", "/opt/bin", "/usr/local/sbin")
_LIMIT_BYTES = 2_000_000
_INSTALLS = re.compile(
    r"\b(?:pip[0-9.]*|uv|poetry|hatch|flit|conda)\b[^\n&;|]*\binstall\b[^\n&;|]*"
)
_MOST_ROOTS = 12
#: A script starts a script starts the program; more than this nobody writes.
_MOST_SCRIPTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The program that an entry point leads to.

    ``words`` are the container's, made independent of the folder that it works in, as engines
    choose their own. ``path`` is the file that reads the command line, ``function`` the one in it.
    ``fixed`` are words that a script between them gives to it already.
    """

    words: tuple[str, ...]
    path: Path | None = None
    function: str | None = None
    environment: tuple[tuple[str, str], ...] = ()
    fixed: tuple[str, ...] = ()


def locate(entry: Entry, dockerfile: Dockerfile, folder: Path) -> Program:
    """The program that ``entry`` starts, and its source in ``folder`` where that holds it.

    A script that only hands its words on is followed to the program that gets them.
    """
    program = _Finder(entry, dockerfile, folder).find()
    for _ in range(_MOST_SCRIPTS):
        further = _handed_on(program, entry, dockerfile, folder)
        if further is None:
            break
        program = further
    return program


def _handed_on(
    program: Program, entry: Entry, dockerfile: Dockerfile, folder: Path
) -> Program | None:
    """The program that a script starts with all the words that it is given."""
    path = program.path
    if path is None or path.suffix == ".py":
        return None
    from apkg.sources.cli.shell.forwarding import forwarding

    places = [posixpath.dirname(w) for w in program.words if posixpath.basename(w) == path.name]
    found = forwarding(path, place=next(iter(places), ""))
    if found is None:
        return None
    words = found.before or entry.arguments
    if not words or "$" in words[0]:
        return None
    inner = _Finder(replace(entry, words=words), dockerfile, folder).find()
    if inner.path is None or inner.path == path:
        return None
    outer = program.words if found.before else (*program.words, *inner.words)
    fixed = inner.words[_after_program(inner.words) :] if found.before else ()
    return replace(
        inner,
        words=outer,
        environment=program.environment,
        fixed=(*program.fixed, *fixed, *found.behind),
    )


def _after_program(words: Sequence[str]) -> int:
    """The place of the first word that the program itself gets."""
    place = inner_command(words)
    name = posixpath.basename(words[place]) if place < len(words) else ""
    place += 1
    if not _PYTHON.fullmatch(name) and name not in _SCRIPT_RUNNERS:
        return place
    while place < len(words) and words[place].startswith("-") and words[place] != "-m":
        place += 2 if words[place] in _WITH_VALUE else 1
    return place + (2 if words[place : place + 1] == ("-m",) else 1)


def inner_command(words: Sequence[str]) -> int:
    """How many words come before the program itself: ``tini --``, ``conda run -n env``."""
    place = 0
    while place < len(words):
        name = posixpath.basename(words[place])
        if name not in _WRAPPERS:
            return place
        place += 1
        verbs = _WRAPPERS[name]
        while place < len(words) and (
            words[place].startswith("-") or words[place] in verbs or "=" in words[place]
        ):
            place += 2 if words[place] in _WITH_VALUE else 1
    return len(words)


class _Finder:
    def __init__(self, entry: Entry, dockerfile: Dockerfile, folder: Path) -> None:
        self._entry = entry
        self._words = list(entry.words)
        self._dockerfile = dockerfile
        self._folder = folder

    def find(self) -> Program:
        start = inner_command(self._words)
        if start >= len(self._words):
            return self._program()
        name = posixpath.basename(self._words[start])
        if _PYTHON.fullmatch(name):
            return self._python(start)
        if name in _SCRIPT_RUNNERS:
            return self._script(self._after_options(start))
        return self._named(start)

    def _program(
        self,
        path: Path | None = None,
        function: str | None = None,
        environment: tuple[tuple[str, str], ...] = (),
    ) -> Program:
        return Program(
            words=tuple(self._words),
            path=path,
            function=function,
            environment=(*self._entry.environment, *environment),
        )

    def _after_options(self, start: int) -> int:
        place = start + 1
        while place < len(self._words) and self._words[place].startswith("-"):
            place += 2 if self._words[place] in _WITH_VALUE else 1
        return place

    def _python(self, start: int) -> Program:
        place = start + 1
        while place < len(self._words) and self._words[place].startswith("-"):
            word = self._words[place]
            if word == "-m" and place + 1 < len(self._words):
                return self._module(self._words[place + 1])
            if word == "-c":
                return self._program()
            place += 2 if word in _WITH_VALUE else 1
        return self._script(place)

    def _script(self, place: int) -> Program:
        if place >= len(self._words):
            return self._program()
        path = posixpath.normpath(posixpath.join(self._entry.workdir, self._words[place]))
        # Engines start tools in a folder of their own, so that a relative path leads nowhere.
        self._words[place] = path
        return self._program(self._file(path))

    def _file(self, path: str) -> Path | None:
        found = in_folder(self._dockerfile, self._folder, path)
        return found if found is not None and found.is_file() else None

    def _module(self, module: str) -> Program:
        path, copied = self._module_file(module, script=True)
        environment: tuple[tuple[str, str], ...] = ()
        known = self._dockerfile.final.environment.get("PYTHONPATH", "")
        if copied and not known and not self._is_installed():
            # ``python -m`` finds the module because it starts in this folder; engines do not.
            environment = (("PYTHONPATH", self._entry.workdir),)
        return self._program(path, environment=environment)

    def _is_installed(self) -> bool:
        runs = "\n".join(run for s in lineage(self._dockerfile.final) for run in s.runs)
        return any(
            re.search(
                r"(?:\s|=)(?:-e\s+)?(?:\.|/[\w./-]+|\./\S*|\S+\.whl)(?:\[[^\]]*\])?(?:\s|$)", m[0]
            )
            and " -r " not in m[0]
            for m in _INSTALLS.finditer(runs)
        )

    def _named(self, start: int) -> Program:
        word = self._words[start]
        if "/" in word:
            path = posixpath.normpath(posixpath.join(self._entry.workdir, word))
            self._words[start] = path
            found = self._file(path)
            word = posixpath.basename(path)
            if found is not None:
                return self._program(found)
        declared = self._console_script(word)
        if declared is not None:
            return declared
        path_variable = self._dockerfile.final.environment.get("PATH", "").split(":")
        for folder in (*filter(None, path_variable), *_BIN_FOLDERS):
            found = self._file(posixpath.join(folder, word))
            if found is not None:
                return self._program(found)
        return self._program()

    def _console_script(self, name: str) -> Program | None:
        for root in self._roots():
            target = console_scripts(root).get(name)
            if target is not None:
                module, _, function = target.partition(":")
                path, _ = self._module_file(module, script=False, root=root)
                return self._program(path, function or None)
        return None

    def _roots(self) -> list[Path]:
        """The folders that may hold a Python project: the folder, and what is copied of it."""
        found = [self._folder]
        for stage in self._dockerfile.stages.values():
            for copy in stage.copies:
                if copy.stage is None:
                    found += [self._folder / source.lstrip("/") for source in copy.sources]
        kept = [p for p in dict.fromkeys(found) if _is_dir(p) and is_within(self._folder, p)]
        return kept[:_MOST_ROOTS]

    def _module_file(
        self, module: str, *, script: bool, root: Path | None = None
    ) -> tuple[Path | None, bool]:
        """The file of a module, and whether it was copied below the folder worked in."""
        below = module.replace(".", "/")
        names = [f"{below}.py", f"{below}/__main__.py" if script else f"{below}/__init__.py"]
        names += [f"{below}/__init__.py"]
        if root is None:
            for name in names:
                found = self._file(posixpath.join(self._entry.workdir, name))
                if found is not None:
                    return found, True
        for base in [root] if root else self._roots():
            for name in names:
                for place in (base / name, base / "src" / name, base / "lib" / name):
                    if _is_file(place) and is_within(self._folder, place):
                        return place, False
        return None, False


def _is_dir(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def led_on(path: Path, folder: Path) -> tuple[Path, ...]:
    """The local modules that ``path`` takes its command line from, the likeliest first.

    A ``__main__.py`` often just says ``from .cli import main``.
    """
    try:
        tree = ast.parse(decode(read_bytes(path, limit=_LIMIT_BYTES), name=str(path)))
    except (SourceError, SyntaxError, ValueError, RecursionError):
        return ()
    found: list[Path] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found += _imported(node, path, folder)
    likely = ("main", "cli", "app", "run", "__init__")
    found.sort(key=lambda place: place.stem not in likely)
    return tuple(dict.fromkeys(found))[:5]


def _imported(node: ast.ImportFrom, path: Path, folder: Path) -> list[Path]:
    below = (node.module or "").replace(".", "/")
    if node.level:
        base = path.parents[min(node.level - 1, len(path.parents) - 1)]
        bases = [base]
    else:
        bases = [parent for parent in path.parents if is_within(folder, parent)][:5]
    places = []
    for base in bases:
        names = [below] if below else [alias.name for alias in node.names]
        for name in names:
            places += [base / f"{name}.py", base / name / "__init__.py"]
    return [p for p in places if p != path and _is_file(p) and is_within(folder, p)]
