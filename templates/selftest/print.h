/* SPDX-License-Identifier: Apache-2.0 */
/* Text to the board's console, with a running CRC-32 over all of it. */
#ifndef PRINT_H
#define PRINT_H

#include <stdint.h>

#define PRINT_STRING_OF(x) #x
#define PRINT_STRING(x) PRINT_STRING_OF(x)

/* What this very file is compiled for, by the compiler's own macros: a build with wrong flags gives itself away.
   gcc says 8-M for 8.1-M, too; what tells them apart here is Helium. */
#if defined(__ARM_FEATURE_MVE)
#define PRINT_ARCHITECTURE "armv8.1-m.main"
#elif defined(__ARM_ARCH_8M_MAIN__) || defined(__ARM_ARCH_8_1M_MAIN__)
#define PRINT_ARCHITECTURE "armv8-m.main"
#elif defined(__ARM_ARCH_7EM__)
#define PRINT_ARCHITECTURE "armv7e-m"
#elif defined(__ARM_ARCH_7M__)
#define PRINT_ARCHITECTURE "armv7-m"
#elif defined(__ARM_ARCH_6M__)
#define PRINT_ARCHITECTURE "armv6-m"
#else
#define PRINT_ARCHITECTURE "host"
#endif

#if defined(__ARM_FEATURE_DSP) && __ARM_ARCH_PROFILE == 'M'
#define PRINT_DSP "+dsp"
#else
#define PRINT_DSP ""
#endif

/* Bit 2 of __ARM_FP is single precision, bit 3 double; bit 1 of __ARM_FEATURE_MVE is vectors of floats. */
#if !defined(__ARM_FP) || __ARM_ARCH_PROFILE != 'M'
#define PRINT_FP ""
#elif (__ARM_FP & 8) != 0
#define PRINT_FP "+fp.dp"
#else
#define PRINT_FP "+fp"
#endif

#if !defined(__ARM_FEATURE_MVE)
#define PRINT_MVE ""
#elif (__ARM_FEATURE_MVE & 2) != 0
#define PRINT_MVE "+mve.fp"
#else
#define PRINT_MVE "+mve"
#endif

#define PRINT_ISA PRINT_ARCHITECTURE PRINT_DSP PRINT_FP PRINT_MVE

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
