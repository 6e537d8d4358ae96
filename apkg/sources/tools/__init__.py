"""The parts of reading a tool: what is given, who speaks of its command, what was settled."""
