"""Build: the image that an application runs in, and the package that names it."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from apkg import process
from apkg.builders.interface import BuildContext, ContextRequest, Engine, ImageRequest
from apkg.errors import ToolError, UsageError
from apkg.names import printable
from apkg.pipeline.build_arguments import build_arguments
from apkg.pipeline.build_bases import Bases, pin_bases
from apkg.pipeline.build_labels import CONTEXT_LABEL, context_digest, labels_of, lasting
from apkg.pipeline.build_log import BuildLog
from apkg.pipeline.build_options import BuildOptions, Built, Planned, Watch
from apkg.pipeline.build_outputs import lock_path, package_names, write_package
from apkg.pipeline.build_plan import build_command, deliver_context
from apkg.pipeline.build_secrets import secrets_in
from apkg.pipeline.build_sources import Sources, launched, read_sources
from apkg.pipeline.image_name import default_tag, tag_of
from apkg.report import Finding

#: What apkg itself says to the engine.
_OURS = ("-t", "--tag", "-f", "--file", "--push", "-o", "--output", "--iidfile", "--label")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A context that is ready, with its labels; ``digest`` covers all that decides its image."""

    context: BuildContext
    bases: Bases
    digest: str
    secrets: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """One build: what becomes the image, and who builds it."""

    sources: Sources
    image: str
    engine: Engine
    options: BuildOptions
    watch: Watch
    log: BuildLog


def build(source: Path, options: BuildOptions, watch: Watch) -> Built:
    """Build the image of what is at ``source``, and write or update its package.

    Nothing but the log is written before the image is there.

    Raises:
        UsageError: an option is wrong.
        SourceError: the source cannot be read.
        ToolError: there is no engine, it has stopped, or the build has failed.
        ApkgError: a file cannot be written.

    """
    from apkg.builders.engines import find_engine

    sources, image = _read(source, options)
    engine: Engine = find_engine(options.engine)
    path = options.log or options.out / f"{sources.name}.build.log"
    with (
        process.signals_raised(),
        BuildLog(path, watch.on_log) as log,
        tempfile.TemporaryDirectory(prefix="apkg-") as scratch,
    ):
        watch = replace(watch, on_log=log)
        run = _Run(
            sources=sources, image=image, engine=engine, options=options, watch=watch, log=log
        )
        made = _make(sources, options, Path(scratch), engine, watch)
        return _built(run, made)


def plan(source: Path, options: BuildOptions, watch: Watch) -> Planned:
    """Write the build context of what is at ``source``, and build nothing.

    An engine is asked for digests of base images where there is one; no registry is.

    Raises:
        UsageError: an option is wrong.
        SourceError: the source cannot be read.
        ApkgError: the context cannot be written.

    """
    sources, image = _read(source, options)
    engine = _engine_that_is_there(options)
    target = options.context or options.out / f"{sources.name}.context"
    with process.signals_raised(), tempfile.TemporaryDirectory(prefix="apkg-") as scratch:
        asking = replace(options, pull=False)
        made = _make(sources, asking, Path(scratch), engine, watch)
        context = deliver_context(made.context, target, options)
    return Planned(
        image=image,
        context=context,
        command=build_command(context, image, options),
        context_digest=made.digest,
        applications=sources.applications,
        findings=(*sources.findings, *made.secrets, *made.bases.findings),
    )


def _engine_that_is_there(options: BuildOptions) -> Engine | None:
    from apkg.builders.engines import find_engine

    try:
        return find_engine(options.engine)
    except ToolError:
        return None


def _read(source: Path, options: BuildOptions) -> tuple[Sources, str]:
    """The applications, and the image's name."""
    tag = tag_of(options.tag) if options.tag is not None else None
    _check_engine_options(options.engine_options)
    if options.lean and options.base_image is None:
        raise UsageError(
            "--lean needs an image to start from",
            hint="Name one that holds Python: --base-image python:3.12-slim",
        )
    sources = read_sources(source, stac=options.stac, allow_secrets=options.allow_secrets)
    tag = tag or default_tag(sources.applications, sources.folder)
    return sources.in_image(tag), tag


