"""A ``$graph`` taken apart: every process a file of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def split(document: Mapping[str, Any], name: str) -> dict[str, dict[str, Any]]:
    """Write each process of ``document`` by its file name; the first is ``<name>.cwl``.

    The others are ``<name>.<id>.cwl``, and steps run them by these names.
    """
    graph = document["$graph"]
    head = {key: value for key, value in document.items() if key != "$graph"}
    files = {str(p["id"]): f"{name}.{p['id']}.cwl" for p in graph[1:]}
    shared = {key: head[key] for key in ("cwlVersion", "$namespaces", "$schemas") if key in head}
    written = {f"{name}.cwl": {**head, **_linked(graph[0], files)}}
    return written | {files[str(p["id"])]: {**shared, **_linked(p, files)} for p in graph[1:]}


def _linked(process: Mapping[str, Any], files: Mapping[str, str]) -> dict[str, Any]:
    body = dict(process)
    steps = body.get("steps")
    if isinstance(steps, Mapping):
        body["steps"] = {name: _step(step, files) for name, step in steps.items()}
    elif isinstance(steps, list):
        body["steps"] = [_step(step, files) for step in steps]
    return body


def _step(step: Mapping[str, Any], files: Mapping[str, str]) -> dict[str, Any]:
    run = step.get("run")
    if isinstance(run, str):
        return {**step, "run": files.get(run.removeprefix("#"), run)}
    if isinstance(run, Mapping):
        return {**step, "run": _linked(run, files)}
    return dict(step)
