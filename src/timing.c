/*
 * timing.c
 *		timing_summary: the type, its aggregates, merging.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "common/int.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"
#include "utils/timestamp.h"

#include "json_input.h"
#include "surface.h"
#include "timing.h"

/* flag of the binary form of a sketch */
#define TIMING_SKETCHED 1

#define NANOSECONDS_PER_MICROSECOND INT64CONST(1000)

static const char *const kind_names[] = {"finished", "unfinished"};
static const char *const bucket_names[] = {"finished.buckets", "unfinished.buckets"};
static const char *const count_names[] = {"finished.counts", "unfinished.counts"};
static const char *const zero_names[] = {"finished.zeros", "unfinished.zeros"};

PG_FUNCTION_INFO_V1(timing_in);
PG_FUNCTION_INFO_V1(timing_out);
PG_FUNCTION_INFO_V1(timing_recv);
PG_FUNCTION_INFO_V1(timing_send);
PG_FUNCTION_INFO_V1(timing_accum_seconds);
PG_FUNCTION_INFO_V1(timing_accum_interval);
PG_FUNCTION_INFO_V1(timing_accum_times);
PG_FUNCTION_INFO_V1(timing_final);
PG_FUNCTION_INFO_V1(timing_merge);

/* Report a duration that cannot be one */
void
DurationOutOfRange(const char *duration)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("duration \"%s\" is out of range", duration),
			 errdetail("Durations go from 0 to 9223372036 seconds, about 292 years."),
			 errhint("Turn what was not measured into NULL, which is not counted.")));
}

/* Read a summary argument; it must not be written to */
TimingSummary *
TimingGetArg(FunctionCallInfo fcinfo, int arg)
{
	TimingSummary *timing = (TimingSummary *) PG_DETOAST_DATUM(PG_GETARG_DATUM(arg));

	CheckStoredVersion(timing->version, TIMING_VERSION, TIMING_TYPE);
	return timing;
}

/* Return the state of an aggregate in a working form; a copy when called by hand */
static TimingSummary *
TimingState(FunctionCallInfo fcinfo)
{
	TimingSummary *timing = PG_ARGISNULL(0) ? TimingCreate() : TimingGetArg(fcinfo, 0);

	if (AggCheckCallContext(fcinfo, NULL) &&
		(timing->form == TIMING_COLLECTING || timing->form == TIMING_COUNTING))
		return timing;
	return TimingWorking(timing);
}

/*
 * Return the state of an aggregate, or its stored form when called by hand.
 *
 * Where the state had to grow, this is a new value that the executor copies to where states live.
 */
static Datum
ReturnTimingState(FunctionCallInfo fcinfo, TimingSummary *timing)
{
	if (!AggCheckCallContext(fcinfo, NULL))
		timing = TimingPack(timing);
	PG_RETURN_POINTER(timing);
}

/* Append the listed durations of a kind, when there are any, as a member of a JSON object */
static void
AppendList(StringInfo out, const TimingSummary *timing, TimingKind kind)
{
	bool found = false;

	for (int i = 0; i < timing->listed; i++)
	{
		if (ListedKind(timing->data[i]) != kind)
			continue;
		if (found)
			appendStringInfoString(out, ", ");
		else
			appendStringInfo(out, "%s\"%s\": [", (i > 0) ? ", " : "", kind_names[kind]);
		AppendDecimal(out, ListedDuration(timing->data[i]), SECOND_DECIMALS);
		found = true;
	}
	if (found)
		appendStringInfoChar(out, ']');
}

/* Append the buckets of a kind as members of a JSON object */
static void
AppendBuckets(StringInfo out, const TimingTotals *totals, const TimingBuckets *buckets,
			  TimingKind kind)
{
	appendStringInfo(out, "\"zeros\": %lld, \"buckets\": [", (long long) totals->zeros[kind]);
	for (int i = 0; i < buckets->length; i++)
		appendStringInfo(out, "%s%d", (i > 0) ? ", " : "", buckets->counts[i].bucket);
	appendStringInfoString(out, "], \"counts\": [");
	for (int i = 0; i < buckets->length; i++)
		appendStringInfo(out, "%s%lld", (i > 0) ? ", " : "", (long long) buckets->counts[i].count);
	appendStringInfoChar(out, ']');
}

