#pragma once

#include <stdint.h>

/// What automatic differentiation keeps for each thread: the one ambient state of the package.
typedef struct {
  /// Above zero, operations are not recorded.
  int32_t silenced;
  /// Above zero, the result of each recorded operation is searched for values that are not finite.
  int32_t watching;
  /// The first operation whose result was not finite, while watching; null if none.
  const void *culprit;
} hk_ambient;

extern _Thread_local hk_ambient hk_ambient_of_thread;

/// The calling thread's state; a few instructions, where a task-local value takes tens of them.
static inline hk_ambient *hk_ambient_state(void) { return &hk_ambient_of_thread; }
