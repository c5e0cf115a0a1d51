/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CHECK_H
#define CHECK_H

/*
 * The tests' harness: seeded noise, arrays that notice who writes beside them, and comparison. On
 * the host arrays are separate allocations, so that AddressSanitizer sees reads beside them, too.
 */

#include <stddef.h>
#include <stdint.h>

/* Starts a case; what is allocated in the last one is checked for intact guards and released. */
void check_case(const char *name);

/* Ends the last case, prints the totals and returns how many checks failed. */
int check_finish(void);

/* Counts a check; prints the case, the place and both values where they differ. */
void check_equal(int64_t actual, int64_t expected, const char *what, size_t index);

/* check_equal for each element. */
void check_bytes(const int8_t *actual, const int8_t *expected, int32_t count);

/* The same for int16. */
void check_halves(const int16_t *actual, const int16_t *expected, int32_t count);

/* An array of count bytes of 0x55 between guards of 0xAA, aligned for int32. */
void *check_array(size_t count);

/* The same, filled with noise over all of int8. */
int8_t *check_noise(int32_t count);

/* The same for count elements of int16. */
int16_t *check_noise_s16(int32_t count);

/* A copy in an array of its own. */
int8_t *check_copy(const int8_t *bytes, int32_t count);

/* Noise: first .. last, both included. */
int32_t check_random(int32_t first, int32_t last);

/* 2^30 .. 2^31-1: what a multiplier is. */
int32_t check_random_multiplier(void);

#endif
