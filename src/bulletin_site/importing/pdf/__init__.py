"""PDF files as manuscripts, by their looks: characters → lines → furniture, notes, tables,
paragraphs. Lengths are in points (1/72 inch), `down` counts from the top of an upright page."""
