/*
 * extreme.c
 *		min_by and max_by: the text at the earliest or latest time.
 *
 * The state is a bytea, the time first, in network order and with its sign
 * turned, so that states compare byte by byte.  Of several texts at one time
 * that of the lowest bytes is taken, whatever the order of the rows.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "port/pg_bswap.h"
#include "utils/timestamp.h"

#include "surface.h"

#define TIME_BYTES sizeof(uint64)
#define SIGN_BIT (UINT64CONST(1) << 63)

PG_FUNCTION_INFO_V1(min_by_accum);
PG_FUNCTION_INFO_V1(max_by_accum);
PG_FUNCTION_INFO_V1(min_by_combine);
PG_FUNCTION_INFO_V1(max_by_combine);
PG_FUNCTION_INFO_V1(extreme_final);

/* Return a time so that it compares byte by byte */
static uint64
OrderedTime(TimestampTz at)
{
	return pg_hton64((uint64) at ^ SIGN_BIT);
}

/* Order two times, each with the bytes of a text, as wanted: what comes first is taken */
static bool
ComesBefore(const char *time_a, const char *text_a, Size length_a, const char *time_b,
			const char *text_b, Size length_b, bool latest)
{
	int order = memcmp(time_a, time_b, TIME_BYTES);

	if (order != 0)
		return latest ? order > 0 : order < 0;
	order = memcmp(text_a, text_b, Min(length_a, length_b));
	return (order != 0) ? order < 0 : length_a < length_b;
}

/* Check that a state is one that an aggregate makes */
static bytea *
GetExtremeState(FunctionCallInfo fcinfo, int arg)
{
	bytea *state = PG_GETARG_BYTEA_PP(arg);

	if (VARSIZE_ANY_EXHDR(state) < TIME_BYTES)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("invalid state of an aggregate"),
				 errdetail("It has %d bytes.", (int) VARSIZE_ANY_EXHDR(state))));
	return state;
}

/* Take a text if its time comes first */
static Datum
ExtremeAccum(FunctionCallInfo fcinfo, bool latest)
{
	text *value;
	Size length;
	uint64 time;
	bytea *state;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return ReturnState(fcinfo);
	value = PG_GETARG_TEXT_PP(1);
	length = VARSIZE_ANY_EXHDR(value);
	time = OrderedTime(PG_GETARG_TIMESTAMPTZ(2));
	if (!PG_ARGISNULL(0))
	{
		state = GetExtremeState(fcinfo, 0);
		if (!ComesBefore((const char *) &time, VARDATA_ANY(value), length, VARDATA_ANY(state),
						 VARDATA_ANY(state) + TIME_BYTES, VARSIZE_ANY_EXHDR(state) - TIME_BYTES,
						 latest))
			PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	state = palloc(VARHDRSZ + TIME_BYTES + length);
	SET_VARSIZE(state, VARHDRSZ + TIME_BYTES + length);
	memcpy(VARDATA(state), &time, TIME_BYTES);
	memcpy(VARDATA(state) + TIME_BYTES, VARDATA_ANY(value), length);
	PG_RETURN_BYTEA_P(state);
}

/* Return the state whose time comes first */
static Datum
ExtremeCombine(FunctionCallInfo fcinfo, bool latest)
{
	bytea *a = GetExtremeState(fcinfo, 0);
	bytea *b = GetExtremeState(fcinfo, 1);

	if (ComesBefore(VARDATA_ANY(b), VARDATA_ANY(b) + TIME_BYTES, VARSIZE_ANY_EXHDR(b) - TIME_BYTES,
					VARDATA_ANY(a), VARDATA_ANY(a) + TIME_BYTES, VARSIZE_ANY_EXHDR(a) - TIME_BYTES,
					latest))
		PG_RETURN_DATUM(PG_GETARG_DATUM(1));
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/* Take a text if its time is the earliest */
Datum
min_by_accum(PG_FUNCTION_ARGS)
{
	return ExtremeAccum(fcinfo, false);
}

/* Take a text if its time is the latest */
Datum
max_by_accum(PG_FUNCTION_ARGS)
{
	return ExtremeAccum(fcinfo, true);
}

/* Return the earlier of two states */
Datum
min_by_combine(PG_FUNCTION_ARGS)
{
	return ExtremeCombine(fcinfo, false);
}

/* Return the later of two states */
Datum
max_by_combine(PG_FUNCTION_ARGS)
{
	return ExtremeCombine(fcinfo, true);
}

/* Return the text of a state */
Datum
extreme_final(PG_FUNCTION_ARGS)
{
	bytea *state = GetExtremeState(fcinfo, 0);
	const char *value = VARDATA_ANY(state) + TIME_BYTES;
	int length = VARSIZE_ANY_EXHDR(state) - TIME_BYTES;

	/* the function can be called by hand, with any bytes */
	pg_verifymbstr(value, length, false);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(value, length));
}
