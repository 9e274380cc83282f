"""PDF files as manuscripts, by their looks: characters → rows → furniture and notes taken off →
lines in columns → paragraphs → blocks. Lengths are in points (1/72 inch), `down` counts from the
top of an upright page."""

from bulletin_site.importing.pdf.apart import draw_pdf, read_pdf

__all__ = ["draw_pdf", "read_pdf"]
