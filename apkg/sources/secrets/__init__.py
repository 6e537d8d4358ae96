"""Passwords, tokens and keys that somebody left in what is to be published.

Two signs are looked for: texts of a well-known shape (:mod:`.shapes`), and values under names
like ``password`` or ``api_key`` (:mod:`.named`). What was found is never part of a message.
"""

from __future__ import annotations

from apkg.sources.secrets.files import folder_findings
from apkg.sources.secrets.findings import SecretsError, refuse
from apkg.sources.secrets.found import document_findings, guarded

__all__ = ["SecretsError", "document_findings", "folder_findings", "guarded", "refuse"]
