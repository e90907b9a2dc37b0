/*
 * span.c
 *		Spans of time as patterns write them, untouched by any setting.
 *
 *		span   := ( number unit | clock )+
 *		number := digits [ .digits ]
 *		clock  := hours:minutes [ :seconds [ .digits ] ]
 */
#include "postgres.h"

#include "mb/pg_wchar.h"

#include "span.h"

/* bytes of a number that a message shows */
#define SHOWN_BYTES 20

/* decimals that whole microseconds can have: a week is 2^13 3^3 5^8 7 of them */
#define MAX_DECIMALS 13

/* decimals of a second */
#define SECOND_DECIMALS 6

/* units of so many letters have no plural */
#define LETTERS 2

/* what can be wrong with a number and its unit */
#define FINER "is finer than a microsecond"
#define LONGER "is longer than 106751991 days"

/* digits of minutes and seconds of a clock, and how many of them there are */
#define CLOCK_DIGITS 2
#define CLOCK_END 60

typedef enum SpanUnit
{
	UNIT_MICROSECOND,
	UNIT_MILLISECOND,
	UNIT_SECOND,
	UNIT_MINUTE,
	UNIT_HOUR,
	UNIT_DAY,
	UNIT_WEEK,
	UNIT_CALENDAR, /* one without a fixed length */
	UNIT_NONE      /* no unit at all */
} SpanUnit;

/* what a clock is made of */
#define CLOCK_UNITS (1 << UNIT_HOUR | 1 << UNIT_MINUTE | 1 << UNIT_SECOND)

/* each by the words for one; those that are no letters may have an "s" */
static const struct
{
	const char *word;
	SpanUnit unit;
} unit_words[] = {
	{"us", UNIT_MICROSECOND},
	{"microsecond", UNIT_MICROSECOND},
	{"ms", UNIT_MILLISECOND},
	{"millisecond", UNIT_MILLISECOND},
	{"s", UNIT_SECOND},
	{"sec", UNIT_SECOND},
	{"second", UNIT_SECOND},
	{"m", UNIT_MINUTE},
	{"min", UNIT_MINUTE},
	{"minute", UNIT_MINUTE},
	{"h", UNIT_HOUR},
	{"hour", UNIT_HOUR},
	{"d", UNIT_DAY},
	{"day", UNIT_DAY},
	{"w", UNIT_WEEK},
	{"week", UNIT_WEEK},
	{"mon", UNIT_CALENDAR},
	{"month", UNIT_CALENDAR},
	{"quarter", UNIT_CALENDAR},
	{"y", UNIT_CALENDAR},
	{"yr", UNIT_CALENDAR},
	{"year", UNIT_CALENDAR},
};

static const int64 unit_sizes[] = {1,         1000,     SPAN_SECOND, SPAN_MINUTE,
								   SPAN_HOUR, SPAN_DAY, 7 * SPAN_DAY};

/* a span that is being read */
typedef struct SpanReader
{
	const char *start;
	const char *at;
	const char *end;
	int128 total; /* microseconds */
	int units;    /* bits of those that it has already */
	SpanProblem *problem;
} SpanReader;

/* Return the length of the blank at a place, 0 where there is none; UTF-8 has some more */
int
BlankLength(const char *at, const char *end)
{
	static const char *const others[] = {
		"\xc2\x85",                                     /* next line */
		"\xc2\xa0",                                     /* no-break space */
		"\xe1\x9a\x80",                                 /* ogham space mark */
		"\xe2\x80\x80", "\xe2\x80\x81", "\xe2\x80\x82", /* spaces of all widths */
		"\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86",
		"\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a",
		"\xe2\x80\x8b", "\xe2\x80\xa8", "\xe2\x80\xa9", /* line, paragraph separator */
		"\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80", /* narrow, mathematical, CJK */
		"\xef\xbb\xbf"                                  /* byte order mark */
	};

	if (at >= end)
		return 0;
	if (!IS_HIGHBIT_SET(*at))
		return (*at == ' ' || (*at >= '\t' && *at <= '\r')) ? 1 : 0;
	if (GetDatabaseEncoding() != PG_UTF8)
		return 0;
	for (int i = 0; i < (int) lengthof(others); i++)
	{
		int length = strlen(others[i]);

		if (end - at >= length && memcmp(at, others[i], length) == 0)
			return length;
	}
	return 0;
}