/* Append a sketch as members of a JSON object */
static void
AppendSketch(StringInfo out, const TimingSummary *timing)
{
	const TimingTotals *totals = &TimingSketchOf(timing)->totals;
	TimingBuckets buckets[TIMING_KINDS];

	TimingReadBuckets(timing, buckets);
	appendStringInfo(out, "\"%s\": {", kind_names[TIMING_FINISHED]);
	AppendBuckets(out, totals, &buckets[TIMING_FINISHED], TIMING_FINISHED);
	appendStringInfoString(out, ", \"minimum\": ");
	AppendDecimal(out, totals->minimum, SECOND_DECIMALS);
	appendStringInfoString(out, ", \"maximum\": ");
	AppendDecimal(out, totals->maximum, SECOND_DECIMALS);
	appendStringInfoString(out, ", \"sum\": ");
	AppendDecimal(out, totals->sum, SECOND_DECIMALS);
	appendStringInfoString(out, ", \"log_sum\": ");
	AppendDecimal(out, totals->log_sum, 0);
	appendStringInfoString(out, ", \"log_square_sum\": ");
	AppendDecimal(out, totals->log_square, 0);
	appendStringInfo(out, "}, \"%s\": {", kind_names[TIMING_UNFINISHED]);
	AppendBuckets(out, totals, &buckets[TIMING_UNFINISHED], TIMING_UNFINISHED);
	appendStringInfoChar(out, '}');
}

/* Return the text form */
char *
TimingToText(const TimingSummary *timing)
{
	const TimingSummary *packed = TimingPack(timing);
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfoChar(&out, '{');
	if (TimingIsListed(packed))
	{
		AppendList(&out, packed, TIMING_FINISHED);
		AppendList(&out, packed, TIMING_UNFINISHED);
	}
	else
		AppendSketch(&out, packed);
	appendStringInfoChar(&out, '}');
	return out.data;
}

/* Read the listed durations of a kind, which may be in any order; false after a soft error */
static bool
ReadList(JsonObject *object, TimingKind kind, int64 *list, int *listed, Node *escontext)
{
	int length = JsonArrayLength(object, kind_names[kind]);
	int128 durations[TIMING_MAX_LISTED];

	if (!JsonHasMember(object, kind_names[kind]))
		return true;
	if (*listed + length > TIMING_MAX_LISTED)
		return CheckTimingList(NULL, *listed + length, escontext);
	if (!JsonDecimalArray(object, kind_names[kind], TIMING_TYPE, length, SECOND_DECIMALS, durations,
						  escontext))
		return false;
	for (int i = 0; i < length; i++)
	{
		if (durations[i] < 0 || durations[i] > PG_INT64_MAX)
			ereturn(escontext, false,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("value in member \"%s\" is out of range for type %s", kind_names[kind],
							TIMING_TYPE),
					 errdetail("The input was \"%s\".", object->text)));
		list[(*listed)++] =
			(kind == TIMING_UNFINISHED) ? -1 - (int64) durations[i] : (int64) durations[i];
	}
	return true;
}

/* Read a member that is a number of seconds that fits a duration; false after a soft error */
static bool
ReadDuration(JsonObject *object, const char *name, int64 *duration, Node *escontext)
{
	int128 value;

	if (!JsonDecimal(object, name, TIMING_TYPE, SECOND_DECIMALS, &value, escontext))
		return false;
	/* what does not fit is refused later, with all that is not possible */
	*duration = (value < 0 || value > PG_INT64_MAX) ? -1 : (int64) value;
	return true;
}

/* Read the buckets of a kind; false after a soft error */
static bool
ReadBuckets(JsonObject *object, TimingKind kind, TimingTotals *totals, TimingBuckets *buckets,
			Node *escontext)
{
	int length = JsonArrayLength(object, bucket_names[kind]);
	int64 *numbers, *counts;

	if (length > TIMING_BUCKETS)
		return RefuseTiming(escontext, "There are too many buckets.");
	numbers = palloc(Max(length, 1) * sizeof(int64));
	counts = palloc(Max(length, 1) * sizeof(int64));
	if (!JsonInt64(object, zero_names[kind], TIMING_TYPE, &totals->zeros[kind], escontext) ||
		!JsonInt64Array(object, bucket_names[kind], TIMING_TYPE, length, numbers, escontext) ||
		!JsonInt64Array(object, count_names[kind], TIMING_TYPE, length, counts, escontext))
		return false;
	buckets->length = length;
	buckets->counts = palloc(Max(length, 1) * sizeof(BucketCount));
	totals->count[kind] = totals->zeros[kind];
	for (int i = 0; i < length; i++)
	{
		/* what does not fit is refused later, with all that is not possible */
		buckets->counts[i].bucket =
			(numbers[i] < 0 || numbers[i] >= TIMING_BUCKETS) ? -1 : (int) numbers[i];
		buckets->counts[i].count = counts[i];
		if (pg_add_s64_overflow(totals->count[kind], counts[i], &totals->count[kind]))
			totals->count[kind] = -1;
	}
	return true;
}

