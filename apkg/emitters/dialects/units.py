"""Execution units: what a platform is told to execute, and the profile that says what it is."""

from __future__ import annotations

from typing import Any, Final

from apkg.emitters.cwl import cwl_document
from apkg.emitters.interface import EmitOptions
from apkg.errors import ConversionError
from apkg.model import Application

PROFILES: Final = "http://www.opengis.net/profiles/eoc/"
CWL_OFFERING: Final = "http://www.opengis.net/eoc/applicationContext/cwl"


def image(application: Application) -> str:
    """The image that is the execution unit.

    Raises:
        ConversionError: there is none.
    """
    if application.container is None:
        raise ConversionError(
            f"{application.id} names no image, and its execution unit has to be one",
            hint="Name it with --image, or deploy the CWL itself: --execution-unit href.",
        )
    return application.container.image


def inline_cwl(application: Application, options: EmitOptions) -> dict[str, Any]:
    """The CWL as the execution unit by value: the one that exists, else a new one."""
    existing = None if options.cwl is None else dict(options.cwl)
    return existing or cwl_document(application, options)


def profile(options: EmitOptions) -> str:
    """The deployment profile of Testbed-14."""
    # A Workflow as execution unit is one to the platform, too, even if it has a single step.
    is_workflow = options.execution_unit != "image" and options.style == "workflow"
    return PROFILES + ("workflow" if is_workflow else "dockerizedApplication")
