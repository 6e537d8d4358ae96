"""The command ``apkg``. Asking for the version must not cost more than starting Python."""

from __future__ import annotations

import sys


def run() -> None:
    """Run the command line and exit."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from apkg import __version__

        print(f"apkg {__version__}")  # noqa: T201 - click alone costs more than this whole command
        return
    from apkg.cli.errors import guarded
    from apkg.cli.root import root

    sys.exit(guarded(root))
