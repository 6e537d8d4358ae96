"""Runners: they execute a package, and hand back its results."""
