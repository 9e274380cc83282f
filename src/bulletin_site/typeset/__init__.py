"""The bulletin on paper: an issue laid out by WeasyPrint as a PDF edition, page by page as it was
printed, or with page numbers that come from the layout."""
