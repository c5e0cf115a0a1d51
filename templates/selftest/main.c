/* SPDX-License-Identifier: Apache-2.0 */
/* Runs every vector through the network and prints what each layer computed, line by line, so that a
   reader can compare with vectors/expected.txt. The firmware compares too and prints its verdict. */
#include <string.h>

#include "arena_guard.h"
#include "board.h"
#include "crc32.h"
#include "network.h"
#include "print.h"
#include "selftest.h"
#include "serial.h"
#include "stack.h"
#include "timing.h"

/* The one instance; static, so that the linker's map shows what it takes. */
static selftest_context context;

/* What the layer hook needs while a vector runs. */
static struct {
    int reporting;
    uint32_t vector;
    uint32_t layers_seen;
    uint32_t mismatches;
} progress;

/* The network calls it after every layer. */
void selftest_layer_hook(uint32_t layer, const char *name, const int8_t *output, uint32_t bytes);

void selftest_layer_hook(uint32_t layer, const char *name, const int8_t *output, uint32_t bytes)
{
    const selftest_plan *plan = &selftest_expected;
    uint32_t crc;

    if (serial_layer_done(layer, output, bytes) || !progress.reporting) {
        return;
    }
    crc = crc32_of((const uint8_t *)output, bytes);
    print_text("layer v=");
    print_decimal(progress.vector);
    print_text(" n=");
    print_decimal(layer);
    print_text(" name=");
    print_text(name);
    print_text(" crc=");
    print_hex32(crc);
    print_text("\n");
    if (layer != progress.layers_seen || layer >= plan->layers ||
        crc != plan->layer_crcs[progress.vector * plan->layers + layer]) {
        progress.mismatches++;
    }
    progress.layers_seen++;
    arena_guard_before_layer(context.arena, layer + 1);
}

static void load_inputs(uint32_t vector)
{
    const selftest_plan *plan = &selftest_expected;
    uint32_t i;

    for (i = 0; i < plan->inputs; i++) {
        const selftest_area *area = &plan->input_areas[i];
        memcpy(&context.arena[area->offset], plan->input_bytes[vector * plan->inputs + i], area->bytes);
    }
}

static void compare_outputs(uint32_t vector)
{
    const selftest_plan *plan = &selftest_expected;
    uint32_t i;

    for (i = 0; i < plan->outputs; i++) {
        const selftest_area *area = &plan->output_areas[i];
        const int8_t *expected = plan->output_bytes[vector * plan->outputs + i];
        if (memcmp(&context.arena[area->offset], expected, area->bytes) != 0) {
            progress.mismatches++;
        }
    }
}

static void print_outputs(uint32_t vector)
{
    const selftest_plan *plan = &selftest_expected;
    uint32_t i;
    uint32_t at;

    for (i = 0; i < plan->outputs; i++) {
        const selftest_area *area = &plan->output_areas[i];
        print_text("output v=");
        print_decimal(vector);
        print_text(" port=");
        print_decimal(i);
        print_text(" bytes=");
        for (at = 0; at < area->bytes; at++) {
            print_hex8((uint8_t)context.arena[area->offset + at]);
        }
        print_text("\n");
    }
}

/* Once as a product would run it, silent and undisturbed: counts stack and time. */
static void run_silently(uint32_t vector)
{
    arena_guard_release(context.arena);
    load_inputs(vector);
    progress.reporting = 0;
    stack_paint(stack_pointer());
    timing_start();
    selftest_product_run(&context);
    timing_stop();
    stack_measure();
    compare_outputs(vector);
}

static void run_reporting(uint32_t vector)
{
    progress.reporting = 1;
    progress.vector = vector;
    progress.layers_seen = 0;
    arena_guard_release(context.arena);
    load_inputs(vector);
    arena_guard_before_layer(context.arena, 0);
    selftest_run_network(&context);
    progress.reporting = 0;
    if (progress.layers_seen != selftest_expected.layers) {
        progress.mismatches++;
    }
    print_outputs(vector);
    compare_outputs(vector);
}

static void print_header(void)
{
    print_text("\nfacsimile-selftest 2 variants=");
    print_text(selftest_expected.kernels);
    print_text(" isa=" PRINT_ISA " compiler=" PRINT_COMPILER " model=");
    print_text(selftest_expected.model);
    print_text(" model_sha256=");
    print_text(selftest_expected.model_sha256);
    print_text("\nbegin vectors=");
    print_decimal(selftest_expected.vectors);
    print_text(" layers=");
    print_decimal(selftest_expected.layers);
    print_text("\n");
}

int main(void)
{
    uint32_t vector;
    uint32_t crc;

    board_init();
    print_header();
    selftest_prepare_network(&context);
    timing_calibrate();
    run_silently(0);
    print_restart_crc();
    for (vector = 0; vector < selftest_expected.vectors; vector++) {
        run_reporting(vector);
    }
    crc = print_crc();
    timing_print();
    stack_print();
    print_text("end crc=");
    print_hex32(crc);
    print_text(progress.mismatches == 0 ? "\nverdict PASS\n" : "\nverdict FAIL\n");
    board_exit(progress.mismatches == 0 ? 0 : 1);
    arena_guard_release(context.arena);
    serial_serve(&context);
    return 0;
}
