"""Sources: whatever describes an application, read into the model."""
