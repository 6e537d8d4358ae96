"""Emitters: the model, written as documents."""
