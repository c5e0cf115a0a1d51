/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FXK_VERSION_H
#define FXK_VERSION_H

/*
 * Version of the runtime: parameter structs, kernel contracts and arithmetic together.
 *
 * Generated code is bound to the runtime it was generated with:
 *
 *     #include "fxk/fxk_version.h"
 *     #if FXK_VERSION != 100
 *     #error "generated for runtime 0.1.0: take the runtime folder written beside this file"
 *     #endif
 */
#define FXK_VERSION_MAJOR 0
#define FXK_VERSION_MINOR 1
#define FXK_VERSION_PATCH 0

/* major * 10000 + minor * 100 + patch, usable in #if. */
#define FXK_VERSION 100
#define FXK_VERSION_STRING "0.1.0"

#endif
