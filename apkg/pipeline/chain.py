"""Chaining: several applications become one package with a workflow (18-049r1 clause 7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from apkg.chains.interface import Wired
from apkg.emitters.interface import EmitOptions
from apkg.errors import Location, UsageError
from apkg.model import Application
from apkg.pipeline.chain_options import ChainOptions, request_of
from apkg.report import Finding

__all__ = ["ChainOptions", "Chained", "chain_parts", "chained"]


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
    from apkg.files.write import write_all

    options = replace(options, out=_cwl_file(options))
    made, read = chained(parts, options)
    documents = _documents(made.application, options)
    _refuse_parts(documents, read)
    write_all(documents, force=options.force)
    return replace(made, files=tuple(documents))


def chained(
    parts: Sequence[str], options: ChainOptions, chains: tuple[Path, ...] = ()
) -> tuple[Chained, tuple[Path, ...]]:
    """Chain ``parts`` without writing anything; gives the files that were read, too.

    ``chains`` are the manifests of chains that this one is a part of.

    Raises:
        SourceError: a part cannot be read.
        UsageError: a link does not fit or leads nowhere, or two could be meant.

    """
    from apkg.chains.chain import chain
    from apkg.pipeline.chain_parts import read_parts

    request = request_of(options)
    read = read_parts(parts, options.out.parent, chains, allow_secrets=options.allow_secrets)
    made = chain(replace(request, parts=read.parts))
    application = made.application
    if options.said is not None:
        from apkg.pipeline.chain_said import described

        application = described(application, options.said, options.folder, options.out.parent)
    findings = (*read.findings, *_doubts(made.links))
    done = Chained(application=application, links=made.links, files=(), findings=findings)
    return done, read.files


def _cwl_file(options: ChainOptions) -> Path:
    """The CWL file that is meant: ``-o`` may also name the folder for it."""
    out = options.out
    if out.is_dir():
        return out / f"{options.id or 'chain'}.cwl"
    if out.suffix != ".cwl":
        raise UsageError(
            f"-o {out}: the name of a CWL file ends in .cwl",
            hint=f"Write -o {out.with_name(out.name + '.cwl')}, or name a folder that exists.",
        )
    return out


def _doubts(links: Iterable[Wired]) -> Iterable[Finding]:
    for link in links:
        if link.doubt:
            yield Finding(
                rule="cwl/link-type",
                severity="warning",
                message=f"{link.source} -> {link.target}: {link.doubt}",
                advice=f"Take it from elsewhere then, too: --pick {link.target}=first_non_null",
                subject=link.source,
            )


def _documents(application: Application, options: ChainOptions) -> dict[Path, str]:
    from apkg.emitters.cwl import cwl_document, cwl_header
    from apkg.emitters.cwl_split import split
    from apkg.files.yaml_out import dump
    from apkg.pipeline.convert import EMITTERS

    folder, name = options.out.parent, options.out.stem
    emitting = EmitOptions(
        cwl_version=options.cwl_version,
        cwl_href=options.cwl_url or f"{name}.cwl",
        folder="",
        execution_unit=options.execution_unit,
    )
    document = cwl_document(application, emitting)
    files = split(document, name) if options.split else {f"{name}.cwl": document}
    written = {folder / file: dump(body) for file, body in files.items()}
    # The comments on top name the files, which may be called otherwise than the process.
    named = replace(application, id=name)
    written[options.out] = cwl_header(named) + written[options.out]
    deploy, order = EMITTERS["deploy"], EMITTERS["inputs"]
    written[folder / f"{name}{deploy.suffix}"] = deploy.emit(application, emitting)
    written[folder / f"{name}{order.suffix}"] = order.emit(named, emitting)
    return written


def _refuse_parts(written: Iterable[Path], read: Iterable[Path]) -> None:
    """``--force`` is for old results, not for what the chain is made of."""
    sources = {path.resolve() for path in read}
    for path in written:
        if path.resolve() in sources:
            raise UsageError(
                "this file is a part of the chain, and would be overwritten by the whole",
                hint="Choose another name with -o.",
                location=Location(path=str(path)),
            )
