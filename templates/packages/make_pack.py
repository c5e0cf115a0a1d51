# SPDX-License-Identifier: Apache-2.0
"""Writes the folder's CMSIS-Pack: make_pack.py OUTPUT_FOLDER, in the generated folder.

The same files give the same bytes: names are sorted, entries have no time and are not compressed.
"""
import pathlib
import sys
import xml.etree.ElementTree
import zipfile

FOLDERS = ("include", "runtime", "src")


def main(output):
    (description,) = pathlib.Path(".").glob("*.pdsc")
    package = xml.etree.ElementTree.parse(description).getroot()
    identity = [package.findtext("vendor"), package.findtext("name"), package.find("releases/release").get("version")]
    files = [path for folder in FOLDERS for path in pathlib.Path(folder).rglob("*") if path.is_file()]
    files += [description, pathlib.Path("README.md")]
    pack = pathlib.Path(output) / (".".join(identity) + ".pack")
    pack.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(pack, "w") as archive:
        for path in sorted(files, key=lambda path: path.as_posix()):
            archive.writestr(zipfile.ZipInfo(path.as_posix()), path.read_bytes())
    print(pack)


main(sys.argv[1])
