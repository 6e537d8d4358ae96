"""``python -m feature_extractor``."""

from feature_extractor.cli import cli

cli(prog_name="feature-extractor")
