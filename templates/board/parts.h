/* SPDX-License-Identifier: Apache-2.0 */
/* The parts a board is made of; each has one file in this folder. */
#ifndef PARTS_H
#define PARTS_H

#include "board.h"

/* A 32-bit device register. */
#define REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))

/* setup.c: clocks. */
void setup_init(void);
/* The argument, or the frequency after reset where the set-up could not be completed. */
uint32_t setup_hz(uint32_t hz_when_complete);

/* caches.c: the core's own, not the flash's. */
void caches_init(void);

/* console.c */
void console_init(void);
/* Waits until the last character has left. */
void console_flush(void);

/* counter.c */
void counter_init(void);

#endif
