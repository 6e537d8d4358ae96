"""SNAP graphs (18-049r1, clause 10.2.1 and appendix A): what ``gpt`` is to run."""

from __future__ import annotations

from apkg.sources.snap.claims import GraphLayer, graph_layer
from apkg.sources.snap.graph import Graph, is_graph, read_graph

__all__ = ["Graph", "GraphLayer", "graph_layer", "is_graph", "read_graph"]
