"""Proof that the built site keeps its promises: judged from the files on disk, not from the
builder's intentions. One module per kind of promise."""
