/* SPDX-License-Identifier: Apache-2.0 */
#include "arena_guard.h"

#include <string.h>

#include "network.h"
#include "selftest.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_GUARD_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_GUARD_POISONS 1
#endif
#endif

#if defined(ARENA_GUARD_POISONS)
#include <sanitizer/asan_interface.h>
#define POISON(start, bytes) ASAN_POISON_MEMORY_REGION(start, bytes)
#define UNPOISON(start, bytes) ASAN_UNPOISON_MEMORY_REGION(start, bytes)
#else
#define POISON(start, bytes) ((void)0)
#define UNPOISON(start, bytes) ((void)0)
#endif

/* No likely activation, and not what fresh memory holds. */
#define DEAD_BYTE 0x5a

/* Written before the layer and needed by it or later: the layer may read it. */
static int readable(const selftest_live_slot *slot, int32_t layer)
{
    return slot->first < layer && layer <= slot->last;
}

/* Readable, or written by the layer itself. */
static int accessible(const selftest_live_slot *slot, int32_t layer)
{
    return slot->first <= layer && layer <= slot->last;
}

/* The end of the readable bytes that begin at or reach over position; position where there are none. */
static uint32_t end_of_readable(uint32_t position, int32_t layer)
{
    uint32_t end = position;
    uint32_t i;

    for (i = 0; i < selftest_expected.live_slots; i++) {
        const selftest_live_slot *slot = &selftest_expected.live[i];
        uint32_t slot_end = slot->offset + slot->bytes;
        if (readable(slot, layer) && slot->offset <= position && slot_end > end) {
            end = slot_end;
        }
    }
    return end;
}

/* Where the dead bytes that begin at position end. */
static uint32_t end_of_dead(uint32_t position, int32_t layer)
{
    uint32_t end = SELFTEST_ARENA_BYTES;
    uint32_t i;

    for (i = 0; i < selftest_expected.live_slots; i++) {
        const selftest_live_slot *slot = &selftest_expected.live[i];
        if (readable(slot, layer) && slot->offset > position && slot->offset < end) {
            end = slot->offset;
        }
    }
    return end;
}

static void overwrite_dead(int8_t *arena, int32_t layer)
{
    uint32_t position = 0;

    while (position < SELFTEST_ARENA_BYTES) {
        uint32_t end = end_of_readable(position, layer);
        if (end == position) {
            end = end_of_dead(position, layer);
            memset(&arena[position], DEAD_BYTE, end - position);
        }
        position = end;
    }
}

void arena_guard_before_layer(int8_t *arena, uint32_t layer)
{
    uint32_t i;

    arena_guard_release(arena);
    overwrite_dead(arena, (int32_t)layer);
    POISON(arena, SELFTEST_ARENA_BYTES);
    for (i = 0; i < selftest_expected.live_slots; i++) {
        const selftest_live_slot *slot = &selftest_expected.live[i];
        if (accessible(slot, (int32_t)layer)) {
            UNPOISON(&arena[slot->offset], slot->bytes);
        }
    }
}

void arena_guard_release(int8_t *arena)
{
    (void)arena;
    UNPOISON(arena, SELFTEST_ARENA_BYTES);
}
