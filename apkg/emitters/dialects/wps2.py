"""``wps2``: the ProcessOffering of WPS 2.0 alone (14-065r2), as XML.

What executes it stands in a link: the image, or the CWL, by the roles of Testbed-14.
"""

from __future__ import annotations

from apkg.emitters.dialects.interface import Emitted
from apkg.emitters.dialects.losses import losses
from apkg.emitters.dialects.units import image
from apkg.emitters.dialects.wps2_scope import SCOPE
from apkg.emitters.dialects.wps_offering import process_offering
from apkg.emitters.dialects.xml_process import fill_offering
from apkg.emitters.dialects.xml_writer import document, root
from apkg.emitters.interface import EmitOptions
from apkg.errors import ConversionError
from apkg.files.owc import CWL_OFFERING, DOCKER_ROLE, OPENSEARCH_OFFERING, OWS, WPS, XLINK
from apkg.model import Application
from apkg.names import printable


class Wps2:
    """Writes ``<id>.wps.xml``."""

    name = "wps2"
    suffix = ".wps.xml"

    def emit(self, application: Application, options: EmitOptions) -> Emitted:
        """The ProcessOffering as XML text.

        Raises:
            ConversionError: the CWL by value is asked for, which has no place in it.
        """
        if options.execution_unit == "inline":
            raise ConversionError(
                "a ProcessOffering cannot carry the CWL itself",
                hint="Link it: --execution-unit href; or write owc-atom, which carries it.",
            )
        links = (*_executed(application, options), *_catalogues(application))
        offering = process_offering(application, bound=not options.with_cwl, links=links)
        top = root(f"{{{WPS}}}ProcessOffering", {"wps": WPS, "ows": OWS, "xlink": XLINK})
        fill_offering(top, offering)
        return Emitted(text=document(top), losses=losses(application, SCOPE, options))


def _executed(application: Application, options: EmitOptions) -> list[dict[str, str]]:
    """The link to what is executed; a description alone is worth writing, too."""
    if options.execution_unit == "href":
        return [{"role": CWL_OFFERING, "href": options.cwl_href}]
    if application.container is None:
        return []
    return [{"role": DOCKER_ROLE, "href": image(application)}]


def _catalogues(application: Application) -> list[dict[str, str]]:
    return [
        {"role": OPENSEARCH_OFFERING, "href": one.href}
        | ({"title": printable(one.title)} if one.title else {})
        for one in application.catalogues
    ]
