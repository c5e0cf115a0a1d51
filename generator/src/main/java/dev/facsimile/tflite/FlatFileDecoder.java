// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import dev.facsimile.tflite.FlatTensor.FlatQuantization;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.QuantizationDetails;
import org.tensorflow.lite.schema.QuantizationParameters;
import org.tensorflow.lite.schema.SignatureDef;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.Tensor;
import org.tensorflow.lite.schema.TensorMap;

/**
 * Bytes to plain records. The flatbuffer library checks no offset, so this class assumes that each
 * may point anywhere: every index is compared with its vector's length, every copy is charged
 * against the {@link MemoryBudget}, and what the library throws on a bad offset becomes one
 * diagnostic.
 */
final class FlatFileDecoder {
  static final String DAMAGED =
      "the file is damaged or incomplete: fetch it again and compare its SHA-256 with the"
          + " original's";

  /** About what a number of a list takes, boxed, and in the list that is copied. */
  private static final int BYTES_PER_ELEMENT = 24;

  /** About what the records of a tensor or an operator take beside their lists. */
  private static final int BYTES_PER_TABLE = 256;

  /** A letter while it is decoded and afterwards. */
  private static final int BYTES_PER_LETTER = 4;

  private final byte[] file;
  private final Model model;
  private final SortedMap<Integer, ConstantBytes> constants = new TreeMap<>();
  private final MemoryBudget budget;

  private FlatFileDecoder(byte[] file, MemoryBudget budget) {
    this.file = file;
    this.budget = budget;
    this.model = Model.getRootAsModel(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
  }

  static FlatFile decode(byte[] file, MemoryBudget budget) {
    try {
      return new FlatFileDecoder(file, budget).decode();
    } catch (IndexOutOfBoundsException e) {
      throw truncated("a reference points", file.length);
    } catch (IllegalArgumentException | NegativeArraySizeException | NullPointerException e) {
      // What else flatbuffers-java throws on offsets and lengths that make no sense.
      throw corrupt("its tables make no sense");
    }
  }

  private FlatFile decode() {
    if (model.version() != 3) {
      throw corrupt("its schema version is " + model.version() + " and not 3");
    }
    if (model.subgraphsLength() != 1) {
      throw subgraphs(model.subgraphsLength());
    }
    SubGraph graph = model.subgraphs(0);
    List<FlatTensor> tensors = list(graph.tensorsLength(), i -> tensor(i, graph.tensors(i)));
    List<FlatOperator> operators = list(graph.operatorsLength(), i -> operator(i, graph));
    List<Integer> inputs = list(graph.inputsLength(), graph::inputs);
    List<Integer> outputs = list(graph.outputsLength(), graph::outputs);
    SortedMap<Integer, String> inputNames = new TreeMap<>();
    SortedMap<Integer, String> outputNames = new TreeMap<>();
    signature()
        .ifPresent(
            signature -> {
              names(signature.inputsLength(), signature::inputs, tensors.size(), inputNames);
              names(signature.outputsLength(), signature::outputs, tensors.size(), outputNames);
            });
    return new FlatFile(tensors, operators, inputs, outputs, inputNames, outputNames);
  }

  private FlatTensor tensor(int index, Tensor tensor) {
    budget.charge(BYTES_PER_TABLE);
    if (tensor.buffer() < 0 || tensor.buffer() >= model.buffersLength()) {
      throw corrupt("tensor #" + index + " names buffer " + tensor.buffer() + ", which is missing");
    }
    return new FlatTensor(
        index,
        text(tensor.nameAsByteBuffer()),
        list(tensor.shapeLength(), tensor::shape),
        list(tensor.shapeSignatureLength(), tensor::shapeSignature),
        tensor.type(),
        data(index, (int) tensor.buffer()),
        tensor.sparsity() != null,
        tensor.isVariable(),
        quantization(tensor.quantization()));
  }

  private FlatQuantization quantization(QuantizationParameters parameters) {
    if (parameters == null) {
      return FlatQuantization.NONE;
    }
    return new FlatQuantization(
        list(parameters.scaleLength(), parameters::scale),
        list(parameters.zeroPointLength(), parameters::zeroPoint),
        parameters.quantizedDimension(),
        parameters.detailsType() != QuantizationDetails.NONE);
  }

  private Optional<ConstantBytes> data(int tensor, int index) {
    Buffer buffer = model.buffers(index);
    int length = buffer.dataLength();
    if (ExternalBuffers.contain(model.getByteBuffer(), index)) {
      throw external(tensor);
    }
    if (length == 0) {
      return Optional.empty();
    }
    ByteBuffer data = vector(tensor, buffer);
    int position = data.position();
    ConstantBytes known = constants.get(position);
    if (known != null && known.size() == length) {
      return Optional.of(known);
    }
    requirePlausible(length);
    budget.charge(length);
    ConstantBytes constant = ConstantBytes.copyOf(data);
    constants.put(position, constant);
    return Optional.of(constant);
  }

  private ByteBuffer vector(int tensor, Buffer buffer) {
    int length = buffer.dataLength();
    ByteBuffer data = null;
    try {
      data = buffer.dataAsByteBuffer();
    } catch (IllegalArgumentException e) {
      data = null;
    }
    if (data == null || length < 0 || data.remaining() != length) {
      throw truncated("the contents of tensor #" + tensor + " reach", file.length);
    }
    return data;
  }

  private FlatOperator operator(int index, SubGraph graph) {
    budget.charge(BYTES_PER_TABLE);
    Operator operator = graph.operators(index);
    long opcode = operator.opcodeIndex();
    if (opcode < 0 || opcode >= model.operatorCodesLength()) {
      throw corrupt("operator #" + index + " is of kind " + opcode + ", which is missing");
    }
    OperatorCode code = model.operatorCodes((int) opcode);
    return new FlatOperator(
        index,
        // Files from before 2020 have the first field only, newer ones both.
        Math.max(code.deprecatedBuiltinCode(), code.builtinCode()),
        text(code.customCodeAsByteBuffer()),
        list(operator.inputsLength(), operator::inputs),
        list(operator.outputsLength(), operator::outputs),
        operator);
  }

  /** The signature called serving_default, else the first. */
  private Optional<SignatureDef> signature() {
    Optional<SignatureDef> first = Optional.empty();
    for (int i = 0; i < model.signatureDefsLength(); i++) {
      SignatureDef signature = model.signatureDefs(i);
      if (text(signature.signatureKeyAsByteBuffer()).equals("serving_default")) {
        return Optional.of(signature);
      }
      first = first.isPresent() ? first : Optional.of(signature);
    }
    return first;
  }

  private void names(
      int count, IntFunction<TensorMap> entries, int tensors, SortedMap<Integer, String> names) {
    for (int i = 0; i < count; i++) {
      TensorMap entry = entries.apply(i);
      if (entry.tensorIndex() < 0 || entry.tensorIndex() >= tensors) {
        throw corrupt("a signature names tensor #" + entry.tensorIndex() + ", which is missing");
      }
      names.putIfAbsent((int) entry.tensorIndex(), text(entry.nameAsByteBuffer()));
    }
  }

  /** Copies a vector; its length is charged before anything is allocated. */
  private <T> List<T> list(int length, IntFunction<T> element) {
    requirePlausible(length);
    budget.charge((long) BYTES_PER_ELEMENT * length);
    List<T> values = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      values.add(element.apply(i));
    }
    return List.copyOf(values);
  }

