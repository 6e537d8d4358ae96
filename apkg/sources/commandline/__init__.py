"""Command lines: what readers of code and help texts find, and what an expert makes of it."""
