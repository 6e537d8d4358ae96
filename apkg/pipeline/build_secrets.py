"""What an image takes beside the cells of its notebooks: files and outputs that hold secrets."""

from __future__ import annotations

import os
from pathlib import Path

from apkg.report import Finding


def secrets_in(context: Path, folder: Path, *, allow: bool) -> tuple[Finding, ...]:
    """What in the build context of ``folder`` looks like a secret, or was not searched.

    Raises:
        SecretsError: there is one, and nobody has allowed it.
    """
    from apkg.sources.secrets import folder_findings, refuse

    def named(path: Path) -> Path | None:
        """The file of the user's that a file of the context is; None for one of ours."""
        way = path.relative_to(context)
        ways = (way, Path(*way.parts[1:])) if way.parts[:1] == ("src",) else (way,)
        return next((folder / one for one in ways if os.path.lexists(folder / one)), None)

    found = folder_findings(context, named, allow=allow)
    if not allow:
        refuse(found)
    return found
