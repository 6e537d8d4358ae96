"""Reports as text for other programs, with what the registry says of their rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from apkg.errors import UsageError
from apkg.names import did_you_mean, printable
from apkg.report import Report
from apkg.validators.rules import PROFILES, Rule, all_rules

ReportFormat: TypeAlias = Literal["sarif", "github", "junit"]


def render(reports: Sequence[Report], output_format: ReportFormat) -> str:
    """All reports in one text of this format."""
    if output_format == "junit":
        from apkg.emitters.reports.junit import junit

        return junit(reports)
    if output_format == "github":
        from apkg.emitters.reports.github import github

        return github(reports)
    from apkg import __version__
    from apkg.emitters.reports.sarif import RuleText, sarif

    texts = {
        rule.id: RuleText(title=rule.title, help=_help(rule), severity=rule.severity)
        for rule in all_rules().values()
    }
    return sarif(reports, version=__version__, rules=texts)


def _help(rule: Rule) -> str:
    parts = [rule.why, f"Source: {rule.source}."]
    if rule.differs:
        parts.append(f"Other validators: {rule.differs}")
    return "\n".join([*parts, f"Examples: apkg rules {rule.id}"])


def find_rule(name: str) -> Rule:
    """The rule ``name``; its profile may be left out where no other rule is called so.

    Raises:
        UsageError: there is none.
    """
    rules = all_rules()
    ends = [rule for rule in rules.values() if rule.id.rpartition("/")[2] == name]
    if name in rules:
        return rules[name]
    if len(ends) == 1:
        return ends[0]
    close = " or ".join(rule.id for rule in ends) or did_you_mean(name, rules)
    raise UsageError(
        f"there is no rule '{printable(name)}'",
        hint=f"Did you mean {close}?" if close else "'apkg rules' lists them.",
    )


def check_ignored(names: Iterable[str]) -> None:
    """Refuse what cannot be ignored because there is no such rule.

    Raises:
        UsageError: a name is neither a rule nor a profile with ``/*``.
    """
    for name in names:
        profile = name.removesuffix("/*")
        if profile != name and profile in PROFILES:
            continue
        if name not in all_rules():
            close = did_you_mean(name, [*all_rules(), *(f"{known}/*" for known in PROFILES)])
            raise UsageError(
                f"there is no rule '{printable(name)}' to ignore",
                hint=f"Did you mean {close}?" if close else "'apkg rules' lists them.",
            )


def rules_of(profile: str | None) -> list[Rule]:
    """The rules of one profile, or all.

    Raises:
        UsageError: there is no such profile.
    """
    if profile is not None and profile not in PROFILES:
        close = did_you_mean(profile, PROFILES)
        raise UsageError(
            f"there is no profile '{printable(profile)}'",
            hint=f"Did you mean {close}?" if close else f"There are: {', '.join(PROFILES)}.",
        )
    return [rule for rule in all_rules().values() if profile in (None, rule.profile)]
