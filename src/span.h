/*
 * span.h
 *		Spans of time as patterns write them: whole microseconds, without a calendar.
 */
#ifndef CXUX_SPAN_H
#define CXUX_SPAN_H

#include "postgres.h"

#include "lib/stringinfo.h"

/* a day has 24 hours */
#define SPAN_SECOND INT64CONST(1000000)
#define SPAN_MINUTE (60 * SPAN_SECOND)
#define SPAN_HOUR (60 * SPAN_MINUTE)
#define SPAN_DAY (24 * SPAN_HOUR)

/* the longest one */
#define SPAN_MAX_DAYS INT64CONST(106751991)
#define SPAN_MAX (SPAN_MAX_DAYS * SPAN_DAY)

/* why a span cannot be read: what is expected at a place, or else which thing there is wrong */
typedef struct SpanProblem
{
	const char *place;
	const char *expected;
	const char *subject;
	const char *wrong;
	const char *hint; /* or NULL */
} SpanProblem;

extern int BlankLength(const char *at, const char *end);
extern bool SpanParse(const char **text, const char *end, int64 *span, SpanProblem *problem);
extern void AppendSpan(StringInfo out, int64 span);

#endif /* CXUX_SPAN_H */
