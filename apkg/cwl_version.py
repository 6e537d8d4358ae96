"""The versions of CWL: which is newer, and what an older process has to say in a newer document.

Sources: the lists of changes in CWL v1.1 and v1.2 ("Introduction to the CWL CommandLineTool /
Workflow standard", changelog).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

VERSIONS = ("v1.0", "v1.1", "v1.2")
#: What is to be done with a document from before v1.0, which is another language.
UPGRADE = "It is older than v1.0. Upgrade it first: pip install cwl-upgrader; cwl-upgrader FILE"
#: What every v1.0 tool could do, and a later one has to ask for.
_OF_V1_0: dict[str, dict[str, Any]] = {
    "NetworkAccess": {"networkAccess": True},
    "LoadListingRequirement": {"loadListing": "deep_listing"},
}
_NEEDED = {
    "CommandLineTool": ("NetworkAccess", "LoadListingRequirement"),
    "ExpressionTool": ("LoadListingRequirement",),
}


def is_draft(version: object) -> bool:
    """Whether this is a version from before v1.0: ``draft-3``, ``cwl:draft-3``, ``sbg:draft-2``."""
    return isinstance(version, str) and version.rsplit(":", 1)[-1].startswith("draft-")


def newest(versions: list[str]) -> str:
    """Return the newest of these versions; one that is not known counts as the oldest."""
    known = [version for version in versions if version in VERSIONS]
    return max(known, key=VERSIONS.index, default=VERSIONS[0])


def as_version(process: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    """Say in version ``new`` what ``process`` says in ``old``; older versions need nothing.

    A tool of v1.0 may use the network, and sees what its folders hold; from v1.1 on it has to
    ask for both. What is no tool has no command line, and says so from v1.1 on.
    """
    raised = dict(process)
    if old != "v1.0" or new == "v1.0":
        return raised
    kind = process.get("class")
    if kind != "CommandLineTool":
        raised["inputs"] = _unbound(process.get("inputs"))
    asked = process.get("requirements") or {}
    needed = {k: v for k, v in _OF_V1_0.items() if k in _NEEDED.get(str(kind), ())}
    missing = {name: body for name, body in needed.items() if name not in _classes(asked)}
    if not missing:
        return raised
    if isinstance(asked, Mapping):
        raised["requirements"] = {**asked, **missing}
    else:
        raised["requirements"] = [*asked, *({"class": n, **body} for n, body in missing.items())]
    return raised


def _unbound(inputs: Any) -> Any:
    """Inputs whose binding says no more than whether their contents are read."""
    if isinstance(inputs, list):
        return [_unbound_one(port) for port in inputs]
    if isinstance(inputs, Mapping):
        return {name: _unbound_one(port) for name, port in inputs.items()}
    return inputs


def _unbound_one(port: Any) -> Any:
    if not isinstance(port, Mapping) or not isinstance(port.get("inputBinding"), Mapping):
        return port
    plain = {key: value for key, value in port.items() if key != "inputBinding"}
    if port["inputBinding"].get("loadContents"):
        plain["loadContents"] = True
    return plain


def _classes(asked: Any) -> set[str]:
    if isinstance(asked, Mapping):
        return set(asked)
    return {str(one.get("class")) for one in asked if isinstance(one, Mapping)}
