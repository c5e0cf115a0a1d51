// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import java.util.List;
import java.util.SortedMap;

/**
 * A file's only subgraph as the file states it, unchecked.
 *
 * @param inputs tensor indices
 * @param outputs tensor indices
 * @param inputNames names that a SignatureDef gives to input tensors
 * @param outputNames names that a SignatureDef gives to output tensors
 */
record FlatFile(
    List<FlatTensor> tensors,
    List<FlatOperator> operators,
    List<Integer> inputs,
    List<Integer> outputs,
    SortedMap<Integer, String> inputNames,
    SortedMap<Integer, String> outputNames) {}
