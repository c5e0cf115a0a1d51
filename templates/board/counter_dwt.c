/* SPDX-License-Identifier: Apache-2.0 */
/* The core's cycle counter (Armv7-M ARM, section C1.8). QEMU's never leaves 0. */
/* Cortex-M7 keeps it locked (Cortex-M7 TRM, section 11.3); other cores ignore the key. */
#include "parts.h"

#define DEMCR 0xe000edfcu
#define DEMCR_TRACE_ENABLE 0x01000000u
#define DWT_CTRL 0xe0001000u
#define DWT_CTRL_COUNT_CYCLES 0x1u
#define DWT_CYCCNT 0xe0001004u
#define DWT_LAR 0xe0001fb0u
#define UNLOCK 0xc5acce55u

void counter_init(void)
{
    REGISTER(DEMCR) |= DEMCR_TRACE_ENABLE;
    REGISTER(DWT_LAR) = UNLOCK;
    REGISTER(DWT_CYCCNT) = 0;
    REGISTER(DWT_CTRL) |= DWT_CTRL_COUNT_CYCLES;
}

uint32_t board_ticks(void)
{
    return REGISTER(DWT_CYCCNT);
}

board_tick_kind board_tick_unit(void)
{
    return BOARD_TICKS_ARE_CYCLES;
}
