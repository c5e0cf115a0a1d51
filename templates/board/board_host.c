/* SPDX-License-Identifier: Apache-2.0 */
/* A hosted program: standard output, exit status. */
#include <stdio.h>
#include <stdlib.h>

#include "board.h"

void board_init(void)
{
    /* A sanitizer that stops the program writes out no buffer. */
    if (setvbuf(stdout, NULL, _IOLBF, BUFSIZ) != 0) {
        exit(2);
    }
}

void board_write(char character)
{
    if (putchar(character) == EOF) {
        exit(2);
    }
}

/* Standard input is no serial line: a hosted program takes no orders. */
int board_read(void)
{
    return -1;
}

void board_exit(int status)
{
    if (fflush(stdout) != 0) {
        exit(2);
    }
    exit(status);
}

uint32_t board_ticks(void)
{
    return 0;
}

board_tick_kind board_tick_unit(void)
{
    return BOARD_TICKS_ARE_CYCLES;
}
