"""What is assumed where nobody says anything: id, version, image, and resources."""

from __future__ import annotations

import re

from apkg.errors import Location
from apkg.names import process_id
from apkg.sources.claims import Claim, Fields, Layer

#: Authors rarely say; platforms want a figure (OGC 20-089, Calrissian).
DEFAULT_CORES, DEFAULT_RAM_MIB = 1, 1024


def fallback_layer(
    name: str,
    known: Fields,
    *,
    location: Location | None,
    named_by: str = "file name",
    image: str | None = None,
) -> Layer:
    """The values of last resort, every one of them a guess.

    ``name`` makes the id where ``known``, the merged claims, has none; ``named_by`` tells where
    it is from. The image is called like the application, or as ``image``, but for its tag.
    """

    def guess(source: str, value: object) -> Claim:
        return Claim(value=value, source=source, guessed=True, location=location)

    identifier = str(known["id"].value) if "id" in known else process_id(name)
    version = str(known["version"].value) if "version" in known else "1.0.0"
    found = {
        "id": guess(named_by, identifier),
        "version": guess("assumed", version),
        "image": guess("assumed", f"{(image or identifier).lower()}:{image_tag(version)}"),
    }
    if not {"ram_min", "ram_max"} & known.keys():
        found["ram_min"] = guess("assumed", DEFAULT_RAM_MIB)
    if not {"cores_min", "cores_max"} & known.keys():
        found["cores_min"] = guess("assumed", DEFAULT_CORES)
    return Layer(application=found)


def image_tag(version: str) -> str:
    """A version as a Docker tag may be spelt (``1.0.0+local`` is none)."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", version).strip("-.")[:128] or "latest"
