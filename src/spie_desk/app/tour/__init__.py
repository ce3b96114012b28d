"""The whole job without a display: a list of steps that drive the real window on a fresh encrypted profile."""
