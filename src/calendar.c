/*
 * calendar.c
 *		Days, weeks and months of a time zone, numbered; times as text.
 *
 * A period is that of the local date, as PostgreSQL's AT TIME ZONE has it.  The time zone is asked
 * once for each span of time between two changes of its clocks; within one, local time is a sum.
 */
#include "postgres.h"

#include "common/int.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

#include "calendar.h"

#define DAYS_PER_WEEK 7

/* 2000-01-03, a Monday, counted from the first day of that year as dates are */
#define FIRST_MONDAY 2

/* spans at first, and so many that looking through them still is cheap; then they are forgotten */
#define FIRST_SPANS 4
#define MAX_SPANS 1024

/* from 1970, from which time zones count, to 2000, from which timestamps do */
#define EPOCH_SECONDS ((int64) (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * SECS_PER_DAY)

/* "-4713-11-24T00:00:00.000000Z" and more */
#define INSTANT_BUFFER 64

/* the first date there is */
#define FIRST_DATE ((DateADT) -POSTGRES_EPOCH_JDATE)

/* Return a quotient rounded down */
static int64
DivideDown(int64 number, int64 divisor)
{
	int64 quotient = number / divisor;

	return (number % divisor < 0) ? quotient - 1 : quotient;
}

/* Return a time zone by its name, or NULL where there is none */
pg_tz *
CalendarZone(const char *name)
{
	pg_tz *zone = pg_tzset(name);

	return (zone != NULL && pg_tz_acceptable(zone)) ? zone : NULL;
}

/* Tell whether a time zone is UTC by its own name */
static bool
CalendarZoneIsUtc(const char *name)
{
	return strcmp(name, "UTC") == 0;
}

/* Begin with a calendar, in the current memory context */
void
CalendarBegin(Calendar *calendar, CalendarUnit unit, const char *zone)
{
	memset(calendar, 0, sizeof(Calendar));
	calendar->context = CurrentMemoryContext;
	calendar->unit = unit;
	if (CalendarZoneIsUtc(zone))
		return;
	calendar->zone = CalendarZone(zone);
	/* a stored value may come from a server that knows more of them */
	if (calendar->zone == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("time zone \"%s\" not recognized", zone),
				 errhint("Update the time zone data of this server.")));
}

/* Return the first date of a period, which may be one there is not */
static int64
FirstDate(CalendarUnit unit, int32 period)
{
	int32 year;

	switch (unit)
	{
		case CALENDAR_DAY:
			return period;
		case CALENDAR_WEEK:
			return (int64) period * DAYS_PER_WEEK + FIRST_MONDAY;
		case CALENDAR_MONTH:
			break;
	}
	year = (int32) DivideDown(period, MONTHS_PER_YEAR);
	return date2j(year, period - year * MONTHS_PER_YEAR + 1, 1) - POSTGRES_EPOCH_JDATE;
}

