/* SPDX-License-Identifier: Apache-2.0 */
/* What the self-test knows of the network: vectors/vectors.c fills it in. */
#ifndef SELFTEST_H
#define SELFTEST_H

#include <stdint.h>

/* Bytes [offset, offset + bytes) of the network's arena. */
typedef struct {
    const char *name;
    uint32_t offset;
    uint32_t bytes;
} selftest_area;

/* Bytes of the arena that layer first writes and layer last is the last to read. The inputs are there
   before layer 0: first is -1; the outputs stay: last is the number of layers. */
typedef struct {
    uint32_t offset;
    uint32_t bytes;
    int32_t first;
    int32_t last;
} selftest_live_slot;

typedef struct {
    const char *model;
    const char *model_sha256;
    const char *kernels;
    uint32_t vectors;
    uint32_t inputs;
    uint32_t outputs;
    uint32_t layers;
    uint32_t live_slots;
    const selftest_area *input_areas;
    const selftest_area *output_areas;
    const selftest_area *layer_areas;
    const selftest_live_slot *live;
    const int8_t *const *input_bytes;  /* [vectors][inputs] */
    const int8_t *const *output_bytes; /* [vectors][outputs] */
    const uint32_t *layer_crcs;        /* [vectors][layers], CRC-32 of IEEE 802.3 */
} selftest_plan;

extern const selftest_plan selftest_expected;

#endif
