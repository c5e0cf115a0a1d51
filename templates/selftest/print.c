/* SPDX-License-Identifier: Apache-2.0 */
#include "print.h"

#include "board.h"
#include "crc32.h"

static uint32_t running_crc;

static void print_character(char character)
{
    uint8_t byte = (uint8_t)character;

    running_crc = crc32_update(running_crc, &byte, 1);
    board_write(character);
}

void print_text(const char *text)
{
    while (*text != '\0') {
        print_character(*text);
        text++;
    }
}

void print_decimal(uint32_t number)
{
    char digits[10];
    uint32_t count = 0;

    do {
        digits[count] = (char)('0' + number % 10u);
        number /= 10u;
        count++;
    } while (number != 0);
    while (count != 0) {
        count--;
        print_character(digits[count]);
    }
}

static void print_nibble(uint32_t nibble)
{
    print_character("0123456789abcdef"[nibble & 15u]);
}

void print_hex8(uint8_t number)
{
    print_nibble((uint32_t)number >> 4);
    print_nibble(number);
}

void print_hex32(uint32_t number)
{
    int shift;

    for (shift = 28; shift >= 0; shift -= 4) {
        print_nibble(number >> shift);
    }
}

void print_restart_crc(void)
{
    running_crc = 0;
}

uint32_t print_crc(void)
{
    return running_crc;
}
