"""What the help of every command ends with, as a man page does: files, environment, exit codes."""

from __future__ import annotations

_ABOUT_SOURCE = (
    ("apkg.yaml", "the manifest beside the source, read if it is there"),
    (
        "CITATION.cff, codemeta.json, pyproject.toml",
        "beside the source: authors, licence, version and keywords",
    ),
)
_PACKAGE = (
    ("<id>.cwl", "Facet 1, written"),
    ("<id>.deploy.json", "Facet 2, written"),
    ("<id>.inputs.yml", "a job order with the defaults, written"),
)
_STATE = (".apkg-state.sqlite", "with --resume: what was done, written")
_DOT = (("dot", "of Graphviz, found on PATH; it draws the pictures"),)
#: The files of each command, and what they are to it.
FILES: dict[str, tuple[tuple[str, str], ...]] = {
    "build": (
        *_ABOUT_SOURCE,
        (".binder, binder", "folders that declare the environment, as for repo2docker"),
        *_PACKAGE,
        ("<id>.lock.txt", "what was installed, written"),
        ("<id>.build.log", "the full log, written"),
    ),
    "chain": (("apkg.yaml", "with --manifest: the chain"), *_PACKAGE),
    "convert": (*_ABOUT_SOURCE, *_PACKAGE, _STATE),
    "graph": _DOT,
    "init": (("apkg.yaml", "written into the folder"),),
    "inspect": _ABOUT_SOURCE,
    "launch": (("apkg.yaml", "the manifest of the folder; it can name the image"),),
    "report": _DOT,
    "run": (
        ("results/", "the results, unless -o names another folder"),
        ("<id>.inputs.yml", "the job order that convert writes, for --inputs"),
    ),
    "validate": (
        ("pyproject.toml", "of the current folder: [tool.apkg.validate] sets options"),
        ("apkg.yaml", "its part 'validate' sets options"),
    ),
    "watch": (*_ABOUT_SOURCE, *_PACKAGE, (_STATE[0], "what was done, written")),
}
_COLOUR = (("NO_COLOR", "if set, nothing is coloured"),)
_SCRATCH = (("TMPDIR", "where scratch folders are made; default: /tmp"),)
_ENGINE = (
    ("PATH", "where docker and podman are looked for"),
    ("DOCKER_HOST, DOCKER_CONFIG", "the engine to ask, and its logins, as for docker"),
)
#: The variables of each command, beside those that all commands obey.
ENVIRONMENT: dict[str, tuple[tuple[str, str], ...]] = {
    "build": (
        *_ENGINE,
        ("DOCKER_BUILDKIT", "0 asks for Docker's classic builder"),
        ("REGISTRY_AUTH_FILE", "logins for --push with podman"),
        *_SCRATCH,
    ),
    "convert": _ENGINE,
    "launch": _ENGINE,
    "report": _SCRATCH,
    "run": (*_ENGINE, *_SCRATCH),
    "watch": (("WATCHFILES_FORCE_POLLING", "if set, files are looked at instead of watched"),),
}
_CODES = (
    ("0", "done"),
    ("1", "checked, and found invalid"),
    ("2", "wrong usage"),
    ("3", "could not be done; the message says why"),
    ("70", "an error of apkg itself: please report it"),
    ("130", "interrupted"),
)
#: Where a code means something more exact.
CODES: dict[str, dict[str, str]] = {
    "validate": {
        "0": "all is valid",
        "1": "something is invalid",
        "2": "wrong usage, or nothing to check was found",
        "3": "nothing is invalid, and something could not be read",
    },
}
#: Only these check anything.
_CHECKING = frozenset({"validate", ""})


_COLUMN = 22
_WIDTH = 76


def manual(command: str = "") -> str:
    """Give the end of a command's help, as click takes it; without a command, of apkg's own."""
    return "\n\n".join(
        "\n".join(["\b", f"{heading}:", *(line for row in rows for line in _lines(*row))])
        for heading, rows in _sections(command)
        if rows
    )


def _sections(command: str) -> list[tuple[str, list[tuple[str, str]]]]:
    exact = CODES.get(command, {})
    codes = [
        (code, exact.get(code, meaning))
        for code, meaning in _CODES
        if code != "1" or command in _CHECKING
    ]
    return [
        ("Files", list(FILES.get(command, ()))),
        ("Environment", [*ENVIRONMENT.get(command, ()), *_COLOUR]),
        ("Exit codes", codes),
    ]


def _lines(term: str, meaning: str) -> list[str]:
    """Put the meaning beside the term, or below where the term is long."""
    from textwrap import wrap

    indent = " " * (_COLUMN + 2)
    lines = wrap(meaning, _WIDTH, initial_indent=indent, subsequent_indent=indent)
    if len(term) > _COLUMN - 2:
        return [f"  {term}", *lines]
    return [f"  {term:<{_COLUMN}}{lines[0].strip()}", *lines[1:]]
