"""PDF files read by PDFium, in a process of its own; PDF editions read page by page."""
