"""How plain text becomes headings, paragraphs and lists."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a page: ``kind`` is heading, paragraph or list; ``lines`` are plain text."""

    kind: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def blocks(text: str) -> list[Block]:
    """The pieces of a text in which "# " starts a heading, "- " a list item, and a blank line a paragraph.

    Gives no HTML: the template escapes every line.
    """
    found: list[Block] = []
    for chunk in _chunks(text):
        if chunk[0].startswith("# "):
            found.append(Block("heading", (chunk[0][2:].strip(),)))
            chunk = chunk[1:]
        found.extend(_paragraphs_and_lists(chunk))
    return found


def _chunks(text: str) -> Iterator[list[str]]:
    """Lines that stand together, a heading always starting a new chunk."""
    chunk: list[str] = []
    for line in (line.strip() for line in text.splitlines()):
        if chunk and (not line or line.startswith("# ")):
            yield chunk
            chunk = []
        if line:
            chunk.append(line)
    if chunk:
        yield chunk


def _paragraphs_and_lists(lines: list[str]) -> list[Block]:
    """A line that starts no item goes on with what stands before it."""
    found: list[Block] = []
    for line in lines:
        is_item = line.startswith("- ")
        if is_item and found and found[-1].kind == "list":
            found[-1] = Block("list", (*found[-1].lines, line[2:].strip()))
        elif is_item:
            found.append(Block("list", (line[2:].strip(),)))
        elif found and found[-1].kind == "list":
            items = found[-1].lines
            found[-1] = Block("list", (*items[:-1], f"{items[-1]} {line}"))
        elif found:
            found[-1] = Block("paragraph", (*found[-1].lines, line))
        else:
            found.append(Block("paragraph", (line,)))
    return found
