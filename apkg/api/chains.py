"""``apkg.chain``: several applications as one package."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from apkg.api.boundary import at_the_boundary
from apkg.api.given import Place, path_of, words_of
from apkg.api.packages import Package
from apkg.api.spoken import spoken_finding
from apkg.chains.interface import Wired
from apkg.emitters.interface import CwlVersion
from apkg.errors import UsageError
from apkg.model import PickValue, ScatterMethod
from apkg.names import printable
from apkg.pipeline.chain import Chained
from apkg.pipeline.chain_options import ChainOptions

#: Parts in their order, or by the names of their steps.
Parts: TypeAlias = "Sequence[Place | Package] | Mapping[str, Place | Package]"
_STEP: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Chain(Package):
    """The package of a chain. ``links`` are all, asked for or guessed: both ends, and why."""

    links: tuple[Wired, ...] = ()


@at_the_boundary
def chain(  # noqa: PLR0913 - each is an option of the command
    parts: Parts = (),
    *,
    out: Place | None = None,
    manifest: Place | None = None,
    links: Mapping[str, str | Sequence[str]] | None = None,
    picks: Mapping[str, PickValue] | None = None,
    share: str | Iterable[str] = (),
    outputs: Mapping[str, str | Sequence[str]] | Sequence[str] = (),
    scatter: str | Iterable[str] = (),
    scatter_methods: Mapping[str, ScatterMethod] | None = None,
    when: Mapping[str, str] | None = None,
    guess: bool = True,
    id: str | None = None,  # noqa: A002 - as the option is called
    title: str = "",
    abstract: str = "",
    split: bool = False,
    cwl_version: CwlVersion = "v1.2",
    execution_unit: Literal["href", "inline"] = "href",
    cwl_url: str | None = None,
    allow_secrets: bool = False,
    force: bool = False,
) -> Chain:
    """Make one workflow package of several applications, as ``apkg chain`` (OGC 18-049r1, 7).

    Args:
        parts: Packages, notebooks, tools' folders, CWL files or DeployProcess documents (``PATH``
            or ``PATH#ID``). A mapping names the steps; else they are called as the applications.
        out: CWL file to write (``chain.cwl``), or a folder; Facet 2 and the job order stand
            beside it.
        manifest: ``apkg.yaml`` with a chain, in the place of ``parts``.
        links: Where inputs take their values from: ``{"step/input": "step/output"}``, or an input
            of the chain by its name. Several sources are a list.
        picks: Which of several sources, of an input or an output of the whole:
            ``{"step/input": "first_non_null"}``.
        share: Names of inputs that become one input of the chain for all steps.
        outputs: What comes out: ``{"name": "step/output"}``, or a list. Default: what no step
            takes.
        scatter: Inputs (``step/input``) that a step runs over, value by value.
        scatter_methods: How over several: ``{"step": "dotproduct"}``.
        when: Conditions on which steps run: ``{"step": "$(inputs.x > 0)"}``.
        guess: Wire what fits and nothing else does.
        id: Id of the whole; the name of ``out``.
        title: Title of the whole.
        abstract: What the whole does.
        split: One file for each process, not one ``$graph``.
        cwl_version: Version of Facet 1.
        execution_unit: What Facet 2 deploys: the CWL's URL, or the CWL itself.
        cwl_url: Where Facet 1 will be published.
        allow_secrets: Pack what looks like a password, token or key.
        force: Overwrite existing files.

    Raises:
        SourceError: a part cannot be read.
        UsageError: a link does not fit or leads nowhere, or two could be meant.
        ConversionError: this version of CWL cannot say it.
        ApkgError: a file exists, and ``force`` is not given.
    """
    from apkg.pipeline.chain import chain_parts
    from apkg.pipeline.chain_manifest import with_manifest

    options = ChainOptions(
        out=Path(out or f"{id or 'chain'}.cwl"),
        id=id,
        title=title,
        abstract=abstract,
        links=_links(links or {}),
        picks=_pairs(picks),
        share=words_of(share),
        outputs=_outputs(outputs),
        scatter=words_of(scatter),
        methods=_pairs(scatter_methods),
        when=_pairs(when),
        guess=guess,
        split=split,
        cwl_version=cwl_version,
        execution_unit=execution_unit,
        cwl_url=cwl_url,
        allow_secrets=allow_secrets,
        force=force,
    )
    words, whole = with_manifest(_words(parts), options, path_of(manifest), out_given=bool(out))
    return _chain(chain_parts(words, whole))


def _words(parts: Parts) -> tuple[str, ...]:
    if isinstance(parts, str | os.PathLike):
        return (os.fspath(parts),)
    if not isinstance(parts, Mapping):
        return tuple(os.fspath(part) for part in parts)
    wrong = next((name for name in parts if not _STEP.fullmatch(name)), None)
    if wrong is not None:
        raise UsageError(
            f"{printable(wrong)!r} cannot be the name of a step",
            hint="Letters, digits, - and _; a letter comes first.",
        )
    return tuple(f"{name}={os.fspath(part)}" for name, part in parts.items())


def _links(links: Mapping[str, str | Sequence[str]]) -> tuple[str, ...]:
    pairs = ((source, end) for end, sources in links.items() for source in words_of(sources))
    return tuple(f"{source}={end}" for source, end in pairs)


def _pairs(values: Mapping[str, str] | None) -> tuple[str, ...]:
    return tuple(f"{name}={value}" for name, value in (values or {}).items())


def _outputs(outputs: Mapping[str, str | Sequence[str]] | Sequence[str]) -> tuple[str, ...]:
    if not isinstance(outputs, Mapping):
        return words_of(outputs)
    return tuple(f"{name}={one}" for name, sources in outputs.items() for one in words_of(sources))


def _chain(done: Chained) -> Chain:
    # Of several CWL files (split=True), the one that is called as Facet 2 is.
    deploy = next(file for file in done.files if file.name.endswith(".deploy.json"))
    cwl = deploy.with_name(f"{deploy.name.removesuffix('.deploy.json')}.cwl")
    return Chain(
        application=done.application,
        files=done.files,
        cwl=cwl,
        findings=tuple(spoken_finding(finding) for finding in done.findings),
        links=done.links,
    )
