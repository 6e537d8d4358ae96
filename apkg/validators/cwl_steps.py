"""Rules on steps: what they run is there, gets what it needs, and is valid itself."""

from __future__ import annotations

from pathlib import Path

from apkg.files.read_places import JsonPath
from apkg.names import printable
from apkg.validators.cwl_context import Context, has_import, holds, meant
from apkg.validators.cwl_library import CannotFollow
from apkg.validators.cwl_model import Process, Step
from apkg.validators.cwl_types import optional


def check_steps(context: Context) -> None:
    """Check every step against the process that it runs."""
    for process in context.processes:
        for step in process.steps:
            target = context.target(step)
            _scatter(context, process, step)
            if isinstance(target, CannotFollow):
                _not_followed(context, step, target)
            else:
                _against(context, process, step, target)


def _not_followed(context: Context, step: Step, reason: CannotFollow) -> None:
    run = step.node.get("run")
    if not isinstance(run, str):
        return
    context.say(
        "not-checked" if reason.remote else "run",
        f"the step '{printable(step.id)}' runs '{printable(run)}'"
        + (", which was not looked at: " if reason.remote else ": ")
        + reason.why,
        (*step.path, "run"),
        severity="note" if reason.remote else "error",
        advice=None if reason.remote else _run_advice(context, run),
        subject=run,
    )


def _run_advice(context: Context, run: str) -> str:
    if run.startswith("#"):
        return meant(run[1:], [p.id for p in context.processes if p.id])
    ids = [p.id for p in context.processes if p.id]
    if run in ids:
        return f"A process of this document is named with a hash: '#{printable(run)}'."
    return "Name a CWL file by its path from this one."


def _against(context: Context, process: Process, step: Step, target: Process) -> None:
    outputs = [port.id for port in target.outputs]
    for name, path in step.outputs:
        if name not in outputs and not has_import(target.node.get("outputs")):
            context.say(
                "step-output",
                f"'{printable(name)}' is not an output of what the step "
                f"'{printable(step.id)}' runs",
                path,
                advice=meant(name, outputs),
                subject=name,
            )
    given = {port.id for port in step.inputs}
    complete = not has_import(step.node.get("in"))
    for port in target.inputs:
        bound = port.id in given or "default" in port.node or not complete
        if not bound and not optional(context.type_of(target, port)):
            context.say(
                "step-input",
                f"the step '{printable(step.id)}' gives no '{printable(port.id)}', which it needs",
                (*step.path, "in"),
                key=True,
                advice=f"Add '{printable(port.id)}' to 'in', or give it a default.",
                subject=port.id,
            )
    _unused(context, step, target)
    if target.cls == "Workflow" and not holds(process, step, "SubworkflowFeatureRequirement"):
        _lacks(context, "SubworkflowFeatureRequirement", "runs a workflow", (*step.path, "run"))


def _unused(context: Context, step: Step, target: Process) -> None:
    known = [port.id for port in target.inputs]
    said = str(step.node.get("when")) + "".join(
        str(port.node.get("valueFrom")) for port in step.inputs
    )
    for port in step.inputs:
        if port.id in known or port.id in said or has_import(target.node.get("inputs")):
            continue
        context.say(
            "step-input-unused",
            f"'{printable(port.id)}' is not an input of what the step '{printable(step.id)}' runs",
            port.path,
            key=True,
            severity="warning",
            advice=meant(port.id, known),
            subject=port.id,
        )


def _scatter(context: Context, process: Process, step: Step) -> None:
    raw = step.node.get("scatter")
    names = step.scatter()
    known = [port.id for port in step.inputs]
    for index, name in enumerate(names):
        if name not in known:
            where: JsonPath = (*step.path, "scatter")
            context.say(
                "scatter",
                f"the step is scattered over '{printable(name)}', which is not among its inputs",
                (*where, index) if isinstance(raw, list) else where,
                advice=meant(name, known),
                subject=name,
            )
    if not names:
        return
    if len(names) > 1 and step.node.get("scatterMethod") is None:
        context.say(
            "scatter-method",
            "a scatter over several inputs needs 'scatterMethod'",
            (*step.path, "scatter"),
            key=True,
            advice="Write 'scatterMethod: dotproduct' (or flat_crossproduct, nested_crossproduct).",
            subject="scatterMethod",
        )
    if not holds(process, step, "ScatterFeatureRequirement"):
        _lacks(context, "ScatterFeatureRequirement", "is scattered", (*step.path, "scatter"))


def _lacks(context: Context, requirement: str, why: str, path: JsonPath) -> None:
    context.say(
        "requirement-missing",
        f"the step {why}, which needs {requirement}",
        path,
        key=True,
        advice=f"Add '{requirement}: {{}}' to the requirements of the workflow.",
        subject=requirement,
    )


def check_files(context: Context) -> None:
    """Check the local files that steps run: a workflow is as valid as its tools."""
    from apkg.validators.cwl import check_document

    seen: set[str] = set()
    circles = [f.location for f in context.findings if f.rule == "cwl/recursion"]
    for process in context.processes:
        for step in process.steps:
            target = context.target(step)
            if isinstance(target, CannotFollow) or target.document is context.document:
                continue
            name = target.document.name
            if name in seen:
                continue
            seen.add(name)
            fault = context.library.verdict(
                target.document, lambda d: check_document(d, context.library)
            )
            path: JsonPath = (*step.path, "run")
            # That the two run each other has been said, of this step.
            known = context.document.location(path) in circles
            if fault is not None and not (fault.rule == "cwl/recursion" and known):
                place = fault.location
                line = f", line {place.line}" if place and place.line else ""
                context.say(
                    "run-invalid",
                    f"'{printable(Path(name).name)}'{line}: {fault.message}",
                    path,
                    advice=fault.advice,
                    subject=step.id,
                )
