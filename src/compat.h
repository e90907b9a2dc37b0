/*
 * compat.h
 *		What differs between PostgreSQL 15 and later.
 */
#ifndef CXUX_COMPAT_H
#define CXUX_COMPAT_H

#include "postgres.h"

#if PG_VERSION_NUM < 150000
#error "cxux needs PostgreSQL 15 or later"
#endif

#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* soft errors came with 16; before, an input error is an error */
#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#define InputErrorContext(fcinfo) ((fcinfo)->context)
#else
#define InputErrorContext(fcinfo) NULL
#define ereturn(context, dummy_value, ...) \
	do \
	{ \
		(void) (context); \
		ereport(ERROR, __VA_ARGS__); \
	} while (0)
#endif

/* before 17 one said whether the length counts itself */
#if PG_VERSION_NUM >= 170000
#define SendCountedText(out, text, length) pq_sendcountedtext(out, text, length)
#else
#define SendCountedText(out, text, length) pq_sendcountedtext(out, text, length, false)
#endif

/* infinite intervals came with 17 */
#if PG_VERSION_NUM < 170000
#define INTERVAL_NOT_FINITE(interval) false
#endif

/* 18 writes it in front of a declaration */
#ifndef pg_noreturn
#define pg_noreturn pg_attribute_noreturn()
#endif

/* since 19 one also says in flags how far the search went */
#if PG_VERSION_NUM >= 190000
#define GetFunctionDetail(name, arguments, names, count, types, variadic, defaults, out, ...) \
	func_get_detail(name, arguments, names, count, types, variadic, defaults, out, &(int){0}, \
					__VA_ARGS__)
#else
#define GetFunctionDetail(...) func_get_detail(__VA_ARGS__)
#endif

/* an error where it overflows; 19 has it by another name */
#if PG_VERSION_NUM >= 190000
#define DateToTimestamp(date) date2timestamp_safe(date, NULL)
#else
#define DateToTimestamp(date) date2timestamp_opt_overflow(date, NULL)
#endif

#endif /* CXUX_COMPAT_H */
