/* SPDX-License-Identifier: Apache-2.0 */
/* Text to the board's console, with a running CRC-32 over all of it. */
#ifndef PRINT_H
#define PRINT_H

#include <stdint.h>

#define PRINT_STRING_OF(x) #x
#define PRINT_STRING(x) PRINT_STRING_OF(x)

/* What this very file is compiled for: a build with wrong flags gives itself away. */
#if defined(__ARM_FEATURE_MVE)
#define PRINT_ISA "mve"
#elif defined(__ARM_ARCH_8M_MAIN__) || defined(__ARM_ARCH_8_1M_MAIN__)
#define PRINT_ISA "armv8-m.main"
#elif defined(__ARM_ARCH_7EM__)
#define PRINT_ISA "armv7e-m"
#elif defined(__ARM_ARCH_7M__)
#define PRINT_ISA "armv7-m"
#elif defined(__ARM_ARCH_6M__)
#define PRINT_ISA "armv6-m"
#else
#define PRINT_ISA "host"
#endif

#if defined(__clang__)
#define PRINT_COMPILER                                                                      \
    "clang-" PRINT_STRING(__clang_major__) "." PRINT_STRING(__clang_minor__) "." PRINT_STRING( \
        __clang_patchlevel__)
#elif defined(__GNUC__)
#define PRINT_COMPILER \
    "gcc-" PRINT_STRING(__GNUC__) "." PRINT_STRING(__GNUC_MINOR__) "." PRINT_STRING(__GNUC_PATCHLEVEL__)
#else
#define PRINT_COMPILER "unknown-0.0.0"
#endif

void print_text(const char *text);
void print_decimal(uint32_t number);
/* Eight lower-case digits. */
void print_hex32(uint32_t number);
/* Two lower-case digits. */
void print_hex8(uint8_t number);

/* The CRC-32 of everything printed since print_restart_crc. */
void print_restart_crc(void);
uint32_t print_crc(void);

#endif
