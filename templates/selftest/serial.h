/* SPDX-License-Identifier: Apache-2.0 */
/* After its own run the self-test serves a computer at the other end of the serial line, which sends inputs and
   reads back what every layer made of them. docs/serial.md has the protocol. */
#ifndef SERIAL_H
#define SERIAL_H

#include "network.h"

/* Never returns. */
void serial_serve(selftest_context *context);

/* The network's layer hook passes everything on. Returns 0 where no request is being served. */
int serial_layer_done(uint32_t layer, const int8_t *output, uint32_t bytes);

#endif
