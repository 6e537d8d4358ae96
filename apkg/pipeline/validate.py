"""The use case `apkg validate`: many files in, one report for each out.

One file that cannot be read never stops the others: its report says so.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from apkg.errors import ApkgError, Location, SourceError, UsageError
from apkg.files.documents import Document, parse_document, read_document
from apkg.files.read_bytes import LIMIT_BYTES
from apkg.names import printable
from apkg.report import Finding, Report
from apkg.validators.kinds import kind_of

if TYPE_CHECKING:
    from apkg.validators.interface import Validator

#: Notebooks carry the pictures and tables that they made; conversion reads as much.
NOTEBOOK_BYTES = 256 * 1024 * 1024
#: What a folder is searched for; a file named by the user may be called anything.
SUFFIXES = frozenset([".cwl", ".json", ".yaml", ".yml", ".ipynb"])
#: Folders of data are full of XML; of it, only what names a namespace of ours is looked at.
XML_SUFFIXES = frozenset([".xml", ".atom"])
#: Sets of rules that are asked for by name.
PROFILES = ("best-practice", "documentation", "platform:calrissian")
#: Files that one set of validators looks at.
_AT_ONCE = 500
_NOTHING_OF_OURS = "neither CWL, nor a deployment document, nor an apkg manifest, nor a notebook"
_SEVERITIES = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidateOptions:
    """What is checked, and how strictly.

    ``profiles`` are sets of rules beyond those that every document must follow
    (``best-practice``). ``ignore`` are rule ids that are left out; ``cwl/*`` is a whole set.
    ``strict`` turns warnings into errors.
    """

    profiles: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False


_DEFAULTS = ValidateOptions()


def validate_paths(
    paths: Sequence[Path], *, options: ValidateOptions = _DEFAULTS
) -> tuple[Report, ...]:
    """A report for each file of ``paths``; folders are searched for documents.

    Raises:
        UsageError: ``options`` name a profile that does not exist.
    """
    validator = PathValidator(options)
    return tuple(validator.report(path, named=named) for path, named in files_of(paths))


class PathValidator:
    """Reports about files, one after the other.

    Raises:
        UsageError: ``options`` name a profile that does not exist.
    """

    def __init__(self, options: ValidateOptions) -> None:
        unknown = set(options.profiles) - set(PROFILES)
        if unknown:
            raise UsageError(
                f"there is no profile '{printable(min(unknown))}'",
                hint=f"There are: {', '.join(PROFILES)}.",
            )
        self._options = options
        self._validators: list[Validator] = []
        self._left = 0

    def report(self, path: Path, *, named: bool) -> Report:
        """The report about a file; ``named`` by the user, or found in a folder."""
        if not self._left:
            # One set for many, so that a file that many refer to is read once; not for all, as
            # the set remembers what it has read.
            self._validators, self._left = _validators(self._options), _AT_ONCE
        self._left -= 1
        return _validate_path(path, self._options, self._validators, named)


def validate_document(document: Document, *, options: ValidateOptions = _DEFAULTS) -> Report:
    """A report about one document that has been read."""
    return _report(document, options, _validators(options))


def validate_text(data: bytes, *, name: str, options: ValidateOptions = _DEFAULTS) -> Report:
    """A report about a document that is no file, such as standard input."""
    try:
        document = parse_document(data, name=name, limit=LIMIT_BYTES, xml=True)
    except ApkgError as error:
        return _unread(printable(name), error, options)
    return validate_document(document, options=options)


def _unread(name: str, error: ApkgError, options: ValidateOptions) -> Report:
    return Report(path=name, kind="unreadable", findings=_tidy([_unreadable(error)], options))


def _report(
    document: Document, options: ValidateOptions, validators: Sequence[Validator]
) -> Report:
    findings = list(document.findings)
    fitting = [validator for validator in validators if validator.accepts(document)]
    for validator in fitting:
        findings += validator.check(document)
    kind = fitting[0].name if fitting else "unknown"
    if kind == "deploy" and kind_of(document.value) != "deploy":
        findings += _of_context(document, findings)
    if kind_of(document.value) == "notebook":
        kind = "notebook"
        from apkg.pipeline.notebook_check import notebook_findings

        findings += notebook_findings(document)
    elif not fitting:
        findings.append(_unknown(document))
    return Report(path=document.name, kind=kind, findings=_tidy(findings, options))


def _of_context(document: Document, structure: Sequence[Finding]) -> tuple[Finding, ...]:
    """What a context's process means; where its structure is broken, nobody could tell."""
    if any(finding.severity == "error" for finding in structure):
        return ()
    from apkg.pipeline.context_check import context_findings

    return context_findings(document)


def _validate_path(
    path: Path,
    options: ValidateOptions,
    validators: Sequence[Validator],
    named: bool,  # noqa: FBT001
) -> Report:
    try:
        if os.path.isdir(path):  # noqa: PTH112
            raise _closed(path)
        document = read_document(path, limit=_limit(path), xml=True)
    except ApkgError as error:
        return _unread(printable(str(path)), error, options)
    report = _report(document, options, validators)
    if not named and report.kind == "unknown":
        # A folder holds much that is no package; only what the user named must be one.
        found = tuple(f for f in report.findings if f.rule == "document/unknown")
        softened = tuple(replace(f, severity="note") for f in found)
        return replace(report, findings=softened)
    return report


def _limit(path: Path) -> int:
    return NOTEBOOK_BYTES if path.suffix.lower() == ".ipynb" else LIMIT_BYTES


def files_of(paths: Iterable[Path]) -> list[tuple[Path, bool]]:
    """The files to look at, each once, and whether the user named it."""
    found: dict[Path, bool] = {}
    for path in paths:
        # Path.is_dir raises where a folder on the way is closed.
        if os.path.isdir(path):  # noqa: PTH112
            for child in _walk(path):
                found.setdefault(child, False)
        else:
            found[path] = True
    return list(found.items())


def _walk(folder: Path) -> Iterable[Path]:
    """The documents below ``folder``, and the folders that cannot be searched."""
    closed: list[OSError] = []
    # os.walk does not follow links to folders, so that a loop of links is no loop here.
    for root, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f != "__pycache__")
        for name in sorted(names):
            path = Path(root, name)
            if path.suffix.lower() in SUFFIXES or _is_our_xml(path):
                yield path
    yield from (Path(error.filename) for error in closed)


def _is_our_xml(path: Path) -> bool:
    if path.suffix.lower() not in XML_SUFFIXES:
        return False
    from apkg.sources.deploy_xml import is_deploy_xml

    return is_deploy_xml(path)


def _closed(path: Path) -> SourceError:
    """What is said of a folder that comes here itself: it could not be searched."""
    name = printable(str(path))
    return SourceError(
        f"cannot search {name}: you may not read this folder",
        hint="Check its permissions, or leave it out.",
        location=Location(path=name),
    )


def _validators(options: ValidateOptions) -> list[Validator]:
    from apkg.validators.consistency import ConsistencyValidator
    from apkg.validators.context import ContextValidator
    from apkg.validators.cwl import CwlValidator
    from apkg.validators.deploy import DeployValidator
    from apkg.validators.manifest import ManifestValidator

    found: list[Validator] = [CwlValidator(), DeployValidator(), ManifestValidator()]
    found += [ContextValidator(), ConsistencyValidator()]
    if "best-practice" in options.profiles:
        from apkg.validators.best_practice import BestPracticeValidator

        found.append(BestPracticeValidator())
    if "documentation" in options.profiles:
        from apkg.validators.documentation import DocumentationValidator

        found.append(DocumentationValidator())
    if "platform:calrissian" in options.profiles:
        from apkg.validators.platform import CalrissianValidator

        found.append(CalrissianValidator())
    return found


def _tidy(findings: Iterable[Finding], options: ValidateOptions) -> tuple[Finding, ...]:
    kept = [f for f in dict.fromkeys(findings) if not _ignored(f.rule, options.ignore)]
    if options.strict:
        kept = [replace(f, severity="error") if f.severity == "warning" else f for f in kept]
    return tuple(sorted(kept, key=_order))


def _ignored(rule: str, ignore: tuple[str, ...]) -> bool:
    return any(
        rule == name or (name[-2:] == "/*" and rule.startswith(name[:-1])) for name in ignore
    )


def _order(finding: Finding) -> tuple[int, int, int]:
    place = finding.location
    line = (place.line or 0) if place else 0
    return line, (place.column or 0) if place else 0, _SEVERITIES[finding.severity]


def _unreadable(error: ApkgError) -> Finding:
    # What could be opened has lines: then it is its content that is wrong.
    read = error.location is not None and error.location.line is not None
    return Finding(
        rule="document/syntax" if read else "document/unreadable",
        severity="error",
        message=printable(error.message),
        location=error.location,
        advice=error.hint,
    )


def _neither(document: Document) -> str:
    from apkg.files.read_xml import Element

    if isinstance(document.value, Element):
        return "XML that is neither an OWS Context (Atom) nor a process offering of WPS 2.0"
    if document.value is None:
        held = "is empty" if not document.text.strip() else "holds no value"
        return f"the document {held}: it is {_NOTHING_OF_OURS}"
    return _NOTHING_OF_OURS


def _what_to_write(document: Document) -> str:
    from apkg.files.read_xml import Element

    if not isinstance(document.value, Element):
        return (
            "CWL says 'cwlVersion' and 'class' on top; a deployment document says "
            "'processDescription' and 'executionUnit'."
        )
    found = (e.name for e in (document.value, *document.value.walk()))
    if any(name == "ProcessDescription" for name in found):
        return "It is of WPS 1.0: ask the server with request=DescribeProcess&version=2.0.0."
    if document.value.name == "Execute":
        return "It asks a process to run; apkg checks what describes or deploys one."
    return "A process offering begins with wps:ProcessOffering, an OWS Context with feed."


def _unknown(document: Document) -> Finding:
    return Finding(
        rule="document/unknown",
        severity="error",
        message=_neither(document),
        location=document.location(()),
        advice=_what_to_write(document),
    )
