"""Chaining: several applications become one package with a workflow (18-049r1 clause 7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from apkg.chains.interface import ChainRequest, Wire, Wired
from apkg.emitters.interface import CwlVersion, EmitOptions, ExecutionUnit
from apkg.errors import UsageError
from apkg.model import Application, PickValue, ScatterMethod
from apkg.names import is_process_id, printable, process_id
from apkg.report import Finding

PICKS: tuple[PickValue, ...] = ("first_non_null", "the_only_non_null", "all_non_null")
METHODS: tuple[ScatterMethod, ...] = ("dotproduct", "nested_crossproduct", "flat_crossproduct")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainOptions:
    """How the parts are wired, and what is written; all words are as the command takes them.

    ``links`` are ``STEP/OUTPUT=STEP/INPUT`` or ``NAME=STEP/INPUT``, ``picks``
    ``STEP/INPUT=METHOD``, ``outputs`` ``[NAME=]STEP/OUTPUT``, ``scatter`` ``STEP/INPUT``,
    ``methods`` ``STEP=METHOD`` and ``when`` ``STEP=EXPRESSION``. ``out`` is the CWL file.
    """

    out: Path
    id: str | None = None
    title: str = ""
    abstract: str = ""
    links: tuple[str, ...] = ()
    picks: tuple[str, ...] = ()
    share: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    scatter: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    guess: bool = True
    split: bool = False
    cwl_version: CwlVersion = "v1.2"
    execution_unit: ExecutionUnit = "href"
    cwl_url: str | None = None
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chained:
    """What was made of the parts: the application, its links, the files that were written."""

    application: Application
    links: tuple[Wired, ...]
    files: tuple[Path, ...]
    findings: tuple[Finding, ...] = ()


def chain_parts(parts: Sequence[str], options: ChainOptions) -> Chained:
    """Chain ``parts`` (each ``[STEP=]PATH[#ID]``), and write the package of the whole.

    Raises:
        SourceError: a part cannot be read.
        UsageError: a link does not fit or leads nowhere, or two could be meant.
        ConversionError: the version of CWL cannot say it.
        ApkgError: a file exists, and ``force`` is not given.

    """
    from apkg.chains.chain import chain
    from apkg.files.write import write_all
    from apkg.pipeline.chain_parts import read_parts

    read = read_parts(parts)
    request = replace(_request(options), parts=read.parts)
    made = chain(request)
    documents = _documents(made.application, options)
    write_all(documents, force=options.force)
    return Chained(
        application=made.application,
        links=made.links,
        files=tuple(documents),
        findings=read.findings,
    )


def _request(options: ChainOptions) -> ChainRequest:
    picks = {
        end: _one_of(PICKS, method, "--pick") for end, method in _pairs(options.picks, "--pick")
    }
    wires = tuple(_wire(word, picks) for word in options.links)
    unused = next((end for end in picks if all(f"{w.step}/{w.input}" != end for w in wires)), None)
    if unused is not None:
        raise UsageError(
            f"--pick {printable(unused)}: nothing is linked to it",
            hint=f"Name its sources: --link STEP/OUTPUT={unused}",
        )
    return ChainRequest(
        id=_id(options),
        parts=(),
        title=options.title,
        abstract=options.abstract,
        wires=wires,
        shared=options.share,
        outputs=_outputs(options.outputs),
        scatter=tuple(_end(word, "--scatter") for word in options.scatter),
        methods={
            step: _one_of(METHODS, method, "--scatter-method")
            for step, method in _pairs(options.methods, "--scatter-method")
        },
        when=dict(_pairs(options.when, "--when")),
        guess=options.guess,
    )


def _id(options: ChainOptions) -> str:
    if options.id is None:
        return process_id(options.out.stem)
    if not is_process_id(options.id):
        raise UsageError(
            f"{printable(options.id)!r} cannot be an id",
            hint="Letters, digits and single - _ . between them; not main.",
        )
    return options.id


def _pairs(words: Sequence[str], option: str) -> list[tuple[str, str]]:
    pairs = [word.partition("=") for word in words]
    wrong = next((n for n, (a, mark, b) in enumerate(pairs) if not (a and mark and b)), None)
    if wrong is not None:
        raise UsageError(f"{option} {printable(words[wrong])}: there is no = between two names")
    return [(first, second) for first, _, second in pairs]


def _end(word: str, option: str) -> tuple[str, str]:
    step, slash, name = word.partition("/")
    if not (step and slash and name) or "/" in name:
        raise UsageError(f"{option} {printable(word)}: write STEP/NAME")
    return step, name


def _wire(word: str, picks: Mapping[str, PickValue]) -> Wire:
    ((source, target),) = _pairs([word], "--link")
    step, name = _end(target, f"--link {printable(source)}=")
    if "/" in source:
        _end(source, "--link")
    return Wire(source=source, step=step, input=name, pick_value=picks.get(target))


def _one_of(known: tuple[ScatterMethod | PickValue, ...], word: str, option: str) -> Any:
    if word not in known:
        raise UsageError(
            f"{option}: there is no method {printable(word)!r}", hint=f"One of: {', '.join(known)}."
        )
    return word


def _outputs(words: Sequence[str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for word in words:
        name, mark, source = word.rpartition("=")
        name = name if mark else _end(source, "--output")[1]
        if name in named:
            raise UsageError(
                f"two outputs are called {printable(name)}",
                hint=f"Name one of them: --output NAME={source}",
            )
        named[name] = source
    return named


def _documents(application: Application, options: ChainOptions) -> dict[Path, str]:
    from apkg.emitters.cwl import cwl_document
    from apkg.emitters.cwl_split import split
    from apkg.files.yaml_out import dump
    from apkg.pipeline.convert import EMITTERS

    folder, name = options.out.parent, options.out.stem
    emitting = EmitOptions(
        cwl_version=options.cwl_version,
        cwl_href=options.cwl_url or f"{name}.cwl",
        execution_unit=options.execution_unit,
    )
    document = cwl_document(application, emitting)
    files = split(document, name) if options.split else {f"{name}.cwl": document}
    written = {folder / file: dump(body) for file, body in files.items()}
    for kind in ("deploy", "inputs"):
        text = EMITTERS[kind].emit(application, emitting)
        written[folder / f"{name}{EMITTERS[kind].suffix}"] = text
    return written
