"""The OWS Context of Testbed-13 (18-049r1 clause 5), as plain data for Atom and for GeoJSON.

One resource with three kinds of offerings: the image, the process, and the catalogues. Where
the CWL is what is deployed, its offering stands in the place of the image's (clause 9).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from apkg.emitters.dialects.losses import Scope
from apkg.emitters.dialects.units import image, inline_cwl
from apkg.emitters.dialects.wps2_scope import ALWAYS, PARTLY, WHY
from apkg.emitters.dialects.wps_t_scope import PARTLY as WPS_T
from apkg.emitters.interface import EmitOptions
from apkg.files.owc import (
    CWL_OFFERING,
    DOCKER_OFFERING,
    NO_DATE,
    PROCESS_ANNOTATIONS,
    context_texts,
    updated_of,
)
from apkg.model import Application, Metadata, Person
from apkg.names import printable

#: Fields of the metadata that a context says in its own words; ``date_created`` as far as it is
#: a date.
ELSEWHERE: Final = frozenset({"authors", "license", "date_created"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The offering of what is executed: in the context itself, or by its address."""

    code: str
    type: str
    text: str | None = None
    href: str | None = None


def unit_offering(application: Application, options: EmitOptions) -> Unit:
    """The offering of the image, or of the CWL where that is the execution unit.

    Raises:
        ConversionError: it is the image, and there is none.
    """
    if options.execution_unit == "href":
        return Unit(code=CWL_OFFERING, type="application/cwl", href=options.cwl_href)
    if options.execution_unit == "inline":
        cwl = json.dumps(inline_cwl(application, options), ensure_ascii=False)
        return Unit(code=CWL_OFFERING, type="application/cwl+json", text=cwl)
    return Unit(code=DOCKER_OFFERING, type="text/plain", text=image(application))


def texts(application: Application) -> dict[str, str]:
    """What the context says around the process: as it was read, else made of the process."""
    said = dict(application.metadata.annotations)
    usual = context_texts(application)
    return {name: printable(said.get(name, text)) for name, text in usual.items()}


def elsewhere(known: Metadata) -> frozenset[str]:
    """What the process offering need not say, as the context does."""
    dated = updated_of(known.date_created) != NO_DATE
    return ELSEWHERE if dated else ELSEWHERE - {"date_created"}


def person(author: Person) -> dict[str, str]:
    """An author in the words of Atom: its person construct has no affiliation."""
    named = {"name": author.name, "email": author.email, "uri": author.identifier}
    return {key: printable(text) for key, text in named.items() if text}


def _authors(application: Application) -> str | None:
    lost = any(author.affiliation for author in application.metadata.authors)
    return "authors have no affiliation there" if lost else None


def _annotations(application: Application) -> str | None:
    known = {*PROCESS_ANNOTATIONS, *context_texts(application)}
    others = [name for name, _ in application.metadata.annotations if name not in known]
    return f"there is no field for {', '.join(others)}" if others else None


_OF_XML: Final = ("inputs.type", "inputs.default", "inputs.allowed_values", "outputs.type")
_PARTLY: dict[str, Any] = {**PARTLY, "authors": _authors, "annotations": _annotations}
SCOPE: Final = Scope(always=ALWAYS, partly=_PARTLY, why=WHY)
#: JSON holds any text, and says of an output how often it is there.
JSON_SCOPE: Final = Scope(
    always=ALWAYS | {"outputs.optional"},
    partly={**_PARTLY, **{name: WPS_T[name] for name in _OF_XML}},
    why=WHY,
)
