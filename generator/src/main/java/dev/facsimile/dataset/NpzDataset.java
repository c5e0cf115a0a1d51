// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.InputImage;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Shape;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Examples from an {@code .npz} file. Where {@code tasks.yaml} describes an image: the array {@code
 * images}, uint8 [N, height, width] or [N, height, width, channels]. Else one float array for each
 * input, of its name, [N, ...]. Beside them, optionally, {@code labels} [N, tasks] with {@code
 * tasks} [tasks] naming the columns, and {@code subjects} and {@code folds} [N].
 */
final class NpzDataset implements Dataset {
  private static final int MOST_EXAMPLES = 100_000_000;

  private final String name;
  private final int size;
  private final Optional<InputImage> image;
  private final List<NpyArray> arrays;
  private final Labels labels;
  private final Optional<NpyArray> subjects;
  private final Optional<NpyArray> folds;

  private NpzDataset(
      String name,
      int size,
      Optional<InputImage> image,
      List<NpyArray> arrays,
      Labels labels,
      Optional<NpyArray> subjects,
      Optional<NpyArray> folds) {
    this.name = name;
    this.size = size;
    this.image = image;
    this.arrays = arrays;
    this.labels = labels;
    this.subjects = subjects;
    this.folds = folds;
  }

  /** Reads the file and checks everything in it against the network. */
  static NpzDataset read(Path file, Network network) {
    NpzFile npz = NpzFile.read(file);
    Reader reader = new Reader(file, npz, network);
    List<NpyArray> arrays = reader.inputs();
    if (!reader.problems.isEmpty()) {
      throw new FacsimileException(reader.problems);
    }
    int size = Math.toIntExact(arrays.get(0).header().rows());
    Labels labels = new NpzLabels(file, npz, network, size, reader.problems).read();
    Optional<NpyArray> subjects = reader.numbers("subjects", size, "one number a person");
    Optional<NpyArray> folds = reader.numbers("folds", size, "one number a fold, from 1");
    if (!reader.problems.isEmpty()) {
      throw new FacsimileException(reader.problems);
    }
    return new NpzDataset(
        BoundedFile.displayName(file), size, network.image(), arrays, labels, subjects, folds);
  }

  /** Finds the arrays and says what is wrong with them. */
  private static final class Reader {
    private final Path file;
    private final NpzFile npz;
    private final Network network;
    private final List<Diagnostic> problems = new ArrayList<>();

    Reader(Path file, NpzFile npz, Network network) {
      this.file = file;
      this.npz = npz;
      this.network = network;
    }

    List<NpyArray> inputs() {
      List<NpyArray> found = new ArrayList<>();
      Graph graph = network.graph();
      if (network.image().isPresent()) {
        find("images").filter(this::fitsImage).ifPresent(found::add);
      } else {
        for (Port port : graph.inputs()) {
          Shape shape = graph.tensor(port.tensor()).shape();
          find(port.name()).filter(array -> fitsInput(port, shape, array)).ifPresent(found::add);
        }
      }
      if (problems.isEmpty()) {
        checkCounts(found);
      }
      return found;
    }

    private Optional<NpyArray> find(String array) {
      Optional<NpyArray> found = npz.array(array);
      if (found.isEmpty()) {
        problem(
            DiagnosticCode.DATASET_INVALID,
            "the array '" + ModelLocation.printable(array) + "' is missing",
            "the file has " + ModelLocation.printable(String.join(", ", npz.names())));
      }
      return found;
    }

    private boolean fitsImage(NpyArray array) {
      InputImage image = network.image().orElseThrow();
      List<Long> actual = new ArrayList<>(array.header().shape());
      int channels = image.format().channels();
      if (actual.size() == 3 && channels == 1) {
        actual.add(1L);
      }
      List<Long> expected = List.of((long) image.height(), (long) image.width(), (long) channels);
      if (array.header().type().isUnsignedByte()
          && actual.size() == 4
          && actual.subList(1, 4).equals(expected)) {
        return true;
      }
      problem(
          DiagnosticCode.DATASET_SHAPE_MISMATCH,
          "'images' is " + array.header() + " but must be uint8 [N, " + text(expected) + "]",
          "save 8-bit images of the size that tasks.yaml gives");
      return false;
    }

