/* SPDX-License-Identifier: Apache-2.0 */
#include "serial.h"

#include "board.h"
#include "crc32.h"
#include "frame.h"
#include "print.h"
#include "selftest.h"
#include "timing.h"

#define VERSION 1u
#define HEADER_BYTES 7u

#define REQUEST_HELLO 0x01u
#define REQUEST_WRITE 0x02u
#define REQUEST_RUN 0x03u
#define REQUEST_READ 0x04u
#define ANSWER 0x80u
#define ANSWER_REFUSED 0xffu

#define REFUSED_SESSION 1u
#define REFUSED_FORM 2u
#define REFUSED_INPUTS 3u
#define REFUSED_RUN 4u

#define READ_OUTPUT 0u
#define READ_LAYER_CRCS 1u
#define READ_LAYER_TICKS 2u

static uint8_t request[FRAME_MOST + 4u];

/* All of it is lost in a reset, and then the session number tells. */
static struct {
    uint32_t session;
    /* Number of the run whose results are still there; 0 for none. */
    uint32_t run;
    uint32_t ticks;
    uint32_t digest;
} state;

static struct {
    int active;
    uint32_t since;
    uint32_t layers;
    uint32_t crcs[SELFTEST_LAYERS];
    uint32_t ticks[SELFTEST_LAYERS];
} record;

int serial_layer_done(uint32_t layer, const int8_t *output, uint32_t bytes)
{
    uint32_t now = board_ticks();

    if (!record.active) {
        return 0;
    }
    if (layer == record.layers && layer < SELFTEST_LAYERS) {
        record.ticks[layer] = now - record.since;
        record.crcs[layer] = crc32_of((const uint8_t *)output, bytes);
    }
    record.layers++;
    record.since = board_ticks();
    return 1;
}

static uint32_t get16(uint32_t at)
{
    return (uint32_t)request[at] | (uint32_t)request[at + 1u] << 8;
}

static uint32_t get32(uint32_t at)
{
    return get16(at) | get16(at + 2u) << 16;
}

static void begin_answer(uint8_t type)
{
    uint32_t i;

    frame_begin();
    frame_put(type);
    for (i = 1; i < HEADER_BYTES; i++) {
        frame_put(request[i]);
    }
}

static void refuse(uint8_t reason)
{
    begin_answer(ANSWER_REFUSED);
    frame_put(reason);
    frame_end();
}

static void put_text(const char *text)
{
    while (*text != '\0') {
        frame_put((uint8_t)*text);
        text++;
    }
}

static void hello(void)
{
    state.session = get32(1);
    state.run = 0;
    begin_answer(ANSWER | REQUEST_HELLO);
    frame_put(VERSION);
    frame_put16(FRAME_MOST);
    frame_put(timing_counts_cycles() ? 1 : 0);
    frame_put((uint8_t)selftest_expected.inputs);
    frame_put((uint8_t)selftest_expected.outputs);
    frame_put16(selftest_expected.layers);
    put_text(selftest_expected.model_sha256);
    put_text(selftest_expected.kernels);
    put_text(" " PRINT_ISA " " PRINT_COMPILER);
    frame_end();
}

/* Port, offset, bytes. Writing the same twice does no harm. */
static void write_input(selftest_context *context, uint32_t count)
{
    const uint32_t bytes = count - HEADER_BYTES - 5u;
    const uint32_t port = request[HEADER_BYTES];
    const uint32_t offset = get32(HEADER_BYTES + 1u);
    const selftest_area *area;
    uint32_t i;

    if (port >= selftest_expected.inputs || offset > selftest_expected.input_areas[port].bytes ||
        bytes > selftest_expected.input_areas[port].bytes - offset) {
        refuse(REFUSED_FORM);
        return;
    }
    area = &selftest_expected.input_areas[port];
    state.run = 0;
    for (i = 0; i < bytes; i++) {
        context->arena[area->offset + offset + i] = (int8_t)request[HEADER_BYTES + 5u + i];
    }
    begin_answer(ANSWER | REQUEST_WRITE);
    frame_end();
}

