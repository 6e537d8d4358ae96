"""The manifest ``apkg.yaml``: structure by its schema."""

from __future__ import annotations

from apkg.files.documents import Document
from apkg.report import Finding
from apkg.validators.kinds import kind_of
from apkg.validators.manifest_chain import chain_findings
from apkg.validators.schema import schema_findings


class ManifestValidator:
    """Is it a manifest that apkg understands?"""

    name = "manifest"

    def accepts(self, document: Document) -> bool:
        """Whether ``document`` is a manifest: by its name, or by what it says."""
        named = document.name.rsplit("/", 1)[-1] in ("apkg.yaml", "apkg.yml", "apkg.json")
        return named or kind_of(document.value) == "manifest"

    def check(self, document: Document) -> tuple[Finding, ...]:
        """Structure of one manifest, and whether its chain names what is there."""
        found = schema_findings(document, "apkg-manifest", self.name)
        return found or tuple(chain_findings(document))
