/* SPDX-License-Identifier: Apache-2.0 */
#include "timing.h"

#include <stdint.h>

#include "board.h"
#include "print.h"

#define CALIBRATION_TURNS 100000u
/* Two instructions a turn, and the ones that load the number of turns are too few to matter. */
#define CALIBRATION_INSTRUCTIONS (2u * CALIBRATION_TURNS)

static uint32_t calibration_ticks;
static uint32_t started;
static uint32_t elapsed;

#if defined(__arm__)
static uint32_t ticks_of_known_loop(void)
{
    uint32_t turns = CALIBRATION_TURNS;
    uint32_t start = board_ticks();

    __asm__ volatile(".syntax unified\n1: subs %0, %0, #1\n\tbne 1b" : "+l"(turns) : : "cc");
    return board_ticks() - start;
}
#else
static uint32_t ticks_of_known_loop(void)
{
    return 0;
}
#endif

void timing_calibrate(void)
{
    uint32_t first = ticks_of_known_loop();
    uint32_t second = ticks_of_known_loop();
    uint32_t difference = first > second ? first - second : second - first;

    /* A counter that follows the host's clock never agrees with itself; one that ticks in another period than an
       instruction may be off by a few ticks. */
    calibration_ticks = difference <= 2u + first / 10000u ? first : 0;
}

void timing_start(void)
{
    started = board_ticks();
}

void timing_stop(void)
{
    elapsed = board_ticks() - started;
}

void timing_print(void)
{
    uint64_t count = elapsed;

    if (calibration_ticks == 0 || elapsed == 0) {
        return;
    }
    if (board_tick_unit() == BOARD_TICKS_FOLLOW_INSTRUCTIONS) {
        count = count * CALIBRATION_INSTRUCTIONS / calibration_ticks;
        print_text("note instructions v=0 count=");
    } else {
        print_text("note cycles v=0 count=");
    }
    print_decimal(count > UINT32_MAX ? UINT32_MAX : (uint32_t)count);
    print_text("\n");
}

int timing_counts_cycles(void)
{
    return calibration_ticks != 0 && board_tick_unit() == BOARD_TICKS_ARE_CYCLES;
}
