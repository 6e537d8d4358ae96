"""apkg: Earth Observation application packages from the code scientists already have."""

__version__ = "0.1.0"
