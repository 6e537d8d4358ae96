"""What is said about a secret; never the secret itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from apkg.errors import Location, SourceError
from apkg.report import Finding

DEFAULT, TEXT, LEFT = "secrets/default", "secrets/text", "build/not-searched"
_REMOVE = (
    "Read it from the environment, or make it a parameter without a value; if others may have "
    "seen it, revoke it. --allow-secrets packs it as it is."
)


class SecretsError(SourceError):
    """What was to be packed holds a secret."""


def in_default(name: str, kind: str, place: Location | None, *, kept: bool) -> Finding:
    """The default of an input is a secret; it is left out unless it is ``kept``."""
    done = "it is packed for everybody to read" if kept else "it is left out"
    return Finding(
        rule=DEFAULT,
        severity="warning",
        message=f"the default of {name} looks like {kind}; {done}",
        location=place,
        advice=None
        if kept
        else "Whoever runs the application gives it. Remove it from the source; if others may "
        "have seen it, revoke it. --allow-secrets packs it as it is.",
        subject=name,
    )


def in_text(where: str, kind: str, place: Location | None, *, kept: bool) -> Finding:
    """``where`` something travels with the package, there is a secret."""
    return Finding(
        rule=TEXT,
        severity="warning" if kept else "error",
        message=f"{where} holds what looks like {kind}; the package would show it to everybody",
        location=place,
        advice=None if kept else _REMOVE,
    )


def not_searched(number: int, place: Location) -> Finding:
    """So many files of a folder were too much to look at."""
    return Finding(
        rule=LEFT,
        severity="note",
        message=f"{number} files were not searched for secrets: the folder is too large",
        location=place,
        advice="Name what the image does not need in .dockerignore.",
    )


def refuse(findings: Sequence[Finding], *, rules: Iterable[str] = (TEXT,)) -> None:
    """Stop where a secret would be packed that nobody has allowed.

    Raises:
        SecretsError: one of ``findings`` is by one of ``rules``.
    """
    wanted = tuple(rules)
    found = [finding for finding in findings if finding.rule in wanted]
    if not found:
        return
    message = found[0].message
    if len(found) > 1:
        message += f" (and {len(found) - 1} more)"
    raise SecretsError(message, hint=_REMOVE, location=found[0].location)
