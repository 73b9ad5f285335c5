#pragma once
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#define NATIVE_POINTER (sizeof(void *))
#ifdef __linux__
#define NATIVE_FEATURES __GLIBC_MINOR__
#endif

typedef struct {
  long number;
  time_t when;
  size_t size;
  long double wide;
} native_record;

#ifdef __cplusplus
extern "C" {
#endif
size_t native_size(void);
int64_t native_parse(const char *text);
const char *native_system(void);
int native_longest(int a, int b);
#ifdef __cplusplus
}
#endif
