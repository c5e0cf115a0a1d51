// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.Graph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.tensorflow.lite.schema.BufferT;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.OperatorCodeT;
import org.tensorflow.lite.schema.OperatorT;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorT;

/** A file as a tree of fields that a test may set to anything before it is written again. */
final class EditedModel {
  private final ModelT model;

  private EditedModel(byte[] file) {
    model = Model.getRootAsModel(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN)).unpack();
  }

  /** The file of {@code graph} after {@code edit}. */
  static byte[] of(Graph graph, Consumer<EditedModel> edit) {
    return of(TfliteWriter.write(graph).bytes(), edit);
  }

  static byte[] of(byte[] file, Consumer<EditedModel> edit) {
    EditedModel edited = new EditedModel(file);
    edit.accept(edited);
    return edited.model.serializeToBinary();
  }

  ModelT model() {
    return model;
  }

  SubGraphT graph() {
    return model.getSubgraphs()[0];
  }

  TensorT tensor(int index) {
    return graph().getTensors()[index];
  }

  OperatorT operator(int index) {
    return graph().getOperators()[index];
  }

  OperatorCodeT code(int index) {
    return model.getOperatorCodes()[index];
  }

  /** Appends a tensor and returns its index. */
  int add(TensorT tensor) {
    TensorT[] tensors = Arrays.copyOf(graph().getTensors(), graph().getTensors().length + 1);
    tensors[tensors.length - 1] = tensor;
    graph().setTensors(tensors);
    return tensors.length - 1;
  }

  /** Appends an operator. */
  void add(OperatorT operator) {
    OperatorT[] operators =
        Arrays.copyOf(graph().getOperators(), graph().getOperators().length + 1);
    operators[operators.length - 1] = operator;
    graph().setOperators(operators);
  }

  /** Appends an operator code and returns its index. */
  int addCode(int code) {
    OperatorCodeT added = new OperatorCodeT();
    added.setBuiltinCode(code);
    added.setDeprecatedBuiltinCode((byte) Math.min(code, 127));
    added.setVersion(1);
    OperatorCodeT[] codes =
        Arrays.copyOf(model.getOperatorCodes(), model.getOperatorCodes().length + 1);
    codes[codes.length - 1] = added;
    model.setOperatorCodes(codes);
    return codes.length - 1;
  }

  /** Contents of a tensor's buffer, one entry a byte. */
  int[] data(int tensor) {
    return buffer(tensor).getData();
  }

  void setData(int tensor, int... bytes) {
    buffer(tensor).setData(bytes);
  }

  private BufferT buffer(int tensor) {
    return model.getBuffers()[(int) tensor(tensor).getBuffer()];
  }
}
