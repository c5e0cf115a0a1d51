/* SPDX-License-Identifier: Apache-2.0 */
/* The parts a board is made of; each has one file in this folder. */
#ifndef PARTS_H
#define PARTS_H

#include "board.h"

/* A 32-bit device register. */
#define REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))

/* setup.c: clocks. */
void setup_init(void);
/* Frequency that feeds the devices of a peripheral bus: 1 for APB1, 2 for APB2. */
uint32_t setup_bus_hz(int bus);

/* console.c */
void console_init(void);
/* Waits until the last character has left. */
void console_flush(void);

/* counter.c */
void counter_init(void);

#endif
