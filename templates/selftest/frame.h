/* SPDX-License-Identifier: Apache-2.0 */
/* Frames on a serial line: 7e, the bytes, their CRC-32 in little-endian order, 7e. A byte 7e or 7d in between is
   sent as 7d and the byte exclusive-or 20. What is not a frame is passed over. docs/serial.md has the whole
   protocol. */
#ifndef FRAME_H
#define FRAME_H

#include <stdint.h>

/* Bytes between the flags, without the CRC. */
#define FRAME_MOST 272u

/* Waits for a frame whose CRC fits. bytes has room for FRAME_MOST + 4. Returns the number of bytes, 1 to FRAME_MOST. */
uint32_t frame_receive(uint8_t *bytes);

/* A frame is sent piece by piece. */
void frame_begin(void);
void frame_put(uint8_t byte);
void frame_put16(uint32_t number);
void frame_put32(uint32_t number);
void frame_end(void);

#endif
