"""``apkg.yaml``: found beside a source, read, and told apart by notebook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from apkg.errors import Location
from apkg.files.documents import Document, read_document
from apkg.files.there import is_file
from apkg.names import did_you_mean, printable
from apkg.report import Finding
from apkg.sources.manifest.reading import ManifestReading, reading_of
from apkg.sources.manifest.said import Said, said_in
from apkg.sources.manifest.values import JsonPath, Values
from apkg.sources.manifest.vocabulary import ABOUT, APPLICATION, SPECIFIC
from apkg.sources.problems import Problem, stop

_LIMIT_BYTES = 1_000_000


def read_manifest(path: Path, *, notebook: str | None) -> ManifestReading:
    """Read what the manifest at ``path`` says of ``notebook``, a path relative to its folder.

    Raises:
        SourceError: it cannot be read, has unknown keys or wrong values (all of them are told),
            or describes "the" application of a folder with several notebooks.

    """
    document = read_document(path, limit=_LIMIT_BYTES)
    reader = _Reader(document, path)
    said = reader.all_said(notebook)
    stop(sorted(reader.problems, key=_line))
    return reading_of(said, (*document.findings, *reader.findings))


class _Reader:
    __slots__ = ("_document", "_path", "_values", "findings", "problems")

    def __init__(self, document: Document, path: Path) -> None:
        self._document = document
        self._path = path
        self._values = Values(self._where)
        self.problems: list[Problem] = self._values.problems
        self.findings: list[Finding] = []

    def all_said(self, notebook: str | None) -> list[Said]:
        """Everything that holds for ``notebook``, the most particular first."""
        known = {**ABOUT, **APPLICATION}
        members = self._values.mapping(self._document.value, (), known)
        about = members.pop("notebook", None)
        named = None if about is None else self._values.text(about, ("notebook",))
        blocks = self._values.mapping(members.pop("applications", None), ("applications",), None)
        # For 'apkg validate' alone, which checks it.
        members.pop("validate", None)
        # For 'apkg chain'.
        members.pop("chain", None)
        self._warn_of_missing(named, blocks)
        said: list[Said] = []
        # Every block is checked, so that a mistake does not wait for its notebook's turn.
        for name, block in blocks.items():
            part = self._said(block, ("applications", name))
            if notebook is not None and _same(name, notebook):
                said.append(part)
        if not self._is_about(named, notebook, members):
            members = {key: value for key, value in members.items() if key not in SPECIFIC}
        said.append(self._said(members, ()))
        return said

    def _said(self, data: object, path: JsonPath) -> Said:
        said = said_in(data, path=path, where=self._where, source=self._path.name)
        self.problems.extend(said.problems)
        return said

    def _is_about(
        self, named: str | None, notebook: str | None, members: Mapping[str, object]
    ) -> bool:
        """Whether the facts at the top that are of one notebook are those of ``notebook``."""
        if named is not None:
            return notebook is None or _same(named, notebook)
        specific = [key for key in SPECIFIC if key in members]
        others = [] if notebook is None or not specific else self._notebooks()
        if len(others) > 1:
            shown = ", ".join(others[:3]) + (" …" if len(others) > 3 else "")
            self.problems.append(
                Problem(
                    specific[0],
                    f"this is about one notebook, and the folder holds several ({shown})",
                    self._where((specific[0],), key=True),
                    'Say which with "notebook: NAME.ipynb", or move it below '
                    '"applications: {NAME.ipynb: …}".',
                )
            )
        return True

    def _notebooks(self) -> list[str]:
        return sorted(path.name for path in self._path.parent.glob("*.ipynb"))

    def _warn_of_missing(self, named: str | None, blocks: Mapping[str, object]) -> None:
        places: list[tuple[str, JsonPath]] = [(name, ("applications", name)) for name in blocks]
        if named is not None:
            places.append((named, ("notebook",)))
        for name, path in places:
            if is_file(self._path.parent / name):
                continue
            meant = did_you_mean(name, self._notebooks())
            self.findings.append(
                Finding(
                    rule="manifest/no-such-notebook",
                    severity="warning",
                    message=f"there is no notebook {printable(name)} beside the manifest",
                    location=self._where(path, key=True),
                    advice=f"Did you mean {meant}?" if meant else None,
                    subject=name,
                )
            )

    def _where(self, path: JsonPath, key: bool) -> Location | None:  # noqa: FBT001
        return self._document.location(path, key)


def _line(problem: Problem) -> tuple[int, int]:
    place = problem.location
    return (0, 0) if place is None else (place.line or 0, place.column or 0)


def _same(left: str, right: str) -> bool:
    return PurePosixPath(left) == PurePosixPath(right)
