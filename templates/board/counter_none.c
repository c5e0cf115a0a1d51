/* SPDX-License-Identifier: Apache-2.0 */
/* This board has nothing to count with. */
#include "parts.h"

void counter_init(void)
{
}

uint32_t board_ticks(void)
{
    return 0;
}

board_tick_kind board_tick_unit(void)
{
    return BOARD_TICKS_ARE_CYCLES;
}