/* Read a sketch, or return NULL after a soft error */
static TimingSummary *
ReadSketch(JsonObject *object, Node *escontext)
{
	TimingTotals totals;
	TimingBuckets buckets[TIMING_KINDS];

	for (TimingKind kind = 0; kind < TIMING_KINDS; kind++)
	{
		if (!ReadBuckets(object, kind, &totals, &buckets[kind], escontext))
			return NULL;
	}
	if (!ReadDuration(object, "finished.minimum", &totals.minimum, escontext) ||
		!ReadDuration(object, "finished.maximum", &totals.maximum, escontext) ||
		!JsonDecimal(object, "finished.sum", TIMING_TYPE, SECOND_DECIMALS, &totals.sum,
					 escontext) ||
		!JsonDecimal(object, "finished.log_sum", TIMING_TYPE, 0, &totals.log_sum, escontext) ||
		!JsonDecimal(object, "finished.log_square_sum", TIMING_TYPE, 0, &totals.log_square,
					 escontext) ||
		!CheckJsonUsed(object, TIMING_TYPE, escontext) ||
		!CheckTimingSketch(&totals, buckets, escontext))
		return NULL;
	return TimingFromBuckets(&totals, buckets);
}

/* Read the text form; NULL after a soft error */
TimingSummary *
TimingFromText(const char *text, Node *escontext)
{
	TimingSummary *timing;
	JsonObject object;
	int64 list[TIMING_MAX_LISTED];
	int listed = 0;

	if (!ParseJsonObject(text, TIMING_TYPE, &object, escontext))
		return NULL;
	if (JsonHasMember(&object, bucket_names[TIMING_FINISHED]))
	{
		timing = ReadSketch(&object, escontext);
		if (timing == NULL)
			return NULL;
		return timing;
	}
	for (TimingKind kind = 0; kind < TIMING_KINDS; kind++)
	{
		if (!ReadList(&object, kind, list, &listed, escontext))
			return NULL;
	}
	timing = TimingFromList(list, listed);
	if (!CheckJsonUsed(&object, TIMING_TYPE, escontext) ||
		!CheckTimingList(timing->data, listed, escontext))
		return NULL;
	return timing;
}

/* Read the text form */
Datum
timing_in(PG_FUNCTION_ARGS)
{
	TimingSummary *timing = TimingFromText(PG_GETARG_CSTRING(0), InputErrorContext(fcinfo));

	if (timing == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(timing);
}

/* Write the text form */
Datum
timing_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(TimingToText(TimingGetArg(fcinfo, 0)));
}

/* Read the listed durations of the binary form */
static TimingSummary *
RecvList(StringInfo in)
{
	int64 list[UINT8_MAX];
	int listed = pq_getmsgbyte(in);

	for (int i = 0; i < listed; i++)
		list[i] = pq_getmsgint64(in);
	CheckMessageEnd(in, TIMING_TYPE);
	CheckTimingList(list, listed, NULL);
	return TimingFromList(list, listed);
}

/* Read the packed counts of a kind of the binary form */
static TimingBuckets
RecvBuckets(StringInfo in, int64 total)
{
	TimingBuckets buckets;
	Size used;

	buckets.length = pq_getmsgint(in, sizeof(uint16));
	buckets.counts = palloc(Max(buckets.length, 1) * sizeof(BucketCount));
	if (!UnpackCounts((const uint8 *) in->data + in->cursor, in->len - in->cursor, total,
					  TIMING_BUCKETS, buckets.counts, buckets.length, &used))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of type %s", TIMING_TYPE),
				 errdetail("The packed counts do not hold %lld durations.", (long long) total)));
	in->cursor += used;
	return buckets;
}

/* Read the sketch of the binary form */
static TimingSummary *
RecvSketch(StringInfo in)
{
	TimingTotals totals;
	TimingBuckets buckets[TIMING_KINDS];

	for (TimingKind kind = 0; kind < TIMING_KINDS; kind++)
	{
		totals.count[kind] = pq_getmsgint64(in);
		totals.zeros[kind] = pq_getmsgint64(in);
		if (totals.zeros[kind] < 0 || totals.count[kind] < totals.zeros[kind])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
					 errmsg("invalid binary form of type %s", TIMING_TYPE),
					 errdetail("A number of durations is out of range.")));
	}
	totals.minimum = pq_getmsgint64(in);
	totals.maximum = pq_getmsgint64(in);
	totals.sum = GetMessageInt128(in);
	totals.log_sum = GetMessageInt128(in);
	totals.log_square = GetMessageInt128(in);
	for (TimingKind kind = 0; kind < TIMING_KINDS; kind++)
		buckets[kind] = RecvBuckets(in, totals.count[kind] - totals.zeros[kind]);
	CheckMessageEnd(in, TIMING_TYPE);
	CheckTimingSketch(&totals, buckets, NULL);
	return TimingFromBuckets(&totals, buckets);
}

