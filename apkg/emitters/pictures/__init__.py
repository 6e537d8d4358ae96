"""Pictures of applications: a neutral one of nodes and edges, and the formats it is written in."""
