"""Files beside a source that describe the work it belongs to.

``CITATION.cff`` (Citation File Format 1.2), ``codemeta.json`` (CodeMeta 2 and 3) and the
``[project]`` table of ``pyproject.toml`` (PEP 621, PEP 639). They were written for others, so
a broken one is a warning, and whatever is not understood in them is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from apkg.errors import Location, SourceError
from apkg.files.documents import read_document
from apkg.report import Finding
from apkg.sources.claims import Claim, Layer
from apkg.sources.people import people, texts

_LIMIT_BYTES = 1_000_000
_LONGEST_LICENSE = 100
_REPOSITORY_LABELS = ("repository", "source", "sourcecode", "code", "github", "gitlab")

#: Claim name -> (value, the key of the file that it came from).
_Facts = dict[str, tuple[object, str]]


def side_files(folder: Path) -> tuple[tuple[Layer, ...], tuple[Finding, ...]]:
    """Return the claims of the files in ``folder`` that describe the work, and their flaws."""
    readers: dict[str, Callable[[Path], Layer]] = {
        "CITATION.cff": lambda path: _document(path, _citation),
        "codemeta.json": lambda path: _document(path, _codemeta),
        "pyproject.toml": _pyproject,
    }
    layers: list[Layer] = []
    findings: list[Finding] = []
    for name, reader in readers.items():
        path = folder / name
        if not path.is_file():
            continue
        try:
            layers.append(reader(path))
        except SourceError as error:
            findings.append(_broken(path, error))
    return tuple(layers), tuple(findings)


def _broken(path: Path, error: SourceError) -> Finding:
    return Finding(
        rule="surroundings/unreadable",
        severity="warning",
        message=f"{path.name} is not used: {error.message}",
        location=error.location or Location(path=str(path)),
        advice=error.hint,
        subject=path.name,
    )


def _document(path: Path, read: Callable[[Mapping[str, object]], _Facts]) -> Layer:
    document = read_document(path, limit=_LIMIT_BYTES)
    if not isinstance(document.value, dict):
        location = document.location(())
        raise SourceError("there is no mapping (key: value) in it", location=location)
    return _layer(read(document.value), path, lambda key: document.location((key,), key=True))


def _pyproject(path: Path) -> Layer:
    import tomllib

    from apkg.files.read_bytes import decode, read_bytes

    text = decode(read_bytes(path, limit=_LIMIT_BYTES), name=str(path))
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise SourceError(f"not TOML: {error}", location=Location(path=str(path))) from error
    project = data.get("project")
    facts = _project(project) if isinstance(project, dict) else {}
    return _layer(facts, path, lambda key: Location(path=str(path), line=_toml_line(text, key)))


def _layer(facts: _Facts, path: Path, where: Callable[[str], Location]) -> Layer:
    claims = {
        name: Claim(value=value, source=path.name, location=where(key))
        for name, (value, key) in facts.items()
        if value
    }
    return Layer(application=claims)


def _citation(data: Mapping[str, object]) -> _Facts:
    doi = _text(data.get("doi"))
    licenses = data.get("license")
    license_ = licenses if isinstance(licenses, list) else [licenses]
    return {
        "title": (_text(data.get("title")), "title"),
        "abstract": (_text(data.get("abstract"), lines=True), "abstract"),
        "version": (_text(data.get("version")), "version"),
        "keywords": (texts(data.get("keywords")), "keywords"),
        "authors": (people(data.get("authors")), "authors"),
        "license": (" OR ".join(filter(None, map(_text, license_))), "license"),
        "code_repository": (_text(data.get("repository-code")), "repository-code"),
        "citation": (f"https://doi.org/{doi}" if doi.startswith("10.") else doi, "doi"),
        "date_created": (_text(data.get("date-released")), "date-released"),
    }


def _codemeta(data: Mapping[str, object]) -> _Facts:
    license_ = data.get("license")
    if isinstance(license_, Mapping):
        license_ = license_.get("url") or license_.get("@id") or license_.get("name")
    repository = data.get("codeRepository")
    return {
        "title": (_text(data.get("name")), "name"),
        "abstract": (_text(data.get("description"), lines=True), "description"),
        "version": (_text(data.get("version") or data.get("softwareVersion")), "version"),
        "keywords": (texts(data.get("keywords")), "keywords"),
        "authors": (people(data.get("author")), "author"),
        "license": (_text(license_), "license"),
        "code_repository": (_text(repository), "codeRepository"),
        "date_created": (_text(data.get("dateCreated")), "dateCreated"),
        "release_notes": (_text(data.get("releaseNotes"), lines=True), "releaseNotes"),
    }


def _project(project: Mapping[str, object]) -> _Facts:
    license_ = project.get("license")
    if isinstance(license_, Mapping):
        license_ = license_.get("text")
    name = license_.strip() if isinstance(license_, str) else ""
    # The table form often holds the whole text of a licence, which is no name of it.
    if "\n" in name or len(name) > _LONGEST_LICENSE:
        name = ""
    return {
        "version": (_text(project.get("version")), "version"),
        "keywords": (texts(project.get("keywords")), "keywords"),
        "authors": (people(project.get("authors")), "authors"),
        "license": (name, "license"),
        "code_repository": (_repository(project.get("urls")), "urls"),
    }


def _repository(urls: object) -> str:
    if not isinstance(urls, Mapping):
        return ""
    labels = {re.sub(r"[\W_]", "", str(label).lower()): url for label, url in urls.items()}
    found = (labels[label] for label in _REPOSITORY_LABELS if label in labels)
    return _text(next(found, None))


def _text(value: object, *, lines: bool = False) -> str:
    """``value`` as text; a version may well have been read as a number."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        return ""
    return value.strip() if lines else " ".join(value.split())


def _toml_line(text: str, key: str) -> int | None:
    """Return the line of ``key`` in the table ``[project]``, or of a table ``[project.key]``."""
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line):
            table = header[1]
            if table == f"project.{key}":
                return number
        elif table == "project" and re.match(rf"\s*\"?{key}\"?[\s.=]", line):
            return number
    return None
