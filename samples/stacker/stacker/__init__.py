"""Stack images of one place: one grid, the area that all of them cover, one file."""

__version__ = "1.2.0"
