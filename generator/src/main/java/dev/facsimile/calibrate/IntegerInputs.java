// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.dataset.Dataset;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.InputImage;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Quantization;
import dev.facsimile.quantize.AffineMapping;
import dev.facsimile.quantize.PixelCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Examples as an integer network takes them. Pixels become codes as {@link PixelCodes} says where
 * the network's input has that coding, else through their real values.
 */
final class IntegerInputs {
  private final Dataset dataset;
  private final Optional<PixelCodes> pixelCodes;

  IntegerInputs(Dataset dataset, Optional<InputImage> image) {
    this.dataset = dataset;
    this.pixelCodes = dataset.hasPixels() ? image.map(PixelCodes::of) : Optional.empty();
  }

  static IntegerInputs of(Dataset dataset, Network network) {
    return new IntegerInputs(dataset, network.image());
  }

  /** Codes of one example, one array for each input port. */
  List<byte[]> codes(int example, Graph integerGraph) {
    List<Quantization.PerTensor> quantizations = new ArrayList<>();
    integerGraph
        .inputs()
        .forEach(port -> quantizations.add(integerGraph.tensor(port.tensor()).perTensor()));
    if (pixelCodes.isPresent()
        && quantizations.size() == 1
        && pixelCodes.get().quantization().equals(quantizations.get(0))) {
      return List.of(pixelCodes.get().codes(dataset.pixels(example)));
    }
    List<float[]> reals = dataset.tensors(example);
    List<byte[]> codes = new ArrayList<>();
    for (int i = 0; i < quantizations.size(); i++) {
      codes.add(AffineMapping.quantize(reals.get(i), quantizations.get(i)));
    }
    return codes;
  }
}
