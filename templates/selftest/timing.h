/* SPDX-License-Identifier: Apache-2.0 */
/* How long one inference takes, in what the board can count: cycles on silicon, instructions under QEMU's
   -icount. */
#ifndef TIMING_H
#define TIMING_H

/* Finds out whether the counter can be trusted. */
void timing_calibrate(void);
void timing_start(void);
void timing_stop(void);
/* The line "note UNIT v=0 count=N", or nothing where the board cannot count. */
void timing_print(void);
/* 1 if board_ticks() counts cycles, 0 if it counts nothing or something else. */
int timing_counts_cycles(void);

#endif
