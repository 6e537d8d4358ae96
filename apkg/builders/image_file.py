"""One file out of the archive in which an engine gives it."""

from __future__ import annotations

import io
import tarfile

from apkg.errors import ToolError

_MOST_BYTES = 64 * 2**20
#: What the archive adds to the file: headers, and the rest of the last record.
_FRAME = 64 * 2**10


class FileOfImage:
    """Takes the archive piece by piece; ``problem`` begins the message of every error."""

    def __init__(self, problem: str) -> None:
        self._problem = problem
        self._data = bytearray()

    def feed(self, data: bytes) -> None:
        """Take a piece.

        Raises:
            ToolError: it is becoming too large.

        """
        self._data += data
        if len(self._data) > _MOST_BYTES + _FRAME:
            raise ToolError(f"{self._problem}: it is larger than {_MOST_BYTES // 2**20} MB")

    def content(self) -> bytes:
        """Give the content of the file.

        Raises:
            ToolError: the archive holds no file.

        """
        try:
            with tarfile.open(fileobj=io.BytesIO(self._data)) as archive:
                member = archive.next()
                content = None if member is None else archive.extractfile(member)
                if member is not None and member.isfile() and content is not None:
                    return content.read()
        except tarfile.TarError as error:
            raise ToolError(f"{self._problem}: {error}") from error
        raise ToolError(f"{self._problem}: it is not a file")