def _check_engine_options(options: tuple[str, ...]) -> None:
    if options and not options[0].startswith("-"):
        raise UsageError(
            f"one folder or notebook is built at once, and {printable(options[0])!r} is another",
            hint="Options for the engine come behind '--': apkg build FOLDER -- --network=host",
        )
    for name in (word.partition("=")[0] for word in options):
        if name in _OURS:
            raise UsageError(
                f"{printable(name)} is for apkg to say to the engine",
                hint="-t and --push of apkg build stand before the '--'.",
            )


def _make(
    sources: Sources, options: BuildOptions, scratch: Path, engine: Engine | None, watch: Watch
) -> _Made:
    from apkg.builders.context import make_context

    watch.on_stage("preparing the build context")
    labels = labels_of(sources.applications, title=sources.name, folder=sources.folder)
    request = ContextRequest(
        folder=sources.folder,
        programs=launched(sources),
        lean=options.lean,
        base_image=options.base_image,
        labels=lasting(labels),
        exclude=_excluded(sources, options),
        arguments=build_arguments(options.engine_options, os.environ),
    )
    context = make_context(request, scratch / "context")
    found = secrets_in(context.folder, sources.folder, allow=options.allow_secrets)
    bases = Bases()
    if engine is not None:
        watch.on_stage("looking for the base image")
        bases = pin_bases(context.base_images, engine, pull=options.pull, on_log=watch.on_log)
    if bases.known:
        request = replace(request, pinned=bases.pinned, users=bases.users)
        context = make_context(request, scratch / "pinned")
    digest = context_digest(context.digest, bases=bases.known, options=options.engine_options)
    # The Dockerfile itself holds the others.
    passing = [label for label in labels if label not in request.labels]
    context = replace(context, labels=(*passing, (CONTEXT_LABEL, digest)))
    return _Made(context=context, bases=bases, digest=digest, secrets=found)


def _excluded(sources: Sources, options: BuildOptions) -> tuple[str, ...]:
    """What a build writes into the folder itself must not make the next image another one."""
    names = [name for a in sources.applications for name in package_names(a.id)]
    names += [f"{sources.name}.build.log", f"{sources.name}.context"]
    places = [options.out / name for name in dict.fromkeys(names)]
    places += [path for path in (options.log, options.context) if path is not None]
    folder = sources.folder.resolve()
    inside = [place.absolute().parent.resolve() / place.name for place in places]
    return tuple(p.relative_to(folder).as_posix() for p in inside if p.is_relative_to(folder))


def _built(run: _Run, made: _Made) -> Built:
    options, watch = run.options, run.watch
    up_to_date = not options.force and _holds(run, made.digest)
    if not up_to_date:
        run.log.open()
        watch.on_stage(f"building {run.image}")
        run.engine.build(
            ImageRequest(
                context=made.context,
                tag=run.image,
                options=options.engine_options,
                on_log=watch.on_log,
                timeout=options.timeout,
            )
        )
    try:
        return _packaged(run, made, up_to_date=up_to_date)
    except (KeyboardInterrupt, SystemExit):
        if not up_to_date:
            run.engine.remove(run.image)
        raise


def _holds(run: _Run, digest: str) -> bool:
    info = run.engine.inspect(run.image)
    return info is not None and dict(info.labels).get(CONTEXT_LABEL) == digest


def _packaged(run: _Run, made: _Made, *, up_to_date: bool) -> Built:
    """Push the image if that is asked for, and let the package name it."""
    sources, options, image = run.sources, run.options, run.image
    pushed = None
    if options.push:
        run.watch.on_stage(f"pushing {image}")
        pushed = run.engine.push(image, run.watch.on_log)
    run.watch.on_stage("writing the package")
    info = run.engine.inspect(image)
    if info is None:
        raise ToolError(f"{run.engine.name} has built {image}, and does not know it")
    reference = pushed or image
    written = write_package(sources, options, run.engine, image=image, reference=reference)
    locks = [lock_path(application, options) for application in sources.applications]
    return Built(
        image=image,
        reference=reference,
        digest=pushed.partition("@")[2] if pushed else None,
        id=info.id,
        size=info.size,
        buildpack=made.context.buildpack,
        base_images=made.context.base_images,
        context_digest=made.digest,
        up_to_date=up_to_date,
        applications=sources.applications,
        files=written.files,
        locks=tuple(path for path in locks if path is not None),
        log=run.log.written,
        findings=(*sources.findings, *made.secrets, *made.bases.findings, *written.findings),
    )
