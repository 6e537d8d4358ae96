"""The names of the dialects of Facet 2, for options, without importing any of them."""

from __future__ import annotations

import click

#: As in :data:`apkg.emitters.dialects.registry.DIALECTS`; a test holds them together.
NAMES = ("wps-t", "ogcapi", "ogcapi-2", "ogcapi-flat", "owc-atom", "owc-json", "wps2")
PROFILE = click.Choice(NAMES)
