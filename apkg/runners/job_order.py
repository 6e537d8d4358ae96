"""The job order of one run: the values that a user gives, checked against the inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from apkg.errors import ApkgError, Location, UsageError
from apkg.files.documents import Document, read_document
from apkg.model import Input
from apkg.names import did_you_mean, printable
from apkg.runners.interface import Json
from apkg.runners.job_values import from_document, from_words


def job_order(
    inputs: Sequence[Input],
    *,
    words: Sequence[str] = (),
    values: Mapping[str, object] | None = None,
    file: Path | None = None,
    base: Path | None = None,
) -> dict[str, Json]:
    """Build the job order from words ``name=value`` and a job order file; the words win.

    ``values`` are plain data, as in such a file; they win over the file. Paths in words and values
    are relative to ``base`` (the current folder), those in the file to the file.
    An input of an array type may be given several times, or once as a JSON list. ``name=null``
    is null. An input that is not given is left to its default.

    Raises:
        UsageError: a word is no ``name=value``, a name is unknown, or a value does not fit.
        ApkgError: the file cannot be read, or required inputs are missing.

    """
    known = {declared.id: declared for declared in inputs}
    order = {} if file is None else _from_file(known, file)
    here = base or Path.cwd()
    for name, value in (values or {}).items():
        order[name] = _from_value(known, name, value, here)
    for name, texts in _by_name(known, words).items():
        order[name] = from_words(known[name], texts, here)
    _check_complete(inputs, order)
    return order


def _by_name(known: Mapping[str, Input], words: Sequence[str]) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    for word in words:
        name, mark, text = word.partition("=")
        if not mark:
            raise UsageError(
                f"{printable(word)!r} is not of the form NAME=VALUE",
                hint=f"The inputs are: {_names(known)}.",
            )
        if name not in known:
            raise _unknown(known, name)
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise UsageError(f"{name}: the value is not valid UTF-8") from None
        given.setdefault(name, []).append(text)
    return given


def _from_file(known: Mapping[str, Input], file: Path) -> dict[str, Json]:
    document = read_document(file)
    errors = [finding for finding in document.findings if finding.severity == "error"]
    if errors:
        raise ApkgError(errors[0].message, hint=errors[0].advice, location=errors[0].location)
    value = document.value
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ApkgError(
            "a job order is a mapping of input names to values",
            hint="Write one line `name: value` for each input.",
            location=Location(path=str(file), line=1),
        )
    return {
        name: _in_file(known, document, name, value[name]) for name in value if name != "cwl:tool"
    }


def _in_file(known: Mapping[str, Input], document: Document, name: str, value: object) -> Json:
    location = document.location((name,))
    try:
        return _from_value(known, name, value, Path(document.name).parent.absolute())
    except UsageError as error:
        raise UsageError(error.message, hint=error.hint, location=location) from None


def _from_value(known: Mapping[str, Input], name: str, value: object, base: Path) -> Json:
    if name not in known:
        raise _unknown(known, name)
    declared = known[name]
    if value is None and (declared.optional or declared.default is not None):
        return None
    return from_document(declared, value, base)


def _unknown(known: Mapping[str, Input], name: str) -> UsageError:
    close = did_you_mean(name, known)
    advice = f"Did you mean {close}?" if close else f"The inputs are: {_names(known)}."
    return UsageError(f"there is no input {printable(name)!r}", hint=advice)


def _names(known: Mapping[str, Input]) -> str:
    return ", ".join(known) or "none"


def _check_complete(inputs: Sequence[Input], order: Mapping[str, Json]) -> None:
    missing = [
        declared
        for declared in inputs
        if not declared.optional and declared.default is None and order.get(declared.id) is None
    ]
    if missing:
        lines = "".join(
            f"\n  {declared.id}" + (f": {printable(declared.label)}" if declared.label else "")
            for declared in missing
        )
        raise UsageError(
            f"{len(missing)} required input{'s' * (len(missing) > 1)} missing:{lines}",
            hint=f"Give {' '.join(f'{declared.id}=…' for declared in missing)}, or --inputs FILE.",
        )
