"""From the archive to finished pages: addresses, views, rendering."""
