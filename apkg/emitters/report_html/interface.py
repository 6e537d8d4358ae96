"""What the page about an application is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from apkg.emitters.pictures.interface import Picture
from apkg.model import Application
from apkg.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One document as text. ``note`` says where it is from, where it is no file that exists."""

    title: str
    name: str
    text: str
    language: Literal["yaml", "json", "xml"]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command as it is typed, and what it does."""

    text: str
    does: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that the page says.

    ``inputs`` and ``outputs`` are described as ``apkg inspect --format json`` describes them.
    ``values`` is the job order; ``values_name`` the file that the commands expect it in.
    """

    application: Application
    picture: Picture
    source: str
    version: str
    inputs: tuple[dict[str, Any], ...]
    outputs: tuple[dict[str, Any], ...]
    commands: tuple[Command, ...]
    values: str
    values_name: str
    facets: tuple[Facet, ...]
    reports: tuple[Report, ...]
