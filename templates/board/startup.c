/* SPDX-License-Identifier: Apache-2.0 */
/* Vector table, reset and faults of any Cortex-M. */
#include <stdint.h>

#include "board.h"
#include "parts.h"
#include "print.h"

/* Set by the linker script. */
extern uint32_t stack_top[];
extern uint32_t data_load[];
extern uint32_t data_start[];
extern uint32_t data_end[];
extern uint32_t bss_start[];
extern uint32_t bss_end[];
extern uint32_t context_start[];
extern uint32_t context_end[];
extern uint16_t code_start[];
extern uint16_t code_end[];

#define SCB_VTOR 0xe000ed08u
#define SCB_CPACR 0xe000ed88u
#define CPACR_FULL_ACCESS_TO_FPU 0x00f00000u
/* The instruction "bkpt 0xab" by which semihosting calls. */
#define SEMIHOSTING_BREAKPOINT 0xbeabu
#define FRAME_LR 5
#define FRAME_PC 6

typedef void (*handler)(void);

typedef struct {
    uint32_t *stack;
    handler reset;
    handler faults[14];
} vector_table;

int main(void);
void reset_handler(void);
void fault_handler(void);
void fault(uint32_t *frame);

/* No interrupt is ever enabled: the table ends with the core's own exceptions. */
__attribute__((section(".vectors"), used)) const vector_table vectors = {
    stack_top,
    reset_handler,
    {fault_handler, fault_handler, fault_handler, fault_handler, fault_handler, fault_handler, fault_handler,
     fault_handler, fault_handler, fault_handler, fault_handler, fault_handler, fault_handler, fault_handler},
};

/* First of all: where the compiler may use vector registers, even the loops below need the unit. */
static void enable_fpu(void)
{
#if defined(__ARM_FP) || defined(__ARM_FEATURE_MVE)
    REGISTER(SCB_CPACR) |= CPACR_FULL_ACCESS_TO_FPU;
    __asm__ volatile("dsb\n\tisb" : : : "memory");
#endif
}

static void set_vector_table(void)
{
#if !defined(__ARM_ARCH_6M__)
    REGISTER(SCB_VTOR) = (uint32_t)(uintptr_t)&vectors;
#endif
}

static void clear(uint32_t *word, const uint32_t *end)
{
    for (; word < end; word++) {
        *word = 0;
    }
}

__attribute__((noreturn)) void reset_handler(void)
{
    const uint32_t *from = data_load;
    uint32_t *to;

    enable_fpu();
    set_vector_table();
    for (to = data_start; to < data_end; to++) {
        *to = *from;
        from++;
    }
    clear(bss_start, bss_end);
    clear(context_start, context_end);
    board_exit(main());
    for (;;) {
    }
}

__attribute__((naked)) void fault_handler(void)
{
    __asm__ volatile("mrs r0, msp\n\tldr r1, =fault\n\tbx r1");
}

/* Steps over a semihosting call that no debugger answers; anything else is reported and ends the run. */
void fault(uint32_t *frame)
{
    const uint16_t *instruction = (const uint16_t *)(uintptr_t)frame[FRAME_PC];

    if (instruction >= code_start && instruction < code_end && *instruction == SEMIHOSTING_BREAKPOINT) {
        frame[FRAME_PC] += 2u;
        return;
    }
    print_text("\nnote fault pc=");
    print_hex32(frame[FRAME_PC]);
    print_text(" lr=");
    print_hex32(frame[FRAME_LR]);
    print_text("\n");
    board_exit(2);
    for (;;) {
    }
}
