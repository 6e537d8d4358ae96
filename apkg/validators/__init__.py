"""Rules over documents: each validator reads one, and says all that is wrong with it."""
