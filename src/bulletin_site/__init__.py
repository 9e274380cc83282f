"""The archive and site generator of 电子政务信息汇编."""

__version__ = "0.1.0"
