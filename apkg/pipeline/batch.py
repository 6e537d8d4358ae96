"""Convert many sources: in processes, in order, each package whole or not at all.

Processes read the sources and stage the documents; this one, in the order of the sources, claims
the ids and gives each package its place. So a batch has one outcome, however long each source took.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apkg.errors import ApkgError, Location, UsageError
from apkg.names import printable
from apkg.pipeline.batch_claims import Claims
from apkg.pipeline.batch_interrupt import Interrupts
from apkg.pipeline.batch_outcome import Outcome, Unchanged
from apkg.pipeline.batch_pool import Known, jobs_for, ordered
from apkg.pipeline.batch_stage import Stage
from apkg.pipeline.batch_work import Description, Made, Work, Worked
from apkg.pipeline.convert import given_by, refuse_one_id
from apkg.pipeline.options import ConvertOptions

if TYPE_CHECKING:
    from apkg.pipeline.batch_resume import Memory

#: Below this many sources, to start processes takes longer than they save.
FEW = 16
#: What every process needs; brought in once, before the processes are made.
_MODULES = (
    "apkg.pipeline.batch_work",
    "apkg.sources.notebook",
    "apkg.emitters.launcher",
    "apkg.files.yaml_out",
    "yaml",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOptions:
    """How to go through many sources.

    ``jobs`` are processes; None decides by the number of sources and processors. ``described``
    asks for what is known of each source as data, ``full`` with the whole application.
    ``others`` are files that are written elsewhere meanwhile, and are nobody's surroundings.
    """

    jobs: int | None = None
    fail_fast: bool = False
    resume: bool = False
    described: Description = ""
    others: tuple[Path, ...] = ()


def convert_batch(
    sources: Sequence[str],
    options: ConvertOptions,
    batch: BatchOptions,
    *,
    on_wait: Callable[[], None] | None = None,
) -> Generator[Outcome, None, None]:
    """What becomes of each of ``sources``, in their order; close it to end early.

    Raises:
        ApkgError: the output folder cannot be written, is full, or an option is wrong.
    """
    _check(sources, options)
    jobs = jobs_for(len(sources), batch.jobs, few=FEW)
    with ExitStack() as stack:
        interrupts = stack.enter_context(Interrupts())
        stage = stack.enter_context(Stage(options.out))
        memory = stack.enter_context(_memory(options, batch)) if batch.resume else None
        claims = Claims(options, memory)
        work = Work(
            options=options,
            stage=stage.folder,
            follows_reads=batch.resume,
            described=batch.described,
        )
        items = (_item(source, memory) for source in sources)
        results = stack.enter_context(
            closing(ordered(items, work, jobs=jobs, lost=_lost, modules=_MODULES, on_wait=on_wait))
        )
        for result in results:
            with interrupts.held():
                outcome = claims.settle(result)
            yield outcome
            if batch.fail_fast and outcome.status == "failed":
                return


def _memory(options: ConvertOptions, batch: BatchOptions) -> Memory:
    from apkg.pipeline.batch_resume import Memory

    return Memory(options, batch.others)


def _item(source: str, memory: Memory | None) -> str | Known[Worked | Unchanged]:
    packages = None if memory is None else memory.unchanged(source)
    if packages is None:
        return source
    return Known(Unchanged(source=source, packages=packages))


def _lost(source: str, why: str) -> Worked | Unchanged:
    error = ApkgError(
        f"could not be converted: {why}",
        hint="The other sources are not concerned. Fewer --jobs leave more memory to each.",
        location=Location(path=printable(source)),
    )
    return Worked(source=source, made=(Made(error=error),))


def _check(sources: Sequence[str], options: ConvertOptions) -> None:
    if len(sources) < 2:
        return
    if options.describes_tool or options.command is not None:
        raise UsageError(
            "--cli, --help-text, --image-config, --command and --probe describe one tool, "
            f"and there are {len(sources)} sources",
            hint="Convert that tool alone.",
        )
    refuse_one_id(given_by(options), "The batch", len(sources))