    private boolean fitsInput(Port port, Shape shape, NpyArray array) {
      NpyHeader header = array.header();
      long elements = 1;
      for (int i = 1; i < header.shape().size(); i++) {
        elements *= header.shape().get(i);
      }
      boolean floating = header.type().code() == 'f';
      if (floating && header.shape().size() >= 2 && elements == shape.elements()) {
        return finite(port, array);
      }
      problem(
          DiagnosticCode.DATASET_SHAPE_MISMATCH,
          "'%s' is %s but must be float32 [N, ...] with %d values an example, shaped %s"
              .formatted(ModelLocation.printable(port.name()), header, shape.elements(), shape),
          "or describe the image in tasks.yaml and save uint8 images");
      return false;
    }

    private boolean finite(Port port, NpyArray array) {
      long count = array.header().elements();
      for (long i = 0; i < count; i++) {
        if (!Float.isFinite((float) array.number(i))) {
          problem(
              DiagnosticCode.DATASET_INVALID,
              "'" + ModelLocation.printable(port.name()) + "' holds infinite values or NaN",
              "remove the examples with such values");
          return false;
        }
      }
      return true;
    }

    private void checkCounts(List<NpyArray> found) {
      long rows = found.get(0).header().rows();
      if (rows == 0) {
        problem(DiagnosticCode.DATASET_EMPTY, "the file has no examples", "add some");
      }
      if (rows > MOST_EXAMPLES) {
        problem(
            DiagnosticCode.DATASET_INVALID,
            "the file has more than " + MOST_EXAMPLES + " examples",
            "split it");
      }
      for (NpyArray array : found) {
        if (array.header().rows() != rows) {
          problem(
              DiagnosticCode.DATASET_SHAPE_MISMATCH,
              "the inputs have %d and %d examples".formatted(rows, array.header().rows()),
              "give every input the same number of examples");
        }
      }
    }

    Optional<NpyArray> numbers(String name, int size, String hint) {
      Optional<NpyArray> array = npz.array(name);
      if (array.isPresent()) {
        NpyHeader header = array.get().header();
        if (header.type().isText() || !header.shape().equals(List.of((long) size))) {
          problem(
              DiagnosticCode.DATASET_SHAPE_MISMATCH,
              "'" + name + "' is " + header + " but must be int32 [" + size + "]",
              hint);
        }
      }
      return array;
    }

    private void problem(DiagnosticCode code, String message, String hint) {
      problems.add(Diagnostic.error(code, BoundedFile.place(file), message, hint));
    }

    private static String text(List<Long> dims) {
      return dims.toString().substring(1, dims.toString().length() - 1);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean hasPixels() {
    return image.isPresent();
  }

  @Override
  public byte[] pixels(int index) {
    int count =
        Pixels.count(
            image.orElseThrow(
                () -> new UnsupportedOperationException("the examples are not images")));
    return arrays.get(0).bytes((long) index * count, count);
  }

  @Override
  public List<float[]> tensors(int index) {
    if (image.isPresent()) {
      return List.of(Pixels.normalise(image.get(), pixels(index)));
    }
    return arrays.stream().map(array -> row(array, index)).toList();
  }

  private float[] row(NpyArray array, int index) {
    NpyHeader header = array.header();
    int count = (int) (header.elements() / size);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) array.number((long) index * count + i);
    }
    return values;
  }

  @Override
  public Labels labels() {
    return labels;
  }

  @Override
  public OptionalInt subject(int index) {
    return number(subjects, index);
  }

  @Override
  public OptionalInt fold(int index) {
    return number(folds, index);
  }

  private static OptionalInt number(Optional<NpyArray> numbers, int index) {
    return numbers.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of((int) numbers.get().number(index));
  }
}
