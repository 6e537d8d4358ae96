"""``apkg rules``."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import click

from apkg.cli.complete import complete_profiles, complete_rules
from apkg.cli.errors import OK, styled
from apkg.cli.output import FORMAT, aligned, echo, echo_json

if TYPE_CHECKING:
    from apkg.validators.rules import Example, Rule


@click.command("rules")
@click.argument("rule_id", shell_complete=complete_rules, required=False, metavar="[ID]")
@click.option(
    "--profile",
    shell_complete=complete_profiles,
    metavar="NAME",
    help="Only the rules of this profile.",
)
@FORMAT
def command(*, rule_id: str | None, profile: str | None, output_format: str) -> int:
    """List the rules of 'apkg validate', or explain one.

    An explanation names the clause that the rule comes from, and shows a wrong and a right example.

    \b
    Examples:
      apkg rules
      apkg rules --profile best-practice
      apkg rules cwl/link-type
    """
    from apkg.pipeline.reports import find_rule, rules_of
    from apkg.validators.rules import PROFILES

    if rule_id is not None and rule_id not in PROFILES:
        _show_one(find_rule(rule_id), output_format)
        return OK
    shown = rules_of(profile or rule_id)
    if output_format == "json":
        echo_json([_described(rule) for rule in shown])
        return OK
    for name in dict.fromkeys(rule.profile for rule in shown):
        rules = [rule for rule in shown if rule.profile == name]
        click.echo(styled(name, "cyan", bold=True) + f"  {PROFILES[name]}")
        for row in aligned([(rule.id, rule.severity, rule.title) for rule in rules]):
            echo(f"  {row}")
    return OK


def _show_one(rule: Rule, output_format: str) -> None:
    if output_format == "json":
        echo_json(_described(rule))
        return
    click.echo(styled(rule.id, "cyan", bold=True) + f"  ({rule.severity})")
    parts = [("", rule.title), ("Why: ", rule.why), ("Source: ", rule.source)]
    if rule.differs:
        parts.append(("Other validators: ", rule.differs))
    for name, text in parts:
        for line in textwrap.wrap(
            f"  {name}{text}",
            width=80,
            subsequent_indent="    " if name else "  ",
            break_long_words=False,
            break_on_hyphens=False,
        ):
            echo(line)
    _show_example("Wrong", rule.wrong, rule.right)
    if rule.right is not None:
        _show_example("Right", rule.right, rule.wrong)


def _show_example(word: str, example: Example, other: Example | None) -> None:
    """One example; the lines that ``other`` does not have are marked."""
    known = {line for text in _texts(other) for line in text.splitlines()}
    names = (example.name, *(name for name, _ in example.beside))
    for name, text in zip(names, _texts(example), strict=True):
        echo()
        echo(f"  {word if name is names[0] else 'Beside it'}, {name}:")
        for line in text.splitlines():
            echo(f"  {' ' if line in known else '>'} {line}".rstrip())


def _texts(example: Example | None) -> list[str]:
    if example is None:
        return []
    return [example.text or "(there is no such file)", *(text for _, text in example.beside)]


def _described(rule: Rule) -> dict[str, Any]:
    data = {
        "id": rule.id,
        "profile": rule.profile,
        "severity": rule.severity,
        "title": rule.title,
        "why": rule.why,
        "source": rule.source,
        "differs": rule.differs,
        "wrong": _files(rule.wrong),
        "right": _files(rule.right) if rule.right else None,
    }
    return {key: value for key, value in data.items() if value is not None}


def _files(example: Example) -> dict[str, Any]:
    files = ((example.name, example.text), *example.beside)
    return {"name": example.name, "files": dict(files)}
