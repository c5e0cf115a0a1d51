/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MPS2_H
#define MPS2_H

#include <stdint.h>

/* Ticks of 25 MHz of virtual time. With -icount shift=6 an instruction takes 64 ns: 1.6 ticks. */
uint32_t mps2_ticks(void);

#endif
