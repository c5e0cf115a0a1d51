/* SPDX-License-Identifier: Apache-2.0 */
/* What the self-test needs of a board; board/<target>/board.c has it. */
#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

typedef enum {
    BOARD_TICKS_ARE_CYCLES,
    /* In proportion, under QEMU's -icount: has to be calibrated. */
    BOARD_TICKS_FOLLOW_INSTRUCTIONS
} board_tick_kind;

/* Clocks, console and counter. */
void board_init(void);

/* Waits until the console takes the character. */
void board_write(char character);

/* The next received byte, 0 to 255, or -1 where none has come yet. */
int board_read(void);

/* Ends an emulator or a hosted program with that status; on a board without debugger it returns. */
void board_exit(int status);

/* A free-running counter, modulo 2^32; always 0 where the board has none. */
uint32_t board_ticks(void);
board_tick_kind board_tick_unit(void);

#endif
