#pragma once
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#ifdef _WIN32
/* As Windows programmers write it; mingw's files have small letters. */
#include <BaseTsd.h>
#endif

#define NATIVE_POINTER (sizeof(void *))
#ifdef __linux__
#define NATIVE_FEATURES __GLIBC_MINOR__
#endif

typedef struct {
  long number;
  time_t when;
  size_t size;
#ifndef __i386__
  /* bindgen 0.72 has no type for the 12 bytes of that processor. */
  long double wide;
#endif
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