  /** Names are free text: bytes that are not UTF-8 become the replacement character. */
  private String text(ByteBuffer utf8) {
    if (utf8 == null) {
      return "";
    }
    budget.charge((long) BYTES_PER_LETTER * utf8.remaining());
    return StandardCharsets.UTF_8.decode(utf8).toString();
  }

  private void requirePlausible(int length) {
    if (length < 0 || length > file.length) {
      throw corrupt("a length is greater than the file");
    }
  }

  private static FacsimileException corrupt(String message) {
    return FacsimileException.error(
        DiagnosticCode.MODEL_CORRUPT, ModelLocation.NONE, message, DAMAGED);
  }

  private static FacsimileException truncated(String what, int end) {
    return FacsimileException.error(
        DiagnosticCode.MODEL_TRUNCATED,
        ModelLocation.NONE,
        what + " beyond the file's end at byte " + end,
        DAMAGED);
  }

  private static FacsimileException external(int tensor) {
    return FacsimileException.error(
        DiagnosticCode.BUFFER_EXTERNAL,
        ModelLocation.NONE,
        "the contents of tensor #" + tensor + " are stored outside of the model's tables",
        "convert the network again without external buffers: only files of more than 2 GB need"
            + " them");
  }

  private static FacsimileException subgraphs(int count) {
    return count < 1
        ? corrupt("there is no subgraph in it")
        : FacsimileException.error(
            DiagnosticCode.SUBGRAPHS_UNSUPPORTED,
            ModelLocation.NONE,
            "the file has " + count + " subgraphs, of which all but one belong to control flow",
            "export the network without loops and conditions (tf.while, tf.cond; recurrent layers"
                + " of Keras with unroll=True), or each signature as a file of its own");
  }
}
