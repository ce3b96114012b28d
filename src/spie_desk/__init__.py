"""SPIE Desk: the desktop application of référents de parcours, offline and encrypted."""

__version__ = "0.1.0"
