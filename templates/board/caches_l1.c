/* SPDX-License-Identifier: Apache-2.0 */
/* The instruction and the data cache of the core (Armv7-M ARM, sections B2.2.7 and B3.2). Whoever lets a DMA
   controller fill or read cached memory has to clean or invalidate those lines; tightly coupled memory is never
   cached. */
#include "parts.h"

#define SCB_CCR 0xe000ed14u
#define SCB_CCSIDR 0xe000ed80u
#define SCB_CSSELR 0xe000ed84u
#define SCB_ICIALLU 0xe000ef50u
#define SCB_DCISW 0xe000ef60u

#define CCR_DATA_CACHE 0x00010000u
#define CCR_INSTRUCTION_CACHE 0x00020000u
#define LEVEL_1_DATA 0u

static void barrier(void)
{
    __asm__ volatile("dsb\n\tisb" : : : "memory");
}

/* Where the set number begins in SCB_DCISW: at log2 of the bytes of a line. */
static uint32_t set_shift(uint32_t geometry)
{
    return (geometry & 7u) + 4u;
}

/* The way number is at the top of SCB_DCISW. */
static uint32_t way_shift(uint32_t last_way)
{
    uint32_t shift = 32;

    while (last_way != 0) {
        last_way >>= 1;
        shift--;
    }
    return shift;
}

/* After reset the data cache holds garbage. */
static void invalidate_data_cache(void)
{
    uint32_t geometry;
    uint32_t last_way;
    uint32_t set;
    uint32_t way;

    REGISTER(SCB_CSSELR) = LEVEL_1_DATA;
    barrier();
    geometry = REGISTER(SCB_CCSIDR);
    last_way = (geometry >> 3) & 0x3ffu;
    for (set = 0; set <= ((geometry >> 13) & 0x7fffu); set++) {
        for (way = 0; way <= last_way; way++) {
            REGISTER(SCB_DCISW) = (set << set_shift(geometry)) | (last_way == 0 ? 0 : way << way_shift(last_way));
        }
    }
    barrier();
}

void caches_init(void)
{
    barrier();
    REGISTER(SCB_ICIALLU) = 0;
    barrier();
    REGISTER(SCB_CCR) |= CCR_INSTRUCTION_CACHE;
    barrier();
    /* A debugger may have left it on, and then it holds what memory does not. */
    if ((REGISTER(SCB_CCR) & CCR_DATA_CACHE) == 0) {
        invalidate_data_cache();
        REGISTER(SCB_CCR) |= CCR_DATA_CACHE;
        barrier();
    }
}