static uint32_t crc_of_areas(const selftest_context *context, const selftest_area *areas, uint32_t count)
{
    uint32_t crc = 0;
    uint32_t i;

    for (i = 0; i < count; i++) {
        crc = crc32_update(crc, (const uint8_t *)&context->arena[areas[i].offset], areas[i].bytes);
    }
    return crc;
}

static void run_network(selftest_context *context, uint32_t run)
{
    uint32_t start;
    uint32_t i;

    record.layers = 0;
    record.active = 1;
    start = board_ticks();
    record.since = start;
    selftest_run_network(context);
    record.active = 0;
    state.ticks = 0;
    for (i = 0; i < SELFTEST_LAYERS; i++) {
        state.ticks += record.ticks[i];
    }
    state.digest = crc_of_areas(context, selftest_expected.output_areas, selftest_expected.outputs);
    state.digest = crc32_update(state.digest, (const uint8_t *)record.crcs, sizeof record.crcs);
    state.run = record.layers == SELFTEST_LAYERS ? run : 0;
}

/* Run number, CRC-32 of all inputs. The same run asked for again is not run again: its inputs are gone. */
static void run(selftest_context *context)
{
    const uint32_t number = get32(HEADER_BYTES);

    if (number == 0) {
        refuse(REFUSED_FORM);
        return;
    }
    if (number != state.run) {
        if (crc_of_areas(context, selftest_expected.input_areas, selftest_expected.inputs) !=
            get32(HEADER_BYTES + 4u)) {
            refuse(REFUSED_INPUTS);
            return;
        }
        run_network(context, number);
    }
    if (number != state.run) {
        refuse(REFUSED_RUN);
        return;
    }
    begin_answer(ANSWER | REQUEST_RUN);
    frame_put32(state.run);
    frame_put32(state.ticks);
    frame_put32(state.digest);
    frame_end();
}

/* A piece of the results; 0 where there is no such thing. */
static const uint8_t *result(const selftest_context *context, uint32_t kind, uint32_t index, uint32_t *bytes)
{
    if (kind == READ_OUTPUT && index < selftest_expected.outputs) {
        *bytes = selftest_expected.output_areas[index].bytes;
        return (const uint8_t *)&context->arena[selftest_expected.output_areas[index].offset];
    }
    *bytes = sizeof record.crcs;
    if (kind == READ_LAYER_CRCS) {
        return (const uint8_t *)record.crcs;
    }
    return kind == READ_LAYER_TICKS ? (const uint8_t *)record.ticks : 0;
}

/* Run number, kind, index, offset, count. */
static void read_result(const selftest_context *context)
{
    const uint32_t offset = get32(HEADER_BYTES + 7u);
    const uint32_t count = get16(HEADER_BYTES + 11u);
    uint32_t bytes;
    uint32_t i;
    const uint8_t *from;

    if (get32(HEADER_BYTES) != state.run || state.run == 0) {
        refuse(REFUSED_RUN);
        return;
    }
    from = result(context, request[HEADER_BYTES + 4u], get16(HEADER_BYTES + 5u), &bytes);
    if (from == 0 || offset > bytes || count > bytes - offset || count > FRAME_MOST - HEADER_BYTES) {
        refuse(REFUSED_FORM);
        return;
    }
    begin_answer(ANSWER | REQUEST_READ);
    for (i = 0; i < count; i++) {
        frame_put(from[offset + i]);
    }
    frame_end();
}

static void answer(selftest_context *context, uint32_t count)
{
    const uint32_t body = count - HEADER_BYTES;

    if (request[0] == REQUEST_HELLO && body == 0 && get32(1) != 0) {
        hello();
    } else if (get32(1) != state.session || state.session == 0) {
        refuse(REFUSED_SESSION);
    } else if (request[0] == REQUEST_WRITE && body >= 5u) {
        write_input(context, count);
    } else if (request[0] == REQUEST_RUN && body == 8u) {
        run(context);
    } else if (request[0] == REQUEST_READ && body == 13u) {
        read_result(context);
    } else {
        refuse(REFUSED_FORM);
    }
}

void serial_serve(selftest_context *context)
{
    for (;;) {
        uint32_t count = frame_receive(request);
        if (count >= HEADER_BYTES) {
            answer(context, count);
        }
    }
}
