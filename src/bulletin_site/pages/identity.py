"""Names that hold wherever the site is put: name-based UUIDs (RFC 9562, version 5)."""

from __future__ import annotations

import uuid

from bulletin_site.content.model import Publication


def identifier(publication: Publication, name: str) -> str:
    """`urn:uuid:…` of an article (`2014-05-1/06`), of an issue (`2014-05-1`), of a year (`2014`),
    or of the bulletin itself (empty)."""
    namespace = uuid.uuid5(uuid.NAMESPACE_URL, f"bulletin-site:{publication.title}")
    return f"urn:uuid:{uuid.uuid5(namespace, name) if name else namespace}"
