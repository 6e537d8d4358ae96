"""Rules on requirements and hints: known, at their place, and complete."""

from __future__ import annotations

import difflib

from apkg.files.read_places import JsonPath
from apkg.names import printable
from apkg.schemas import load_schema
from apkg.validators.cwl_context import Context, holds
from apkg.validators.cwl_model import Process, listed, texts

#: Requirements that only workflows can use.
_WORKFLOW_ONLY = frozenset(
    [
        "SubworkflowFeatureRequirement",
        "ScatterFeatureRequirement",
        "MultipleInputFeatureRequirement",
        "StepInputExpressionRequirement",
    ]
)
_DOCKER = ("dockerPull", "dockerLoad", "dockerFile", "dockerImport", "dockerImageId")


def check_requirements(context: Context) -> None:
    """Check the requirements and hints of all processes and steps."""
    for process in context.processes:
        for field in ("requirements", "hints"):
            _check(context, process, process.node, field, process.path)
            for step in process.steps:
                _check(context, process, step.node, field, step.path)
        _multiple_inputs(context, process)


def _check(
    context: Context, process: Process, node: dict[str, object], field: str, path: JsonPath
) -> None:
    seen: set[str] = set()
    known = _known(process.version)
    for name, content, where in listed(node, field, "class", path):
        if name in seen:
            context.say(
                "duplicate-requirement",
                f"{printable(name)} stands twice in '{field}'",
                where,
                advice="Keep one, with all its fields.",
                subject=name,
            )
        seen.add(name)
        if name not in known:
            _unknown(context, name, field, where, known)
        elif name in _WORKFLOW_ONLY and process.cls != "Workflow":
            context.say(
                "requirement-place",
                f"{name} means nothing in a {process.cls}: only workflows have steps",
                where,
                key=True,
                severity="warning",
                advice="Move it to the workflow, or remove it.",
                subject=name,
            )
        elif name == "DockerRequirement" and not any(key in content for key in _DOCKER):
            context.say(
                "docker-image",
                "this DockerRequirement names no image",
                where,
                key=True,
                severity="warning",
                advice="Add 'dockerPull' with the image, such as docker.io/osgeo/gdal:3.8.0.",
                subject=name,
            )


def _unknown(
    context: Context, name: str, field: str, where: JsonPath, known: frozenset[str]
) -> None:
    if ":" in name:
        if field == "requirements":
            context.say(
                "extension",
                f"{printable(name)} is an extension: a platform that does not know it must refuse",
                where,
                key=True,
                severity="warning",
                advice="Move it to 'hints' if the process can run without it.",
                subject=name,
            )
        return
    if field == "hints":
        guess = _slip(name, known)
        context.say(
            "unknown-hint",
            f"{printable(name)} is not a requirement that CWL knows; it is ignored",
            where,
            key=True,
            # A slip of the pen is an error; another platform's own hint is its affair.
            severity="error" if guess else "warning",
            advice=f"Did you mean '{guess}'?" if guess else "Write it with a prefix, as 'my:Hint'.",
            subject=name,
        )


def _slip(name: str, known: frozenset[str]) -> str | None:
    """The requirement that ``name`` misspells; that they all end alike proves nothing."""
    stems = {one.removesuffix("Requirement"): one for one in known}
    stem = name.removesuffix("Requirement")
    close = difflib.get_close_matches(stem, list(stems), n=1, cutoff=0.8)
    return stems[close[0]] if close else _whole(name, known)


def _whole(name: str, known: frozenset[str]) -> str | None:
    """The requirement whose whole name differs from ``name`` by a letter or two."""
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.9)
    return close[0] if close else None


def _known(version: str | None) -> frozenset[str]:
    name = f"cwl-{version}" if version in ("v1.0", "v1.1", "v1.2") else "cwl-v1.2"
    classes = load_schema(name)["$defs"]["Requirement"]["properties"]["class"]["enum"]
    return frozenset(classes)


def _multiple_inputs(context: Context, process: Process) -> None:
    needed = "MultipleInputFeatureRequirement"
    if process.has(needed):
        return
    links = [(port, "outputSource") for port in process.outputs]
    links += [
        (port, "source")
        for step in process.steps
        if not holds(process, step, needed)
        for port in step.inputs
    ]
    for port, field in links:
        if len(texts(port.node.get(field))) > 1:
            context.say(
                "requirement-missing",
                f"several sources for '{printable(port.id)}' need {needed}",
                port.at(field),
                key=True,
                advice=f"Add '{needed}: {{}}' to the requirements of the workflow.",
                subject=needed,
            )
            return
