"""What pages and operations ask the database about frameworks: reads, never writes."""

from . import drafts, editions, lineage, shelves, story, trail, wording

__all__ = ["drafts", "editions", "lineage", "shelves", "story", "trail", "wording"]
