/* SPDX-License-Identifier: Apache-2.0 */
#include "hysteresis.h"

hysteresis_event hysteresis_step(hysteresis_state *state, const hysteresis_rule *rule, int32_t threshold, int32_t code)
{
    const int against = state->present ? code < threshold - rule->band : code >= threshold;
    const uint16_t frames = state->present ? rule->off_frames : rule->on_frames;

    if (!against) {
        state->streak = 0;
        return HYSTERESIS_STAYS;
    }
    state->streak++;
    if (state->streak < frames) {
        return HYSTERESIS_STAYS;
    }
    state->streak = 0;
    state->present = !state->present;
    return state->present ? HYSTERESIS_BEGINS : HYSTERESIS_ENDS;
}

int debounce_step(debounce_state *state, uint16_t frames, uint32_t class_index)
{
    if (state->known && class_index == state->shown) {
        state->streak = 0;
        return 0;
    }
    if (state->streak == 0 || class_index != state->candidate) {
        state->candidate = class_index;
        state->streak = 0;
    }
    state->streak++;
    if (state->streak < frames) {
        return 0;
    }
    state->shown = class_index;
    state->known = 1;
    state->streak = 0;
    return 1;
}
