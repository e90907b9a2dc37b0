/*
 * calendar.h
 *		Days, weeks and months of a time zone, numbered; times as text, untouched by any setting.
 */
#ifndef CXUX_CALENDAR_H
#define CXUX_CALENDAR_H

#include "postgres.h"

#include "datatype/timestamp.h"
#include "pgtime.h"
#include "utils/date.h"

typedef enum CalendarUnit
{
	CALENDAR_DAY,
	CALENDAR_WEEK, /* from Monday */
	CALENDAR_MONTH
} CalendarUnit;

#define CALENDAR_UNITS (CALENDAR_MONTH + 1)

/* instants with the same offset from UTC, all in microseconds */
typedef struct CalendarSpan
{
	int64 from;
	int64 until;
	int64 offset;
} CalendarSpan;

/* a calendar, which remembers where its last answers came from */
typedef struct Calendar
{
	MemoryContext context;
	CalendarUnit unit;
	pg_tz *zone; /* NULL: UTC */
	/* instants that are all in one period */
	int64 from;
	int64 until;
	int32 period;
	/* in order of time */
	int spans;
	int space;
	CalendarSpan *span;
} Calendar;

extern pg_tz *CalendarZone(const char *name);
extern void CalendarBegin(Calendar *calendar, CalendarUnit unit, const char *zone);
extern int32 CalendarFind(Calendar *calendar, int64 at);
extern int64 CalendarStart(const Calendar *calendar, int32 period);
extern int32 PeriodOfDate(CalendarUnit unit, DateADT date);
extern DateADT PeriodDate(CalendarUnit unit, int32 period);
extern char *InstantToText(int64 at);
extern char *DateToText(DateADT date);
extern bool DateFromText(const char *text, DateADT *date);
extern bool InstantFromText(const char *text, int64 *at);

/* Return the period of an instant */
static inline int32
CalendarPeriod(Calendar *calendar, int64 at)
{
	if (likely(at >= calendar->from && at < calendar->until))
		return calendar->period;
	return CalendarFind(calendar, at);
}

#endif /* CXUX_CALENDAR_H */
