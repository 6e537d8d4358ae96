"""An image's own configuration: ``docker inspect``, an OCI layout, a ``docker save`` archive.

Nothing is unpacked to disk, and nothing of an image is run.
"""

from __future__ import annotations

from pathlib import Path

from apkg.errors import Location, SourceError
from apkg.sources.docker.config import ImageSettings
from apkg.sources.image.settings import settings_of

_HINT = (
    "Give what `docker image inspect IMAGE` prints, an OCI layout (a folder or archive), or the "
    "archive that `docker save IMAGE` writes."
)


def read_image_config(path: Path) -> ImageSettings:
    """What the image described at ``path`` is set up to run, and its labels.

    Raises:
        SourceError: it is no image configuration, broken, too large, or of several images.
    """
    if path.is_dir():
        from apkg.sources.image.layout import FolderStore, from_store

        return from_store(FolderStore(path), path)
    from apkg.sources.image.archive import is_archive, read_archive

    if is_archive(path):
        from apkg.sources.image.layout import from_store

        return from_store(read_archive(path), path)
    from apkg.sources.image.documents import parse_json, read_json_bytes

    data = parse_json(read_json_bytes(path), str(path))
    found = settings_of(data, path=str(path))
    if found is None:
        raise SourceError(
            "this is no image configuration", hint=_HINT, location=Location(path=str(path))
        )
    return found
