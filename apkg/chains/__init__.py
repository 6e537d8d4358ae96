"""Chains: several applications wired into one workflow, model to model."""
