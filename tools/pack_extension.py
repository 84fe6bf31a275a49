"""Pack the extension for the stores: `dist/admitone-chrome.zip` and `dist/admitone-firefox.zip`.

The same files always give the same bytes, so that an archive from a store can be compared with its source.
Only Python's standard library is needed.
"""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
FOLDERS = ("_locales", "extension")
PACKED = frozenset({".css", ".html", ".js", ".json", ".png"})
POLICY_SCHEMA = "extension/managed_schema.json"
EARLIEST = (1980, 1, 1, 0, 0, 0)
READABLE = 0o100644 << 16
UNIX = 3

GECKO = {
    "id": "{5cb9a2e3-8607-4496-974c-93e85fb6ec75}",
    "strict_min_version": "140.0",
    # The data sent to the person's own server: recipients' names and addresses of personalised links, and the
    # tokens of the sign-in. No data is sent to anybody else.
    "data_collection_permissions": {"required": ["personallyIdentifyingInfo", "authenticationInfo"]},
}
# Firefox for Android knows `data_collection_permissions` since 142.
GECKO_ANDROID = {"strict_min_version": "142.0"}


def pack(dist: Path) -> list[Path]:
    """Write both archives into the folder `dist`, which is created if needed; return their paths."""
    dist.mkdir(parents=True, exist_ok=True)
    manifest = json.loads((ROOT / "manifest.json").read_text())
    return [
        _write(dist / "admitone-chrome.zip", for_chrome(manifest)),
        _write(dist / "admitone-firefox.zip", for_firefox(manifest), without=POLICY_SCHEMA),
    ]


def for_chrome(manifest: dict[str, Any]) -> dict[str, Any]:
    """The manifest for the stores of Chromium browsers, which give the extension an id and refuse a `key`."""
    return {name: value for name, value in manifest.items() if name != "key"}


def for_firefox(manifest: dict[str, Any]) -> dict[str, Any]:
    """The manifest for Firefox: an id in place of the key, a background script in place of the worker.

    The schema of policies is left out: Firefox takes them from a native manifest, and warns of the key.
    """
    background, without = manifest["background"], {"key", "minimum_chrome_version", "storage"}
    kept = {name: value for name, value in manifest.items() if name not in without}
    return kept | {
        "background": {"scripts": [background["service_worker"]], "type": background["type"]},
        "browser_specific_settings": {"gecko": GECKO, "gecko_android": GECKO_ANDROID},
    }


def _write(archive: Path, manifest: dict[str, Any], *, without: str = "") -> Path:
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    with zipfile.ZipFile(archive, "w") as packed:
        _add(packed, "manifest.json", text.encode())
        for folder in FOLDERS:
            for path in sorted((ROOT / folder).rglob("*"), key=lambda path: path.as_posix()):
                name = path.relative_to(ROOT).as_posix()
                if path.suffix in PACKED and name != without:
                    _add(packed, name, path.read_bytes())
    return archive


def _add(packed: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add a file without compression: versions of zlib compress the same bytes differently."""
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.create_system = UNIX
    entry.external_attr = READABLE
    packed.writestr(entry, content, zipfile.ZIP_STORED)


if __name__ == "__main__":
    for path in pack(ROOT / "dist"):
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
