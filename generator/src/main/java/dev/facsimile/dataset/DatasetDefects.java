// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.ModelLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts what had to be left out of a data set, and remembers the first of each kind. */
final class DatasetDefects {
  private final Path root;
  private final SortedMap<Kind, Integer> counts = new TreeMap<>();
  private final SortedMap<Kind, String> firsts = new TreeMap<>();

  DatasetDefects(Path root) {
    this.root = root;
  }

  /** Kinds of defects that real copies have. */
  enum Kind {
    CLIP_WITHOUT_CROPS(DiagnosticCode.DATASET_FRAMES_LEFT_OUT, "clips have no folder of crops"),
    CROP_WITHOUT_NUMBER(
        DiagnosticCode.DATASET_FRAMES_LEFT_OUT, "images are not named by a frame number"),
    FRAME_WITHOUT_CROP(DiagnosticCode.DATASET_FRAMES_LEFT_OUT, "labelled frames have no crop"),
    CROP_WITHOUT_LABEL(DiagnosticCode.DATASET_FRAMES_LEFT_OUT, "crops have no label"),
    OCCLUDED(DiagnosticCode.DATASET_FRAMES_LEFT_OUT, "frames are marked as occluded"),
    FILE_MISSING(DiagnosticCode.DATASET_LABELS_MISSING, "label files are missing"),
    UNCODED(DiagnosticCode.DATASET_LABELS_MISSING, "labels are 9, not coded"),
    LABEL_GAP(
        DiagnosticCode.DATASET_LABELS_MISSING, "labels are missing in files that skip their frame");

    private final DiagnosticCode code;
    private final String words;

    Kind(DiagnosticCode code, String words) {
      this.code = code;
      this.words = words;
    }
  }

  void count(Kind kind, String where) {
    counts.merge(kind, 1, Integer::sum);
    firsts.putIfAbsent(kind, ModelLocation.printable(where));
  }

  /** One warning for each kind that occurred. */
  List<Diagnostic> warnings() {
    List<Diagnostic> warnings = new ArrayList<>();
    counts.forEach(
        (kind, count) ->
            warnings.add(
                Diagnostic.warning(
                    kind.code,
                    BoundedFile.place(root),
                    "%d %s; the first: %s".formatted(count, kind.words, firsts.get(kind)),
                    "they are left out; see docs/datasets.md for the layout")));
    return warnings;
  }

  String summary() {
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey().words)
        .collect(Collectors.joining(", "));
  }
}
