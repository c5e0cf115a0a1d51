/* SPDX-License-Identifier: Apache-2.0 */
/* From one answer an image to a decision that does not flicker. Integers only, no memory but the caller's; a
   state that is all zero is at its beginning. Take it into your product as it is. */
#ifndef HYSTERESIS_H
#define HYSTERESIS_H

#include <stdint.h>

/* Present begins when on_frames images in a row have a code of at least the threshold. It ends when off_frames
   images in a row have a code below the threshold less the band. 0 frames count as 1. Band 0 and 1 frame each way
   decide like the threshold alone. */
typedef struct {
    int32_t band;
    uint16_t on_frames;
    uint16_t off_frames;
} hysteresis_rule;

typedef struct {
    /* 1 if present. */
    uint8_t present;
    /* Images in a row that speak against it. */
    uint16_t streak;
} hysteresis_state;

typedef enum { HYSTERESIS_STAYS = 0, HYSTERESIS_BEGINS = 1, HYSTERESIS_ENDS = 2 } hysteresis_event;

/* The next image. code and threshold are codes of the output; a threshold above its largest code is never reached. */
hysteresis_event hysteresis_step(hysteresis_state *state, const hysteresis_rule *rule, int32_t threshold, int32_t code);

/* The same for one of several classes: another one counts when it has won some images in a row. */
typedef struct {
    /* Valid if known is 1. */
    uint32_t shown;
    uint32_t candidate;
    uint16_t streak;
    uint8_t known;
} debounce_state;

/* The next image. Returns 1 if shown has changed or has become known. */
int debounce_step(debounce_state *state, uint16_t frames, uint32_t class_index);

#endif
