"""``apkg rules``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from apkg.cli.errors import OK, styled
from apkg.cli.output import FORMAT, aligned, echo, echo_json

if TYPE_CHECKING:
    from apkg.validators.rules import Example, Rule


@click.command("rules")
@click.argument("rule_id", required=False, metavar="[ID]")
@click.option("--profile", metavar="NAME", help="Only the rules of this profile.")
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
        echo(click.wrap_text(f"{name}{text}", 78, "  ", "    " if name else "  "))
    _show_example("Wrong", rule.wrong)
    if rule.right is not None:
        _show_example("Right", rule.right)


def _show_example(word: str, example: Example) -> None:
    for name, text in ((example.name, example.text), *example.beside):
        first = name == example.name and text is example.text
        echo()
        echo(f"  {word if first else 'Beside it'}, {name}:")
        for line in (text or "(there is no such file)").splitlines():
            echo(f"    {line}".rstrip())


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
