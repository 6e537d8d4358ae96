"""Writes what the environment's activation sets to a file that a shell reads.

Activating a conda environment takes a second and writes files; here it happens once, and the
commands in the image only read its result: they start at once, on a read-only file system, too.
GDAL and PROJ find their data by it.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

#: repo2docker's, run by a login shell there.
PROFILE = Path("/etc/profile.d/activate-conda.sh")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
#: What belongs to the shell that activated, and to whoever runs the image.
IGNORED = frozenset(("_", "PWD", "OLDPWD", "SHLVL", "HOME", "USER", "LOGNAME", "TMPDIR", "PS1"))
#: What every conda does besides its packages' own scripts.
BY_HAND = (
    'export CONDA_PREFIX="$1" PATH="$1/bin:$PATH"; for f in "$1"/etc/conda/activate.d/*.sh; do'
)


def activations(prefix: Path) -> Iterator[list[str]]:
    """Give the commands, best first, that activate the environment and print its variables."""
    if PROFILE.is_file():
        yield ["bash", "-c", '. "$1" >/dev/null 2>&1; env -0', "apkg", str(PROFILE)]
    if (prefix / "conda-meta").is_dir():
        script = f'{BY_HAND} [ ! -r "$f" ] || . "$f" >/dev/null 2>&1; done; env -0'
        yield ["bash", "-c", script, "apkg", str(prefix)]


def changes(command: list[str]) -> dict[str, str]:
    """Give the variables that activation sets or changes; none where it fails."""
    with tempfile.TemporaryDirectory() as home:
        # What it writes to the home folder, as root, is in nobody's way there.
        done = subprocess.run(  # noqa: S603 - one of ours, above
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            check=False,
            env={**os.environ, "HOME": home},
        )
    text = done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else ""
    pairs = (entry.partition("=") for entry in text.split("\0") if entry)
    return {
        name: value
        for name, _, value in pairs
        if NAME.fullmatch(name) and name not in IGNORED and os.environ.get(name) != value
    }


def main(root: Path, python: str) -> None:
    """Write ``.environment`` below ``root``: the Python of the launchers, and all variables."""
    found = next(filter(None, map(changes, activations(Path(sys.prefix)))), {})
    lines = [f"apkg_python={shlex.quote(python)}\n"]
    lines += [f"export {name}={shlex.quote(found[name])}\n" for name in sorted(found)]
    path = root / ".environment"
    path.write_text("".join(lines), encoding="utf-8", errors="surrogateescape")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
