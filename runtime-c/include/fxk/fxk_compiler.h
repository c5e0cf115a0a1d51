/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_COMPILER_H
#define FXK_COMPILER_H

/*
 * What the kernels ask of a compiler beyond C99. This file and fxk_arith.h are the only ones of the
 * portable runtime that look at the compiler or the core.
 */

#if defined(__GNUC__) || defined(__clang__)
/* Kernels become part of the generated layer function: its literals then specialise them. */
#define FXK_ALWAYS_INLINE __attribute__((always_inline))
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 8
/* gcc 12 for Arm may take a layer that saturates (__builtin_arm_ssat) for a function without side
 * effects and delete the call. noipa: it concludes nothing of a function that it does not inline. */
#define FXK_NOINLINE __attribute__((noipa))
#else
#define FXK_NOINLINE __attribute__((noinline))
#endif
#else
#define FXK_ALWAYS_INLINE
#define FXK_NOINLINE
#endif

/* Whether the optimiser knows the value: to spend code where all copies but one will be dropped. */
#if defined(__GNUC__) || defined(__clang__)
#define FXK_IS_LITERAL(x) __builtin_constant_p(x)
#else
#define FXK_IS_LITERAL(x) 0
#endif

/* FXK_UNROLL(n) before a loop: unroll it n times, at every optimisation level that unrolls at all. */
#define FXK_PRAGMA(text) _Pragma(#text)
#if defined(__clang__)
#define FXK_UNROLL(n) FXK_PRAGMA(clang loop unroll_count(n))
#elif defined(__GNUC__) && __GNUC__ >= 8
#define FXK_UNROLL(n) FXK_PRAGMA(GCC unroll n)
#else
#define FXK_UNROLL(n)
#endif

/* SSAT: Cortex-M3 and later. */
#if defined(__ARM_FEATURE_SAT) && (defined(__GNUC__) || defined(__clang__))
#define FXK_HAS_SATURATE 1
#else
#define FXK_HAS_SATURATE 0
#endif

/*
 * Registers for eight accumulators and the pointers that feed them: any core but those that have
 * only 16-bit Thumb (Cortex-M0, M0+, M1, M23), where the kernels work on smaller blocks.
 */
#if defined(FXK_FEW_REGISTERS)
/* Given on the command line, to test on any machine what those cores run. */
#elif defined(__thumb__) && !defined(__thumb2__)
#define FXK_FEW_REGISTERS 1
#else
#define FXK_FEW_REGISTERS 0
#endif

#endif
