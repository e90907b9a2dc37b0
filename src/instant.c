/*
 * instant.c
 *		Instants as text forms write them: in UTC, whatever any setting says.
 *
 *		instant := year-month-dayThours:minutes:seconds [ .digits ] Z [ " BC" ]
 */
#include "postgres.h"

#include "datatype/timestamp.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

#include "instant.h"

/* a year has at least so many digits, and none that there is has more than the last */
#define YEAR_DIGITS 4
#define MAX_YEAR_DIGITS 6

/* all other parts have so many */
#define PART_DIGITS 2

/* decimals of a second */
#define SECOND_DECIMALS 6

/* years before the first one */
#define BEFORE_CHRIST " BC"

/* Append an instant in microseconds, which is always exact */
void
AppendInstant(StringInfo out, int64 at)
{
	struct pg_tm tm;
	fsec_t fraction;
	int digits = SECOND_DECIMALS;
	bool before;

	if (timestamp2tm(at, NULL, &tm, &fraction, NULL, NULL) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE), errmsg("timestamp out of range")));
	before = tm.tm_year <= 0;
	appendStringInfo(out, "%04d-%02d-%02dT%02d:%02d:%02d", before ? 1 - tm.tm_year : tm.tm_year,
					 tm.tm_mon, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
	if (fraction != 0)
	{
		for (; fraction % 10 == 0; fraction /= 10)
			digits--;
		appendStringInfo(out, ".%0*d", digits, (int) fraction);
	}
	appendStringInfo(out, "Z%s", before ? BEFORE_CHRIST : "");
}

/* Read so many digits that end where another character does, and move behind that */
static bool
ReadPart(const char **text, int least, int most, char end, int *part)
{
	const char *at = *text;

	*part = 0;
	for (; at - *text < most && *at >= '0' && *at <= '9'; at++)
		*part = *part * 10 + (*at - '0');
	if (at - *text < least || (end != '\0' && *at++ != end))
		return false;
	*text = at;
	return true;
}

/* Read the decimals of a second, if there are any */
static bool
ReadFraction(const char **text, fsec_t *fraction)
{
	const char *start;
	int part;

	*fraction = 0;
	if (**text != '.')
		return true;
	start = ++*text;
	if (!ReadPart(text, 1, SECOND_DECIMALS, '\0', &part))
		return false;
	for (int digits = *text - start; digits < SECOND_DECIMALS; digits++)
		part *= 10;
	*fraction = part;
	return true;
}

/* Read an instant; false where the text is none */
bool
InstantParse(const char *text, int64 *at)
{
	struct pg_tm tm = {0};
	fsec_t fraction;

	if (!ReadPart(&text, YEAR_DIGITS, MAX_YEAR_DIGITS, '-', &tm.tm_year) ||
		!ReadPart(&text, PART_DIGITS, PART_DIGITS, '-', &tm.tm_mon) ||
		!ReadPart(&text, PART_DIGITS, PART_DIGITS, 'T', &tm.tm_mday) ||
		!ReadPart(&text, PART_DIGITS, PART_DIGITS, ':', &tm.tm_hour) ||
		!ReadPart(&text, PART_DIGITS, PART_DIGITS, ':', &tm.tm_min) ||
		!ReadPart(&text, PART_DIGITS, PART_DIGITS, '\0', &tm.tm_sec) ||
		!ReadFraction(&text, &fraction) || *text++ != 'Z')
		return false;
	if (tm.tm_year == 0)
		return false; /* there is none */
	if (strcmp(text, BEFORE_CHRIST) == 0)
		tm.tm_year = 1 - tm.tm_year;
	else if (*text != '\0')
		return false;
	if (tm.tm_mon < 1 || tm.tm_mon > MONTHS_PER_YEAR || tm.tm_mday < 1 ||
		tm.tm_mday > day_tab[isleap(tm.tm_year)][tm.tm_mon - 1] || tm.tm_hour >= HOURS_PER_DAY ||
		tm.tm_min >= MINS_PER_HOUR || tm.tm_sec >= SECS_PER_MINUTE)
		return false;
	return tm2timestamp(&tm, fraction, NULL, at) == 0;
}
