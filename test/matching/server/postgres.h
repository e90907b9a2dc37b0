/*
 * postgres.h
 *		As much of the server as the matcher needs, for programs without one.
 */
#ifndef POSTGRES_H
#define POSTGRES_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef int8_t int8;
typedef int32_t int32;
typedef int64_t int64;
typedef uint32_t uint32;
typedef uint64_t uint64;
typedef size_t Size;

#define PG_INT64_MIN INT64_MIN
#define PG_INT64_MAX INT64_MAX
#define PG_UINT32_MAX UINT32_MAX
#define PG_UINT64_MAX UINT64_MAX

#define Min(x, y) ((x) < (y) ? (x) : (y))
#define Max(x, y) ((x) > (y) ? (x) : (y))
#define Assert(condition) assert(condition)
#define elog(level, message) RaiseError(message)
#define unlikely(condition) __builtin_expect((condition) != 0, 0)

extern void RaiseError(const char *message);
extern void *palloc(Size size);
extern void *palloc0(Size size);
extern void *repalloc_huge(void *pointer, Size size);
extern void pfree(void *pointer);

#endif /* POSTGRES_H */
