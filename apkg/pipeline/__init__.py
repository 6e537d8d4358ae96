"""The use cases: convert, validate, build, run. The only place that joins the rooms below."""
