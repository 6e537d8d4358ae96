"""The command ``apkg``. Asking for the version must not cost more than starting Python."""

from __future__ import annotations

import os
import sys

_INTERRUPTED = 130


def run() -> None:
    """Run the command line and exit."""
    try:
        _open_streams()
        if sys.argv[1:] in (["--version"], ["-V"]) and _said_version():
            return
        from apkg.cli.errors import guarded
        from apkg.cli.root import root

        code = guarded(root)
    except KeyboardInterrupt:
        # While the modules are read; what is later is told by ``guarded``.
        os.write(2, b"\nInterrupted.\n")
        code = _INTERRUPTED
    sys.exit(code)


def _said_version() -> bool:
    """Print the version; click alone costs more than this whole command."""
    from apkg import __version__

    try:
        print(f"apkg {__version__}", flush=True)  # noqa: T201 - see above
    except OSError:
        # The reader has gone, or the disk is full: said where all such is said.
        return False
    return True


def _open_streams() -> None:
    """Let what a caller has closed (``>&-``, some schedulers) lead nowhere.

    Else the next file to be opened would take its number, and get what is printed.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            found = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, open(found, "w" if number else "r", encoding="utf-8"))  # noqa: PTH123, SIM115
            setattr(sys, f"__{name}__", getattr(sys, name))
