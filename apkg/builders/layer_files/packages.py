"""``missing FILE``: which requirements are not met here. ``managed``: whose Python this is.

Prints one requirement per line; ``yes`` where the system's package manager owns this Python
(PEP 668, https://packaging.python.org/en/latest/specifications/externally-managed-environments/).
"""

from __future__ import annotations

import re
import sys
import sysconfig
from importlib import metadata
from pathlib import Path

NAME = re.compile(r"[A-Za-z0-9]+(?:[-_.]+[A-Za-z0-9]+)*")


def is_missing(requirement: str) -> bool:
    """Whether a requirement is not met; one that cannot be understood is pip's to judge."""
    match = NAME.match(requirement)
    try:
        version = metadata.version(match.group() if match else requirement)
    except metadata.PackageNotFoundError:
        return True
    try:
        from packaging.requirements import Requirement

        return not Requirement(requirement).specifier.contains(version, prereleases=True)
    except ImportError:
        return False
    except ValueError:
        return True


def is_managed() -> bool:
    """Whether pip may not install into this Python."""
    marker = Path(sysconfig.get_path("stdlib")) / "EXTERNALLY-MANAGED"
    return sys.prefix == sys.base_prefix and marker.exists()


def main(arguments: list[str]) -> None:
    """Print the answer."""
    if arguments[0] == "managed":
        sys.stdout.write("yes\n" if is_managed() else "no\n")
        return
    lines = Path(arguments[1]).read_text(encoding="utf-8").splitlines()
    sys.stdout.writelines(f"{line}\n" for line in lines if line and is_missing(line))


if __name__ == "__main__":
    main(sys.argv[1:])
