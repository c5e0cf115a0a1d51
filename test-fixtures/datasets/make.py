# SPDX-License-Identifier: Apache-2.0
"""Made-up data in the layouts of DISFA and BP4D-Spontaneous, with the defects that real copies have.

No number and no pixel comes from either data set.

python3 test-fixtures/datasets/make.py
"""

import pathlib

HERE = pathlib.Path(__file__).parent


def crop(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"P5\n4 4\n255\n" + bytes((value + i) % 256 for i in range(16)))


def text(path, *lines, end="\n"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(end.join(lines).encode())


disfa = HERE / "disfa"
labels = disfa / "ActionUnit_Labels"
text(labels / "SN001/SN001_au1.txt", "1,0", "2,1", "3,2", "4,9", "5,5", "")
text(labels / "SN001/SN001_au12.txt", "1,3", "2,0", " 3, 4 ", "4,1", "5,2", "", end="\r\n")  # CRLF, blanks
text(labels / "SN003/SN003_au1.txt", "1,0", "3,4", "", "")  # frame 2 is skipped, blank lines
text(labels / "SN003/SN003_au12.txt", "1,1", "2,2", "3,3")  # no end of the last line
text(labels / "SN013/SN013_au1.txt", "1,0", "2,3")  # SN013_au12.txt is missing
for frame in (1, 2, 3, 4):  # frame 5 has no crop
    crop(disfa / f"crops/SN001/{frame}.pgm", frame)
for frame in (1, 2, 3, 4):  # frame 4 has no label
    crop(disfa / f"crops/SN003/{frame:05d}.pgm", 30 + frame)
crop(disfa / "crops/SN003/contact-sheet.pgm", 0)  # no frame number
for frame in (1, 2):
    crop(disfa / f"crops/SN013/{frame}.pgm", 130 + frame)

bp4d = HERE / "bp4d"
occurrences = bp4d / "AUCoding/AU_OCC"
text(occurrences / "F001_T1.csv", "0,1,12,99", "2440,0,1,0", "2441,1,9,0", "2442,1,1,1", "")  # 2442 is occluded
text(occurrences / "M007_T3.csv", "0,1,12,99", "17,0,0,0", "19,1,1,0", end="\r\n")
text(occurrences / "F003_T2.csv", "0,1,12,99", "5,0,0,0")  # no crops at all
text(bp4d / "AUCoding/AU_INT/AU12/F001_T1_AU12.csv", "2440,4", "2441,0", "2442,2", "")
text(bp4d / "AUCoding/AU_INT/AU12/M007_T3_AU12.csv", "17,9", "19,1", "")  # F003_T2_AU12.csv is missing
for frame in (2440, 2441, 2442):
    crop(bp4d / f"F001/T1/{frame}.pgm", frame)
for frame in (17, 18, 19):  # 18 has no label
    crop(bp4d / f"M007/T3/{frame:04d}.pgm", frame)
