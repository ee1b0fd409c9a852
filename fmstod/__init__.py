"""fmstod: decision support for sick-leave assessment, offline and encrypted."""

__version__ = "0.4.0"
