"""Who gets which name in the output folder: no package overwrites another, ever."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apkg.errors import ApkgError, Location
from apkg.files.write import place_all
from apkg.names import file_stem, printable
from apkg.pipeline.batch_outcome import Outcome, Package, Unchanged
from apkg.pipeline.batch_work import Made, Worked
from apkg.pipeline.convert import same_id
from apkg.pipeline.options import ConvertOptions

if TYPE_CHECKING:
    from apkg.pipeline.batch_resume import Memory

#: What ends a batch: it would be the same for every other source.
_FATAL = frozenset([errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO])


class Claims:
    """Takes results in the order of the sources; the first to claim an id has it."""

    def __init__(self, options: ConvertOptions, memory: Memory | None) -> None:
        self._options, self._memory = options, memory
        self._taken: dict[str, str] = {}
        self._spelt = _with_capitals(options.out)

    def settle(self, result: Worked | Unchanged) -> Outcome:
        """Claim the ids of a source, and give its packages their places.

        Raises:
            ApkgError: the output folder cannot be written any more.
        """
        if isinstance(result, Unchanged):
            return self._unchanged(result)
        if result.fatal is not None:
            raise result.fatal
        if self._memory is not None and any(made.staged for made in result.made):
            self._memory.intend(result.source, _digests(result.made))
        packages = tuple(self._settled(result.source, made) for made in result.made)
        failed = any(package.error for package in packages)
        if self._memory is not None and any(package.files for package in packages):
            self._memory.keep(
                result.source,
                [_kept(package) for package in packages if package.files],
                None if failed else result.reads,
                _digests(result.made),
            )
        return Outcome(
            source=result.source, status="failed" if failed else "converted", packages=packages
        )

    def _unchanged(self, result: Unchanged) -> Outcome:
        packages = []
        for kept in result.packages:
            package = Package(
                id=kept["id"],
                title=kept["title"],
                files=tuple(str(self._options.out / name) for name in kept["files"]),
                warnings=kept["warnings"],
                losses=kept["losses"],
            )
            other = self._taken.setdefault(file_stem(package.id).lower(), result.source)
            if other != result.source:
                error = same_id(printable(result.source), package.id, printable(other))
                package = Package(error=error)
            packages.append(package)
        failed = any(package.error for package in packages)
        return Outcome(
            source=result.source,
            status="failed" if failed else "unchanged",
            packages=tuple(packages),
        )

    def _settled(self, source: str, made: Made) -> Package:
        if made.error is not None:
            return Package(error=made.error, bug=made.bug, data=made.data)
        key = file_stem(made.id).lower()
        try:
            if key in self._taken:
                raise same_id(printable(source), made.id, printable(self._taken[key]))
            self._place(source, made)
        except ApkgError as error:
            if isinstance(error.__cause__, OSError) and error.__cause__.errno in _FATAL:
                raise
            return Package(error=error)
        self._taken[key] = source
        return Package(
            id=made.id,
            title=made.title,
            files=tuple(str(path) for _, path in made.staged),
            warnings=made.warnings,
            losses=made.losses,
            data=made.data,
        )

    def _place(self, source: str, made: Made) -> None:
        ours = []
        for _, path in made.staged:
            self._check_case(path)
            if self._memory is None or self._options.force or not os.path.lexists(path):
                continue
            owner = self._memory.owner(path)
            if owner is not None and not self._memory.is_own(source, owner):
                raise ApkgError(
                    f"not overwritten: {path}, which was made of {printable(owner)}",
                    hint="Rename one of the two, or give ids under 'applications' in apkg.yaml.",
                    location=Location(path=printable(source)),
                )
            if owner is not None:
                ours.append(path)
        place_all(made.staged, force=self._options.force, ours=ours)

    def _check_case(self, path: Path) -> None:
        """Two names that differ only in case are one file to other systems."""
        other = self._spelt.get(path.name.lower(), path.name)
        lower = path.with_name(path.name.lower())
        if other == path.name and lower.name != path.name and os.path.lexists(lower):
            # Where case makes no difference, that is the file itself.
            other = path.name if _is_same(lower, path) else lower.name
        if other != path.name:
            raise ApkgError(
                f"there is {other} already, whose name differs only in capital letters",
                hint="Give another id, or convert into another folder with -o.",
                location=Location(path=str(path)),
            )
        if lower.name != path.name:
            self._spelt[lower.name] = path.name


def _with_capitals(folder: Path) -> dict[str, str]:
    """The names in a folder that have capitals, by their lower case."""
    try:
        with os.scandir(folder) as entries:
            return {e.name.lower(): e.name for e in entries if e.name.lower() != e.name}
    except OSError:
        return {}


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _digests(made: Sequence[Made]) -> dict[str, bytes]:
    return {name: digest for one in made for name, digest in one.digests.items()}


def _kept(package: Package) -> Mapping[str, Any]:
    return {
        "id": package.id,
        "title": package.title,
        "files": [Path(path).name for path in package.files],
        "warnings": package.warnings,
        "losses": package.losses,
    }
