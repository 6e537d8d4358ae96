"""Files in and out: documents with positions, YAML and JSON text, atomic writes."""
