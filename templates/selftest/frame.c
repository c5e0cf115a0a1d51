/* SPDX-License-Identifier: Apache-2.0 */
#include "frame.h"

#include "board.h"
#include "crc32.h"

#define FLAG 0x7eu
#define ESCAPE 0x7du
#define ESCAPED 0x20u
#define CRC_BYTES 4u

static uint32_t sent_crc;

static int crc_fits(const uint8_t *bytes, uint32_t count)
{
    uint32_t content = count - CRC_BYTES;
    uint32_t crc = crc32_of(bytes, content);
    uint32_t i;

    for (i = 0; i < CRC_BYTES; i++) {
        if (bytes[content + i] != (uint8_t)(crc >> (8u * i))) {
            return 0;
        }
    }
    return 1;
}

static uint8_t next_byte(void)
{
    int byte = board_read();

    while (byte < 0) {
        byte = board_read();
    }
    return (uint8_t)byte;
}

uint32_t frame_receive(uint8_t *bytes)
{
    uint32_t count = 0;
    uint8_t mask = 0;

    for (;;) {
        uint8_t byte = next_byte();
        if (byte == FLAG) {
            if (count > CRC_BYTES && count <= FRAME_MOST + CRC_BYTES && crc_fits(bytes, count)) {
                return count - CRC_BYTES;
            }
            count = 0;
            mask = 0;
        } else if (byte == ESCAPE) {
            mask = ESCAPED;
        } else {
            if (count < FRAME_MOST + CRC_BYTES) {
                bytes[count] = byte ^ mask;
            }
            /* One too many stays one too many until the next flag. */
            count = count <= FRAME_MOST + CRC_BYTES ? count + 1u : count;
            mask = 0;
        }
    }
}

static void send(uint8_t byte)
{
    if (byte == FLAG || byte == ESCAPE) {
        board_write((char)ESCAPE);
        byte ^= ESCAPED;
    }
    board_write((char)byte);
}

void frame_begin(void)
{
    sent_crc = 0;
    board_write((char)FLAG);
}

void frame_put(uint8_t byte)
{
    sent_crc = crc32_update(sent_crc, &byte, 1);
    send(byte);
}

void frame_put16(uint32_t number)
{
    frame_put((uint8_t)number);
    frame_put((uint8_t)(number >> 8));
}

void frame_put32(uint32_t number)
{
    frame_put16(number);
    frame_put16(number >> 16);
}

void frame_end(void)
{
    uint32_t i;

    for (i = 0; i < CRC_BYTES; i++) {
        send((uint8_t)(sent_crc >> (8u * i)));
    }
    board_write((char)FLAG);
}
