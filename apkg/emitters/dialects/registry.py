"""The dialects by name. A dialect's module is imported when it is asked for, not before."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Final

from apkg.emitters.dialects.interface import Dialect
from apkg.emitters.interface import ExecutionUnit
from apkg.errors import UsageError
from apkg.names import did_you_mean, printable

DEFAULT: Final = "wps-t"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Where a dialect is (``module:class`` below this package), and what a list says of it.

    ``unit`` is what it deploys where nobody says: ``None`` decides by what the application is.
    """

    place: str
    about: str
    unit: ExecutionUnit | None = None


DIALECTS: Final[dict[str, Entry]] = {
    "wps-t": Entry(place="wps_t:WpsT", about="Testbed-14 JSON (OGC 18-049r1 clause 8.3)"),
    "ogcapi": Entry(
        place="ogcapi:OgcApi",
        about="OGC API - Processes Part 2 with process descriptions of Part 1 1.0",
        unit="href",
    ),
    "ogcapi-2": Entry(
        place="ogcapi:OgcApi2",
        about="OGC API - Processes Part 2 with process descriptions of Part 1 2.0 (draft)",
        unit="href",
    ),
    "ogcapi-flat": Entry(
        place="ogcapi_flat:OgcApiFlat", about="the older flat form that Weaver takes", unit="href"
    ),
    "owc-atom": Entry(
        place="owc_atom:OwcAtom", about="OWS Context Atom of Testbed-13 (OGC 18-049r1 clause 5)"
    ),
    "owc-json": Entry(place="owc_json:OwcJson", about="OWS Context GeoJSON"),
    "wps2": Entry(place="wps2:Wps2", about="the WPS 2.0 ProcessOffering XML alone"),
}


def dialect(name: str) -> Dialect:
    """The dialect that ``--deploy-profile`` and ``--to`` call ``name``.

    Raises:
        UsageError: there is none of this name.
    """
    if name not in DIALECTS:
        close = did_you_mean(name, DIALECTS)
        raise UsageError(
            f"there is no dialect '{printable(name)}'",
            hint=f"Did you mean '{close}'?" if close else f"There are: {', '.join(DIALECTS)}.",
        )
    module, _, kind = DIALECTS[name].place.partition(":")
    found: Dialect = getattr(import_module(f"apkg.emitters.dialects.{module}"), kind)()
    return found
