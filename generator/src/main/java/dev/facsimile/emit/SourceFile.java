// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import java.util.List;

/**
 * What templates/network/source.c.vm prints.
 *
 * @param prefix of functions and types: au12
 * @param macro prefix of macros: AU12
 * @param kernelHeaders to include: conv2d/fxk_conv2d_s8_portable.h
 * @param runtimeVersion the only FXK_VERSION this code compiles with: 100
 * @param runtimeVersionText the same for people: 0.1.0
 * @param image how pixels become codes; only where {@code hasImage}
 */
public record SourceFile(
    Banner banner,
    String prefix,
    String macro,
    List<String> kernelHeaders,
    int runtimeVersion,
    String runtimeVersionText,
    List<LayerText> layers,
    List<PortText> inputs,
    List<PortText> outputs,
    boolean hasImage,
    ImageText image,
    TaskTables tasks) {}
