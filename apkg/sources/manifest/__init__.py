"""The manifest ``apkg.yaml``: what a person writes of a source that its code cannot say."""

from __future__ import annotations

from apkg.sources.manifest.reader import ManifestReading, find_manifest, read_manifest

__all__ = ["ManifestReading", "find_manifest", "read_manifest"]
