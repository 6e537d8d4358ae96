"""Facet 2 in the dialects that platforms speak."""
