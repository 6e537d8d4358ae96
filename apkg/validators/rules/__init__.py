"""Every rule that a finding may name: what it checks, why, by which clause, with examples.

Nothing of this is imported to validate: only to explain, and to write SARIF.
"""

from __future__ import annotations

from functools import cache

from apkg.validators.rules.model import Example, Rule

#: What each profile is about, in the order of ``apkg rules``.
PROFILES: dict[str, str] = {
    "document": "Can it be read, and is it something that apkg knows?",
    "cwl": "Is it CWL?",
    "deploy": "Is it a deployment document (Facet 2)?",
    "consistency": "Does Facet 2 agree with the CWL (Facet 1) that it links or embeds?",
    "manifest": "Is apkg.yaml what apkg understands?",
    "notebook": "Would this notebook convert?",
    "secrets": "Are there passwords, tokens or keys in what would be published?",
    "best-practice": "Does it follow OGC 20-089?  (asked for with --profile)",
    "documentation": "Do people find out what it is?  (asked for with --profile)",
    "platform:calrissian": "Will Calrissian run it?  (asked for with --profile)",
    "engine": "What does another validator say?  (asked for with --engine)",
    "tool": "Said by 'apkg convert' of a tool.",
    "docker": "Said by 'apkg convert' of a Dockerfile or an image.",
    "cli": "Said by 'apkg convert' of a program whose options were read.",
    "commandline": "Said by 'apkg convert' of a command-line tool.",
    "snap": "Said by 'apkg convert' of a SNAP graph.",
    "build": "Said by 'apkg build'.",
    "surroundings": "Said by 'apkg convert' of the files beside a source.",
    "deployprocess": "Said by 'apkg inspect' and 'apkg run' of a deployment document.",
}


@cache
def all_rules() -> dict[str, Rule]:
    """All rules by id, in the order of their profiles."""
    from apkg.validators.rules import (
        best_practice,
        building,
        consistency,
        context,
        conversion,
        cwl_links,
        cwl_names,
        cwl_requirements,
        cwl_structure,
        deploy,
        document,
        manifest,
        notebook,
        platforms,
        secrets,
    )

    modules = (
        *(document, cwl_structure, cwl_names, cwl_links, cwl_requirements, deploy, context),
        *(consistency, manifest, notebook, secrets, best_practice, platforms, conversion, building),
    )
    found = [rule for module in modules for rule in module.RULES]
    order = list(PROFILES)
    found.sort(key=lambda rule: order.index(rule.profile))
    return {rule.id: rule for rule in found}


__all__ = ["PROFILES", "Example", "Rule", "all_rules"]
