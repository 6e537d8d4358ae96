"""What a dialect of Facet 2 could not say, for people and as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from apkg.cli.errors import styled
from apkg.names import printable

if TYPE_CHECKING:
    from apkg.emitters.dialects.interface import Loss


def show_losses(name: str, losses: Sequence[Loss]) -> None:
    """One line on standard error for each field that is lost."""
    for loss in losses:
        click.echo(
            styled("lost: ", "yellow", bold=True)
            + printable(f"{loss.field} is not said in {name}: {loss.why}"),
            err=True,
        )


def loss_data(losses: Sequence[Loss]) -> list[dict[str, str]]:
    """Losses as JSON data."""
    return [{"field": loss.field, "why": loss.why} for loss in losses]
