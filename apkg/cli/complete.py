"""What the shell offers for arguments whose text is more than a path.

``FILE#ID``, ``STEP=FILE``, a glob and an image's name are taken as they are; what can be completed
in them is a file's name, which the shell knows best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    import click


def complete_files(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Leave it to the shell to complete the name of a file."""
    return [CompletionItem(incomplete, type="file")]


def complete_rules(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The rules of validate, each with its title."""
    from apkg.pipeline.reports import rules_of

    found = [(rule.id, rule.title) for rule in rules_of(None)]
    return [
        CompletionItem(name, help=title) for name, title in found if name.startswith(incomplete)
    ]


def complete_profiles(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The profiles of rules, each with its title."""
    from apkg.validators.rules import PROFILES

    found = PROFILES.items()
    return [
        CompletionItem(name, help=title) for name, title in found if name.startswith(incomplete)
    ]
