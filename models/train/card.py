"""A network's card: a README.md with sections that programs fill in."""
import hashlib
import re
from pathlib import Path


def fill(text, name, content):
    """Replaces what stands between the markers of one section of the card."""
    pattern = rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)"
    if not re.search(pattern, text, flags=re.S):
        raise SystemExit(f"the card has no section {name}")
    return re.sub(pattern, lambda match: match[1] + content + "\n" + match[2], text, flags=re.S)


def checksums(folder):
    """The files that count, as Markdown."""
    lines = ["| File | Bytes | SHA-256 |", "|---|---|---|"]
    for path in sorted(Path(folder).iterdir()):
        if path.suffix in (".tflite", ".yaml", ".npz"):
            content = path.read_bytes()
            lines.append(f"| {path.name} | {len(content)} | `{hashlib.sha256(content).hexdigest()}` |")
    return "\n".join(lines)
