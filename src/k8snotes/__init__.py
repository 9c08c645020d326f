"""Turns Chinese course texts into searchable study notes, offline.

The packages are the stages of one flow, each named by its verb: read, parse, assemble, segment,
analyse, index, render, export. `pipeline` knows their order; `cli` calls it and those who use it.
"""

__version__ = "0.1.0"
