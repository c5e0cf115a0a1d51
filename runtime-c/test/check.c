/* SPDX-License-Identifier: Apache-2.0 */

#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GUARD 64
#define GUARD_BYTE 0xAA
#define MAX_ARRAYS 32
#define MAX_PRINTED 20

typedef struct array {
    unsigned char *memory;
    size_t count;
} array;

static array arrays[MAX_ARRAYS];
static size_t arrays_used;
static const char *current = "";
static uint64_t random_state = UINT64_C(0x9E3779B97F4A7C15);
static long checks;
static int failures;

static void release(void)
{
    for (size_t i = 0; i < arrays_used; i++) {
        for (size_t g = 0; g < GUARD; g++) {
            check_equal(arrays[i].memory[g], GUARD_BYTE, "guard before array", i);
            check_equal(arrays[i].memory[GUARD + arrays[i].count + g], GUARD_BYTE,
                        "guard after array", i);
        }
        free(arrays[i].memory);
    }
    arrays_used = 0;
}

void check_case(const char *name)
{
    release();
    current = name;
}

int check_finish(void)
{
    check_case("");
    printf("%ld checks, %d failed\n", checks, failures);
    return failures;
}

void check_equal(int64_t actual, int64_t expected, const char *what, size_t index)
{
    checks++;
    if (actual == expected) {
        return;
    }
    failures++;
    if (failures <= MAX_PRINTED) {
        printf("%s: %s %lu is %lld, expected %lld\n", current, what, (unsigned long)index,
               (long long)actual, (long long)expected);
    }
}

void check_bytes(const int8_t *actual, const int8_t *expected, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        check_equal(actual[i], expected[i], "element", (size_t)i);
    }
}

void check_halves(const int16_t *actual, const int16_t *expected, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        check_equal(actual[i], expected[i], "element", (size_t)i);
    }
}

void *check_array(size_t count)
{
    unsigned char *const memory = malloc(count + 2 * GUARD);
    if (memory == NULL || arrays_used == MAX_ARRAYS) {
        printf("%s: out of memory\n", current);
        exit(2);
    }
    memset(memory, GUARD_BYTE, count + 2 * GUARD);
    memset(memory + GUARD, 0x55, count);
    arrays[arrays_used].memory = memory;
    arrays[arrays_used].count = count;
    arrays_used++;
    return memory + GUARD;
}

int8_t *check_noise(int32_t count)
{
    int8_t *const bytes = check_array((size_t)count);
    for (int32_t i = 0; i < count; i++) {
        bytes[i] = (int8_t)check_random(-128, 127);
    }
    return bytes;
}

int16_t *check_noise_s16(int32_t count)
{
    int16_t *const halves = check_array(2 * (size_t)count);
    for (int32_t i = 0; i < count; i++) {
        halves[i] = (int16_t)check_random(-32768, 32767);
    }
    return halves;
}

int8_t *check_copy(const int8_t *bytes, int32_t count)
{
    int8_t *const copy = check_array((size_t)count);
    memcpy(copy, bytes, (size_t)count);
    return copy;
}

int32_t check_random(int32_t first, int32_t last)
{
    /* xorshift64* */
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    const uint64_t bits = random_state * UINT64_C(2685821657736338717) >> 32;
    const uint64_t span = (uint64_t)((int64_t)last - first + 1);
    return (int32_t)(first + (int64_t)(bits * span >> 32));
}

int32_t check_random_multiplier(void)
{
    return check_random((int32_t)1 << 30, INT32_MAX);
}