/* Read the binary form */
Datum
timing_recv(PG_FUNCTION_ARGS)
{
	StringInfo in = (StringInfo) PG_GETARG_POINTER(0);
	int flags;

	CheckMessageVersion(in, TIMING_VERSION, TIMING_TYPE);
	flags = GetMessageFlags(in, TIMING_SKETCHED, TIMING_TYPE);
	PG_RETURN_POINTER((flags == TIMING_SKETCHED) ? RecvSketch(in) : RecvList(in));
}

/* Append a sketch to the binary form */
static void
SendSketch(StringInfo out, const TimingSummary *timing)
{
	const TimingSketch *sketch = TimingSketchOf(timing);
	const TimingTotals *totals = &sketch->totals;
	TimingBuckets buckets[TIMING_KINDS];

	for (TimingKind kind = 0; kind < TIMING_KINDS; kind++)
	{
		pq_sendint64(out, totals->count[kind]);
		pq_sendint64(out, totals->zeros[kind]);
	}
	pq_sendint64(out, totals->minimum);
	pq_sendint64(out, totals->maximum);
	SendInt128(out, totals->sum);
	SendInt128(out, totals->log_sum);
	SendInt128(out, totals->log_square);
	TimingReadBuckets(timing, buckets);
	for (TimingKind kind = 0; kind < TIMING_KINDS; kind++)
	{
		Size size = PackedCountsSize(buckets[kind].counts, buckets[kind].length);
		uint8 *bytes = palloc0(Max(size, 1));

		PackCounts(buckets[kind].counts, buckets[kind].length, bytes);
		pq_sendint16(out, buckets[kind].length);
		pq_sendbytes(out, (char *) bytes, size);
	}
}

/* Write the binary form */
Datum
timing_send(PG_FUNCTION_ARGS)
{
	const TimingSummary *timing = TimingPack(TimingGetArg(fcinfo, 0));
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendbyte(&out, TIMING_VERSION);
	if (TimingIsListed(timing))
	{
		pq_sendbyte(&out, 0);
		pq_sendbyte(&out, timing->listed);
		for (int i = 0; i < timing->listed; i++)
			pq_sendint64(&out, timing->data[i]);
	}
	else
	{
		pq_sendbyte(&out, TIMING_SKETCHED);
		SendSketch(&out, timing);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* Count one duration where the state must change its form or grow, or in a window, or by hand */
static pg_noinline Datum
TimingAccumApart(FunctionCallInfo fcinfo, TimingKind kind, int64 duration)
{
	return ReturnTimingState(fcinfo, TimingAdd(TimingState(fcinfo), kind, duration));
}

/* Count one duration */
static inline Datum
TimingAccum(FunctionCallInfo fcinfo, TimingKind kind, int64 duration)
{
	TimingSummary *timing = (TimingSummary *) PG_GETARG_POINTER(0);

	if (unlikely(!InPlainAggregate(fcinfo) || VARATT_IS_EXTENDED(timing) ||
				 timing->version != TIMING_VERSION || timing->form != TIMING_COUNTING ||
				 duration == 0 || !TimingCount(timing, kind, duration)))
		return TimingAccumApart(fcinfo, kind, duration);
	PG_RETURN_POINTER(timing);
}

/* Return the kind of the duration by the argument that tells it, when there is one */
static inline TimingKind
TimingKindOfArg(FunctionCallInfo fcinfo)
{
	if (PG_NARGS() < 3)
		return TIMING_FINISHED;
	return (!PG_ARGISNULL(2) && PG_GETARG_BOOL(2)) ? TIMING_FINISHED : TIMING_UNFINISHED;
}

/* Count one duration in seconds; one that is not known to be finished counts as unfinished */
Datum
timing_accum_seconds(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		return ReturnState(fcinfo);
	return TimingAccum(fcinfo, TimingKindOfArg(fcinfo), SecondsToDuration(PG_GETARG_FLOAT8(1)));
}

/* Convert an interval to nanoseconds; a day has 24 hours */
int64
IntervalToDuration(Interval *interval)
{
	int64 days = (int64) interval->day * USECS_PER_DAY;
	int64 duration;

	if (interval->month != 0 && !INTERVAL_NOT_FINITE(interval))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("duration \"%s\" must not have months",
						DatumGetCString(
							DirectFunctionCall1(interval_out, IntervalPGetDatum(interval)))),
				 errdetail("Months are not all of the same length."),
				 errhint("Subtract the timestamps, or give seconds.")));
	if (INTERVAL_NOT_FINITE(interval) || pg_add_s64_overflow(days, interval->time, &duration) ||
		duration < 0 || pg_mul_s64_overflow(duration, NANOSECONDS_PER_MICROSECOND, &duration))
		DurationOutOfRange(
			DatumGetCString(DirectFunctionCall1(interval_out, IntervalPGetDatum(interval))));
	return duration;
}

