/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MPS2_H
#define MPS2_H

#include <stdint.h>

/* Virtual time, in ticks of the board's clock. */
uint32_t mps2_ticks(void);

/* Instructions run since then: with -icount shift=6 each takes 64 ns. For less than two minutes. */
uint32_t mps2_instructions_since(uint32_t ticks);

#endif
