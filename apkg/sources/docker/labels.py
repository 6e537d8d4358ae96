"""Labels of an image as claims: the OCI annotations, label-schema.org, and plain names.

OCI image specification 1.1, annotations.md (``org.opencontainers.image.*``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from apkg.errors import Location
from apkg.names import printable
from apkg.sources.claims import Claim, Layer
from apkg.sources.people import people, texts

_OCI, _OLD = "org.opencontainers.image.", "org.label-schema."
#: Claim -> the labels that make it, the first to win first.
_LABELS: Mapping[str, tuple[str, ...]] = {
    "title": (f"{_OCI}title", f"{_OLD}name", "title", "name"),
    "abstract": (f"{_OCI}description", f"{_OLD}description", "description", "summary"),
    "version": (f"{_OCI}version", f"{_OLD}version", "version"),
    "license": (f"{_OCI}licenses", f"{_OLD}license", "license", "licence", "licenses"),
    "code_repository": (f"{_OCI}source", f"{_OLD}vcs-url", "source", "vcs-url"),
    "date_created": (f"{_OCI}created", f"{_OLD}build-date"),
}
_AUTHORS = (f"{_OCI}authors", "maintainer", "maintainers", "author", "authors")
_WEB = re.compile(r"(?:https?|git|ssh)(?:\+ssh)?://\S+|git@\S+")
_LONGEST = 5_000


def label_layer(labels: Mapping[str, str], *, voice: str, location: Location | None) -> Layer:
    """What ``labels`` say of the application; ``voice`` is ``Dockerfile`` or the like."""
    found: dict[str, object] = {}
    for claim, names in _LABELS.items():
        value = _first(labels, names)
        if value and (claim != "code_repository" or _WEB.match(value)):
            found[claim] = value
    if "code_repository" not in found:
        address = _first(labels, (f"{_OCI}url", f"{_OLD}url", "url"))
        if re.match(r"https?://(?:www\.)?(?:github|gitlab|codeberg|bitbucket)\.", address):
            found["code_repository"] = address
    if authors := people(_names(_first(labels, _AUTHORS))):
        found["authors"] = authors
    if keywords := texts(_first(labels, ("keywords", "io.openshift.tags"))):
        found["keywords"] = keywords
    return Layer(
        application={
            name: Claim(value=value, source=f"{voice} LABEL", location=location)
            for name, value in found.items()
        }
    )


def _first(labels: Mapping[str, str], names: tuple[str, ...]) -> str:
    found = (printable(labels[name])[:_LONGEST].strip() for name in names if name in labels)
    return next((text for text in found if text), "")


def _names(text: str) -> list[str]:
    """``A <a@x>, B <b@x>`` as a list; a comma inside one name does no harm with addresses."""
    if "<" in text:
        return [part.strip(" ,;") for part in re.findall(r"[^<>]*<[^<>]*>", text)]
    return [part.strip() for part in re.split(r"[,;]|\sand\s", text) if part.strip()]
