/* SPDX-License-Identifier: Apache-2.0 */

#include "tests.h"

#include "check.h"
#include "resize/fxk_resize_bilinear_s16_portable.h"
#include "resize/fxk_resize_bilinear_s8_portable.h"
#include "resize/fxk_resize_nearest_x8_portable.h"

/* The definition, pixel by pixel: a tent of width 1024 around the position weighs the whole axis. */
static int64_t tent(int64_t position, int32_t pixel, int32_t extent)
{
    const int64_t last = 1024 * ((int64_t)extent - 1);
    const int64_t inside = position < 0 ? 0 : position > last ? last : position;
    const int64_t distance = inside > 1024 * (int64_t)pixel ? inside - 1024 * (int64_t)pixel
                                                            : 1024 * (int64_t)pixel - inside;
    return distance < 1024 ? 1024 - distance : 0;
}

static int64_t mixed(const fxk_resize_bilinear_params *p, const int16_t *image, int32_t y,
                     int32_t x, int32_t c)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < p->input_h; i++) {
        for (int32_t j = 0; j < p->input_w; j++) {
            sum += image[(i * p->input_w + j) * p->channels + c]
                * tent(p->first_y + (int64_t)y * p->step_y, i, p->input_h)
                * tent(p->first_x + (int64_t)x * p->step_x, j, p->input_w);
        }
    }
    const int64_t half = sum > 0 ? 1 << 19 : -(1 << 19);
    return (sum + half) / (1 << 20);
}

static void interpolates(void)
{
    const int32_t finest = check_random(0, 1) ? 1 : 700;
    const fxk_resize_bilinear_params p = {
        .batches = check_random(1, 2),
        .input_h = check_random(1, 5),
        .input_w = check_random(1, 5),
        .output_h = check_random(1, 7),
        .output_w = check_random(1, 7),
        .channels = check_random(1, 5),
        .first_y = check_random(-512, 512),
        .step_y = check_random(finest, 2048),
        .first_x = check_random(-512, 512),
        .step_x = check_random(finest, 2048) / 512 * 512,
    };
    check_case("resize_bilinear");
    const int32_t pixels = p.input_h * p.input_w * p.channels;
    const int32_t count = p.batches * p.output_h * p.output_w * p.channels;
    const int8_t *const bytes = check_noise(p.batches * pixels);
    int16_t *const halves = check_noise_s16(p.batches * pixels);
    const int32_t narrow = check_random(0, 1);
    for (int32_t i = 0; narrow && i < p.batches * pixels; i++) {
        halves[i] = bytes[i];
    }
    int8_t *const output = check_array((size_t)count);
    int16_t *const output_s16 = check_array(2 * (size_t)count);
    int8_t *const expected = check_array((size_t)count);
    int16_t *const expected_s16 = check_array(2 * (size_t)count);
    for (int32_t i = 0; i < count; i++) {
        const int32_t pixel = i / p.channels;
        const int32_t row = pixel / p.output_w;
        const int64_t value = mixed(&p, halves + row / p.output_h * pixels, row % p.output_h,
                                    pixel % p.output_w, i % p.channels);
        expected_s16[i] = (int16_t)value;
        expected[i] = (int8_t)value;
    }
    fxk_resize_bilinear_s16_portable(&p, halves, output_s16);
    check_halves(output_s16, expected_s16, count);
    if (narrow) {
        fxk_resize_bilinear_s8_portable(&p, bytes, output);
        check_bytes(output, expected, count);
    }
}

static int32_t *picks(int32_t count, int32_t extent)
{
    int32_t *const picked = check_array(sizeof(int32_t) * (size_t)count);
    for (int32_t i = 0; i < count; i++) {
        picked[i] = check_random(0, extent - 1);
    }
    return picked;
}

static void copies_the_nearest(void)
{
    const fxk_resize_nearest_params p = {
        .batches = check_random(1, 2),
        .input_h = check_random(1, 5),
        .input_w = check_random(1, 5),
        .output_h = check_random(1, 7),
        .output_w = check_random(1, 7),
        .pixel_bytes = check_random(1, 9),
    };
    check_case("resize_nearest");
    const int32_t count = p.batches * p.output_h * p.output_w * p.pixel_bytes;
    const int8_t *const input = check_noise(p.batches * p.input_h * p.input_w * p.pixel_bytes);
    const int32_t *const rows = picks(p.output_h, p.input_h);
    const int32_t *const columns = picks(p.output_w, p.input_w);
    int8_t *const output = check_array((size_t)count);
    int8_t *const expected = check_array((size_t)count);
    for (int32_t i = 0; i < count; i++) {
        const int32_t pixel = i / p.pixel_bytes;
        const int32_t row = pixel / p.output_w;
        const int32_t n = row / p.output_h;
        const int32_t from = (n * p.input_h + rows[row % p.output_h]) * p.input_w
            + columns[pixel % p.output_w];
        expected[i] = input[from * p.pixel_bytes + i % p.pixel_bytes];
    }
    fxk_resize_nearest_x8_portable(&p, input, rows, columns, output);
    check_bytes(output, expected, count);
}

void test_resize(int32_t effort)
{
    for (int32_t i = 0; i < 30 * effort; i++) {
        interpolates();
        copies_the_nearest();
    }
}