/* Skip blanks */
static void
SkipBlanks(SpanReader *reader)
{
	int length;

	while ((length = BlankLength(reader->at, reader->end)) > 0)
		reader->at += length;
}

/* Report what is expected where the reader is */
static bool
Expected(SpanReader *reader, const char *expected, const char *hint)
{
	reader->problem->place = reader->at;
	reader->problem->expected = expected;
	reader->problem->subject = NULL;
	reader->problem->wrong = NULL;
	reader->problem->hint = hint;
	return false;
}

/* Report what is wrong at a place */
static bool
Wrong(SpanReader *reader, const char *place, const char *subject, const char *wrong)
{
	reader->problem->place = place;
	reader->problem->expected = NULL;
	reader->problem->subject = subject;
	reader->problem->wrong = wrong;
	reader->problem->hint = NULL;
	return false;
}

/* Tell whether the reader is at a digit */
static bool
AtDigit(const SpanReader *reader)
{
	return reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9';
}

/* Tell whether a byte is a letter of a unit, whatever the locale has as letters */
static bool
IsLetter(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* Take a sign if the reader is at it */
static bool
TakeSign(SpanReader *reader, char sign)
{
	if (reader->at >= reader->end || *reader->at != sign)
		return false;
	reader->at++;
	return true;
}

/* Read a whole number; what is too large for any unit is cut to a number that is, too */
static int64
ReadWhole(SpanReader *reader)
{
	int128 number = 0;

	for (; AtDigit(reader); reader->at++)
		number = Min(number * 10 + (*reader->at - '0'), (int128) SPAN_MAX + 1);
	return (int64) number;
}

/* Read the decimals of a number, if it has any, as a fraction of a power of ten */
static bool
ReadDecimals(SpanReader *reader, int64 *fraction, int64 *scale)
{
	const char *start = reader->at;
	int64 power = 1;
	int decimals = 0;

	*fraction = 0;
	*scale = 1;
	if (!TakeSign(reader, '.'))
		return true;
	if (!AtDigit(reader))
		return Expected(reader, "a digit after \".\"", NULL);
	for (; AtDigit(reader); reader->at++)
	{
		if (++decimals <= MAX_DECIMALS)
			power *= 10;
		if (*reader->at == '0')
			continue;
		if (decimals > MAX_DECIMALS)
			return Wrong(reader, start, "time", FINER);
		/* the zeros before this digit come with it */
		*fraction = *fraction * (power / *scale) + (*reader->at - '0');
		*scale = power;
	}
	return true;
}

/* Add so many of a size to the span; a part of one must make whole microseconds */
static bool
AddNumber(SpanReader *reader, const char *start, int64 whole, int64 fraction, int64 scale,
		  int64 size)
{
	int128 parts = (int128) fraction * size;

	if (parts % scale != 0)
		return Wrong(reader, start, "time", FINER);
	reader->total += (int128) whole * size + parts / scale;
	if (reader->total > SPAN_MAX)
		return Wrong(reader, reader->start, "time", LONGER);
	return true;
}

/* Find the unit that a word stands for, in letters of either case */
static SpanUnit
FindUnit(const char *word, int length)
{
	for (int i = 0; i < (int) lengthof(unit_words); i++)
	{
		int known = strlen(unit_words[i].word);
		bool plural = known > LETTERS && length == known + 1 && pg_tolower(word[known]) == 's';

		if ((length == known || plural) && pg_strncasecmp(word, unit_words[i].word, known) == 0)
			return unit_words[i].unit;
	}
	return UNIT_NONE;
}

/* Read the unit of the number that begins at a place and ends where the reader is */
static bool
ReadUnit(SpanReader *reader, const char *number, SpanUnit *unit)
{
	int digits = reader->at - number;
	const char *word;
	const char *end;
	bool small = true;
	char *expected;

	SkipBlanks(reader);
	word = end = reader->at;
	for (; end < reader->end && IsLetter(*end); end++)
		small = small && *end >= 'a';
	*unit = FindUnit(word, end - word);
	expected = psprintf("a unit of time after \"%.*s%s\"", Min(digits, SHOWN_BYTES), number,
						(digits > SHOWN_BYTES) ? "..." : "");
	if (*unit == UNIT_CALENDAR)
		return Expected(reader, expected,
						"A month has 28 to 31 days and a year 365 or 366: write days.");
	if (*unit != UNIT_NONE && !small)
		return Expected(reader, expected, "Units of time are written in small letters.");
	if (*unit == UNIT_NONE)
		return Expected(reader, expected,
						"Units are microseconds (us), milliseconds (ms), seconds (s), minutes "
						"(m), hours (h), days (d) and weeks (w).");
	if (reader->units & (1 << *unit))
		return Wrong(reader, word, "unit of time", "is there already");
	reader->units |= 1 << *unit;
	reader->at = end;
	return true;
}

/* Read two digits of a clock after a ":" */
static bool
ReadClockDigits(SpanReader *reader, int64 *number)
{
	const char *start = reader->at;

	*number = ReadWhole(reader);
	if (reader->at - start == CLOCK_DIGITS && *number < CLOCK_END)
		return true;
	reader->at = start;
	return Expected(reader, "two digits from 00 to 59 after \":\"", NULL);
}

/* Read what follows the hours of a clock */
static bool
ReadClock(SpanReader *reader, const char *start, int64 hours)
{
	int64 minutes;
	int64 seconds = 0;
	int64 fraction = 0;
	int64 scale = 1;

	if (!ReadClockDigits(reader, &minutes))
		return false;
	if (TakeSign(reader, ':') &&
		(!ReadClockDigits(reader, &seconds) || !ReadDecimals(reader, &fraction, &scale)))
		return false;
	if (reader->units & CLOCK_UNITS)
		return Wrong(reader, start, "clock", "has a unit that is there already");
	reader->units |= CLOCK_UNITS;
	return AddNumber(reader, start, hours, 0, 1, SPAN_HOUR) &&
		AddNumber(reader, start, minutes, 0, 1, SPAN_MINUTE) &&
		AddNumber(reader, start, seconds, fraction, scale, SPAN_SECOND);
}

/* Read a span as far as it goes; "text" is moved to what follows it */
bool
SpanParse(const char **text, const char *end, int64 *span, SpanProblem *problem)
{
	SpanReader reader = {*text, *text, end, 0, 0, problem};

	SkipBlanks(&reader);
	reader.start = reader.at;
	if (!AtDigit(&reader))
	{
		const char *hint = NULL;

		if (reader.at < end && *reader.at == '-')
			hint = "A time is not negative.";
		else if (reader.at < end && (*reader.at == '"' || *reader.at == '\''))
			hint = "A time has no quotes of its own.";
		return Expected(&reader, "a time such as \"7 days\"", hint);
	}
	while (AtDigit(&reader))
	{
		const char *start = reader.at;
		int64 whole = ReadWhole(&reader);
		int64 fraction, scale;
		SpanUnit unit;

		if (TakeSign(&reader, ':'))
		{
			if (!ReadClock(&reader, start, whole))
				return false;
		}
		else if (!ReadDecimals(&reader, &fraction, &scale) || !ReadUnit(&reader, start, &unit) ||
				 !AddNumber(&reader, start, whole, fraction, scale, unit_sizes[unit]))
			return false;
		SkipBlanks(&reader);
	}
	*span = (int64) reader.total;
	*text = reader.at;
	return true;
}

/* Append so many of a unit of time, if any, after a blank if need be */
static void
AppendUnit(StringInfo out, bool *begun, int64 number, const char *unit)
{
	if (number == 0)
		return;
	appendStringInfo(out, "%s%lld %s%s", *begun ? " " : "", (long long) number, unit,
					 (number == 1) ? "" : "s");
	*begun = true;
}

/* Append a span of time, which is always exact */
void
AppendSpan(StringInfo out, int64 span)
{
	int64 seconds = span % SPAN_MINUTE / SPAN_SECOND;
	int64 fraction = span % SPAN_SECOND;
	int digits = SECOND_DECIMALS;
	bool begun = false;

	AppendUnit(out, &begun, span / SPAN_DAY, "day");
	AppendUnit(out, &begun, span % SPAN_DAY / SPAN_HOUR, "hour");
	AppendUnit(out, &begun, span % SPAN_HOUR / SPAN_MINUTE, "minute");
	if (fraction == 0)
	{
		AppendUnit(out, &begun, seconds, "second");
		if (!begun)
			appendStringInfoString(out, "0 seconds");
		return;
	}
	for (; fraction % 10 == 0; fraction /= 10)
		digits--;
	appendStringInfo(out, "%s%lld.%0*lld seconds", begun ? " " : "", (long long) seconds, digits,
					 (long long) fraction);
}
