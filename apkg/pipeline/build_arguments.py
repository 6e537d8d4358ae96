"""What the engine's own options say that decides about the build context."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_OPTION = "--build-arg"


def build_arguments(options: Iterable[str], environment: Mapping[str, str]) -> dict[str, str]:
    """The values of ``--build-arg NAME=VALUE``; ``--build-arg NAME`` takes the environment's.

    (docs.docker.com, docker build: a name that the environment lacks is left unset.)
    """
    found: dict[str, str] = {}
    words = iter(options)
    for word in words:
        option, mark, text = word.partition("=")
        if option != _OPTION:
            continue
        name, given, value = (text if mark else next(words, "")).partition("=")
        if given:
            found[name] = value
        elif name in environment:
            found[name] = environment[name]
    found.pop("", None)
    return found