/* Count one duration; one that is not known to be finished counts as unfinished */
Datum
timing_accum_interval(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		return ReturnState(fcinfo);
	return TimingAccum(fcinfo, TimingKindOfArg(fcinfo),
					   IntervalToDuration(PG_GETARG_INTERVAL_P(1)));
}

/* Read a time argument */
static TimestampTz
GetFiniteTime(FunctionCallInfo fcinfo, int arg)
{
	TimestampTz at = PG_GETARG_TIMESTAMPTZ(arg);

	if (TIMESTAMP_NOT_FINITE(at))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("timestamp \"%s\" must be finite", timestamptz_to_str(at)),
				 errhint(
					 "Turn a time that is not known into NULL: without a start nothing is counted, "
					 "without an end it counts as unfinished.")));
	return at;
}

/* Count what started, and ended unless it was still running, by the state of affairs at as_of */
Datum
timing_accum_times(PG_FUNCTION_ARGS)
{
	TimestampTz started_at, as_of, end;
	TimingKind kind = TIMING_UNFINISHED;
	int64 duration;

	if (PG_ARGISNULL(3))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("as_of must not be null"),
				 errhint("Call timing(started_at, ended_at, as_of) with the time up to which the "
						 "data are complete.")));
	if (PG_ARGISNULL(1))
		return ReturnState(fcinfo);
	started_at = GetFiniteTime(fcinfo, 1);
	as_of = GetFiniteTime(fcinfo, 3);
	end = as_of;
	if (!PG_ARGISNULL(2) && GetFiniteTime(fcinfo, 2) <= as_of)
	{
		kind = TIMING_FINISHED;
		end = PG_GETARG_TIMESTAMPTZ(2);
	}
	if (started_at > as_of)
		return ReturnState(fcinfo);
	if (end < started_at)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("end must not lie before the start"),
				 errdetail("It started at %s and ended at %s.",
						   pstrdup(timestamptz_to_str(started_at)),
						   pstrdup(timestamptz_to_str(end))),
				 errhint("Call timing(started_at, ended_at, as_of).")));
	if (pg_sub_s64_overflow(end, started_at, &duration) ||
		pg_mul_s64_overflow(duration, NANOSECONDS_PER_MICROSECOND, &duration))
		DurationOutOfRange(psprintf("%s - %s", pstrdup(timestamptz_to_str(end)),
									pstrdup(timestamptz_to_str(started_at))));
	return TimingAccum(fcinfo, kind, duration);
}

/* Return the stored form of what was counted, or NULL when that is nothing */
Datum
timing_final(PG_FUNCTION_ARGS)
{
	TimingSummary *timing = TimingGetArg(fcinfo, 0);

	if (TimingIsListed(timing) && timing->listed == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(TimingPack(timing));
}

/* Merge two summaries; as a transition function, in place where it has room */
Datum
timing_merge(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
	{
		if (PG_ARGISNULL(1))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(TimingPack(TimingGetArg(fcinfo, 1)));
	}
	if (PG_ARGISNULL(1))
		return ReturnState(fcinfo);
	return ReturnTimingState(fcinfo, TimingMerge(TimingState(fcinfo), TimingGetArg(fcinfo, 1)));
}

/* Read a summary argument in its stored form */
static const TimingSummary *
TimingGetPackedArg(FunctionCallInfo fcinfo, int arg)
{
	return TimingPack(TimingGetArg(fcinfo, arg));
}

DEFINE_COMPARE_ARGS(TimingCompareArgs, TimingSummary, TimingGetPackedArg, CompareStored);
DEFINE_COMPARISONS(timing, TimingCompareArgs);
DEFINE_HASHES(timing, TimingSummary, TimingGetPackedArg, VARSIZE(value));
