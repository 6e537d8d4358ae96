"""What a dialect cannot say of an application, field by field.

A dialect lists what it says; all else that an application has is lost, so that a field that
the model learns tomorrow is reported until a dialect learns it, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, Final

from apkg.emitters.dialects.interface import Loss
from apkg.emitters.dialects.ports import listed
from apkg.emitters.interface import EmitOptions
from apkg.model import Application, Input

#: Says why the field of this input, output, or application is not said; None where it is.
Why = Callable[[Any], str | None]
#: Fields of the model that are called otherwise where people see them.
_SHOWN = {"container": "image"}
_PARTS = ("id", "inputs", "outputs", "metadata", "resources", "origins")
#: What Facet 1 says, and need not be said again where it is linked or carried.
CWL_SAYS: Final = frozenset(
    {
        *("image", "program", "network", "authors", "license", "code_repository", "citation"),
        *("date_created", "release_notes", "annotations"),
        *("cores_min", "cores_max", "ram_min", "ram_max"),
        *("tmpdir_min", "tmpdir_max", "outdir_min", "outdir_max"),
        *(f"inputs.{name}" for name in ("type", "label", "doc", "optional", "default")),
        *(f"inputs.{name}" for name in ("media_types", "scatter", "variable", "binding")),
        *(f"inputs.{name}" for name in ("example", "annotations")),
        *(f"outputs.{name}" for name in ("type", "label", "doc", "optional", "media_types")),
        *(f"outputs.{name}" for name in ("glob", "named_by", "role", "annotations")),
    }
)
NO_FIELD: Final = "there is no field for it"
_SCATTER: Final = "one run for each value is said as a list of values"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a dialect says: ``always``, or ``partly``, by what the value is.

    Fields are ``license``, ``inputs.default``, ``outputs.glob``. ``why`` gives reasons for those
    that are in neither, where there is a better one than :data:`NO_FIELD`.
    """

    always: frozenset[str]
    partly: Mapping[str, Why] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)


def losses(application: Application, scope: Scope, options: EmitOptions) -> tuple[Loss, ...]:
    """The fields that are lost, beside what Facet 1 says where it goes along.

    The image is said where it is the execution unit.
    """
    said = scope.always | ({"image"} if options.execution_unit == "image" else frozenset())
    if options.with_cwl or options.execution_unit == "inline":
        said |= CWL_SAYS
    found = []
    for path, kind, part in _said(application):
        if kind in said:
            continue
        usual = _SCATTER if kind == "inputs.scatter" else NO_FIELD
        why: str | None = scope.why.get(kind, usual)
        if kind in scope.partly:
            why = scope.partly[kind](listed(part) if isinstance(part, Input) else part)
        if why is not None:
            found.append(Loss(field=path, why=why))
    return tuple(found)


def _said(application: Application) -> Iterator[tuple[str, str, Any]]:
    """Path, kind and owner of each field that has another value than its default."""
    for name in _set(application):
        if name not in _PARTS:
            shown = _SHOWN.get(name, name)
            yield shown, shown, application
    for part in (application.metadata, application.resources):
        yield from ((name, name, application) for name in _set(part))
    for group, ports in (("inputs", application.inputs), ("outputs", application.outputs)):
        for port in ports:
            for name in _set(port):
                if name != "id":
                    yield f"{group}.{port.id}.{name}", f"{group}.{name}", port


def _set(part: Any) -> Iterator[str]:
    for one in fields(part):
        default = one.default if one.default_factory is MISSING else one.default_factory()
        if getattr(part, one.name) != default:
            yield one.name