/* Return the period of a date */
int32
PeriodOfDate(CalendarUnit unit, DateADT date)
{
	int year, month, day;

	switch (unit)
	{
		case CALENDAR_DAY:
			return date;
		case CALENDAR_WEEK:
			return (int32) DivideDown((int64) date - FIRST_MONDAY, DAYS_PER_WEEK);
		case CALENDAR_MONTH:
			break;
	}
	j2date(date + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	return year * MONTHS_PER_YEAR + month - 1;
}

/* Return the first date of a period; time itself begins within one */
DateADT
PeriodDate(CalendarUnit unit, int32 period)
{
	return (DateADT) Max(FirstDate(unit, period), FIRST_DATE);
}

/* Return the local time at which a date begins; time ends within the last period */
static int64
DateTime(int64 date)
{
	int64 time;

	if (pg_mul_s64_overflow(date, USECS_PER_DAY, &time))
		return (date < 0) ? PG_INT64_MIN : PG_INT64_MAX;
	return time;
}

/* Return the instant at which a period begins */
int64
CalendarStart(const Calendar *calendar, int32 period)
{
	int64 date = FirstDate(calendar->unit, period);
	int64 start = DateTime(date);
	struct pg_tm tm = {0};

	if (calendar->zone == NULL || !IS_VALID_TIMESTAMP(start))
		return start;
	j2date((int) date + POSTGRES_EPOCH_JDATE, &tm.tm_year, &tm.tm_mon, &tm.tm_mday);
	return start + (int64) DetermineTimeZoneOffset(&tm, calendar->zone) * USECS_PER_SEC;
}

/* Put a span in at a place */
static CalendarSpan *
InsertSpan(Calendar *calendar, int place)
{
	if (calendar->spans >= MAX_SPANS)
		calendar->spans = place = 0;
	if (calendar->spans >= calendar->space)
	{
		calendar->space = (calendar->space == 0) ? FIRST_SPANS : 2 * calendar->space;
		calendar->span = (calendar->span == NULL)
			? MemoryContextAlloc(calendar->context, calendar->space * sizeof(CalendarSpan))
			: repalloc(calendar->span, calendar->space * sizeof(CalendarSpan));
	}
	memmove(&calendar->span[place + 1], &calendar->span[place],
			(calendar->spans - place) * sizeof(CalendarSpan));
	calendar->spans++;
	return &calendar->span[place];
}

/* Return the span of an instant */
static CalendarSpan *
FindSpan(Calendar *calendar, int64 at)
{
	int low = 0, high = calendar->spans;
	pg_time_t second = DivideDown(at, USECS_PER_SEC) + EPOCH_SECONDS;
	pg_time_t boundary;
	long before, after;
	int before_dst, after_dst;
	int64 until = PG_INT64_MAX;
	CalendarSpan *span;

	while (low < high)
	{
		int middle = (low + high) / 2;

		if (calendar->span[middle].until > at)
			high = middle;
		else
			low = middle + 1;
	}
	if (low < calendar->spans && calendar->span[low].from <= at)
		return &calendar->span[low];
	if (pg_next_dst_boundary(&second, &before, &before_dst, &boundary, &after, &after_dst,
							 calendar->zone) > 0 &&
		pg_mul_s64_overflow(boundary - EPOCH_SECONDS, USECS_PER_SEC, &until))
		until = PG_INT64_MAX; /* after the end of time */
	if (low < calendar->spans && calendar->span[low].until == until)
	{
		calendar->span[low].from = at;
		return &calendar->span[low];
	}
	span = InsertSpan(calendar, low);
	span->from = at;
	span->until = until;
	span->offset = (int64) pg_localtime(&second, calendar->zone)->tm_gmtoff * USECS_PER_SEC;
	return span;
}

/* Return a local time as an instant; what is too far away stays the end of time */
static int64
LocalInstant(int64 local, int64 offset)
{
	int64 at;

	if (pg_sub_s64_overflow(local, offset, &at))
		return local;
	return at;
}

/* Find the period of an instant, and which others are in it */
int32
CalendarFind(Calendar *calendar, int64 at)
{
	CalendarSpan utc = {PG_INT64_MIN, PG_INT64_MAX, 0};
	const CalendarSpan *span = (calendar->zone == NULL) ? &utc : FindSpan(calendar, at);
	int64 date = DivideDown(at + span->offset, USECS_PER_DAY);
	int32 period = PeriodOfDate(calendar->unit, (DateADT) date);
	int64 from = LocalInstant(DateTime(FirstDate(calendar->unit, period)), span->offset);
	int64 until = LocalInstant(DateTime(FirstDate(calendar->unit, period + 1)), span->offset);

	calendar->from = Max(from, span->from);
	calendar->until = Min(until, span->until);
	calendar->period = period;
	return period;
}

/* Write an instant in UTC, whatever the settings; years before 1 AD count down from 0 */
char *
InstantToText(int64 at)
{
	char *text = palloc(INSTANT_BUFFER);
	int64 date = at / USECS_PER_DAY;
	int64 time = at % USECS_PER_DAY;
	int year, month, day, fraction;

	if (time < 0)
	{
		time += USECS_PER_DAY;
		date--;
	}
	j2date((int) date + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	fraction = (int) (time % USECS_PER_SEC);
	time /= USECS_PER_SEC;
	snprintf(text, INSTANT_BUFFER, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day,
			 (int) (time / SECS_PER_HOUR), (int) (time / SECS_PER_MINUTE % MINS_PER_HOUR),
			 (int) (time % SECS_PER_MINUTE));
	if (fraction > 0)
		snprintf(text + strlen(text), INSTANT_BUFFER - strlen(text), ".%06d", fraction);
	strcat(text, "Z");
	return text;
}

/* Write a date in the same way */
char *
DateToText(DateADT date)
{
	char *text = InstantToText((int64) date * USECS_PER_DAY);

	*strchr(text, 'T') = '\0';
	return text;
}

/* Read a date that has instants, if nothing else follows */
bool
DateFromText(const char *text, DateADT *date)
{
	int year, month, day, end = 0;

	if (sscanf(text, "%7d-%2d-%2d%n", &year, &month, &day, &end) != 3 || text[end] != '\0' ||
		!IS_VALID_JULIAN(year, month, day) || month < 1 || month > MONTHS_PER_YEAR || day < 1 ||
		day > 31)
		return false;
	*date = date2j(year, month, day) - POSTGRES_EPOCH_JDATE;
	return IS_VALID_DATE(*date) && *date < TIMESTAMP_END_JULIAN - POSTGRES_EPOCH_JDATE &&
		strcmp(DateToText(*date), text) == 0;
}

/* Read an instant, only as it is written */
bool
InstantFromText(const char *text, int64 *at)
{
	int hour, minute, second, fraction = 0, end = 0;
	const char *t = strchr(text, 'T');
	DateADT date;

	if (t == NULL || !DateFromText(pnstrdup(text, t - text), &date) ||
		sscanf(t, "T%2d:%2d:%2d%n", &hour, &minute, &second, &end) != 3)
		return false;
	if (t[end] == '.' && sscanf(t + end, ".%6d", &fraction) != 1)
		return false;
	*at = (int64) date * USECS_PER_DAY +
		((int64) (hour * MINS_PER_HOUR + minute) * SECS_PER_MINUTE + second) * USECS_PER_SEC +
		fraction;
	return IS_VALID_TIMESTAMP(*at) && strcmp(InstantToText(*at), text) == 0;
}
