// What a loop that waits tells the processor.
#pragma once

// Leaves the core's pipelines to the other thread of the core for a moment: for loops that wait for memory
// to change.
static inline void processor_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("isb" ::: "memory");
#endif
}
