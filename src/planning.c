/*
 * planning.c
 *		How many responses are needed, and rates of events.
 */
#include "postgres.h"

#include "utils/float.h"

#include "surface.h"

/* answers of 1, 0 and -1 vary by at most this */
#define MAX_NET_VARIANCE 1.0

PG_FUNCTION_INFO_V1(responses_for_nps);
PG_FUNCTION_INFO_V1(responses_for_nps_difference);
PG_FUNCTION_INFO_V1(responses_for_share);
PG_FUNCTION_INFO_V1(responses_for_share_of_population);
PG_FUNCTION_INFO_V1(responses_for_share_difference);
PG_FUNCTION_INFO_V1(event_rate);
PG_FUNCTION_INFO_V1(compare_event_rates);

/* Read a number that must lie between two limits, the lower one excluded */
static double
GetNumber(FunctionCallInfo fcinfo, int arg, const char *what, double above, double most)
{
	double number = PG_GETARG_FLOAT8(arg);

	if (!(number > above && number <= most))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s \"%s\" is out of range", what, float8out_internal(number)),
				 errdetail("It must be more than %g and at most %g.", above, most)));
	return number;
}

/* Return a number of responses rounded up, at least one */
static Datum
ReturnResponses(double responses)
{
	double whole = fmax(1.0, ceil(responses));

	if (!(whole < (double) PG_INT64_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("number of responses is out of range"),
				 errdetail(
					 "So small a margin or difference needs more responses than a bigint holds.")));
	return Int64GetDatum((int64) whole);
}

/* Return the responses that give an NPS its margin */
Datum
responses_for_nps(PG_FUNCTION_ARGS)
{
	double margin = GetNumber(fcinfo, 0, "margin", 0.0, POINTS);
	double confidence = GetConfidence(fcinfo, 1);
	double variance = GetNumber(fcinfo, 2, "variance", 0.0, MAX_NET_VARIANCE);

	return ReturnResponses(ResponsesForNet(margin / POINTS, variance, confidence));
}

/* Return the responses per group that show a difference of two NPS */
Datum
responses_for_nps_difference(PG_FUNCTION_ARGS)
{
	double difference = GetNumber(fcinfo, 0, "difference", 0.0, 2.0 * POINTS);
	double power = GetFraction(fcinfo, 1, "power");
	double confidence = GetConfidence(fcinfo, 2);
	double variance_a = GetNumber(fcinfo, 3, "variance", 0.0, MAX_NET_VARIANCE);
	double variance_b = GetNumber(fcinfo, 4, "variance", 0.0, MAX_NET_VARIANCE);

	return ReturnResponses(
		ResponsesForNetDifference(difference / POINTS, variance_a, variance_b, power, confidence));
}

/* Return the responses that give a share its margin */
Datum
responses_for_share(PG_FUNCTION_ARGS)
{
	double margin = GetFraction(fcinfo, 0, "margin");
	double share = GetFraction(fcinfo, 1, "share");
	double confidence = GetConfidence(fcinfo, 2);

	return ReturnResponses(ResponsesForShare(margin, share, INFINITY, confidence));
}

/* Return the responses that give a share of so many people its margin */
Datum
responses_for_share_of_population(PG_FUNCTION_ARGS)
{
	double margin = GetFraction(fcinfo, 0, "margin");
	double share = GetFraction(fcinfo, 1, "share");
	double confidence = GetConfidence(fcinfo, 2);
	int64 population = PG_GETARG_INT64(3);

	if (population < 1)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("population \"%lld\" must be positive", (long long) population)));
	return ReturnResponses(ResponsesForShare(margin, share, (double) population, confidence));
}

/* Return the responses per group that show a difference of two shares */
Datum
responses_for_share_difference(PG_FUNCTION_ARGS)
{
	double share_a = GetFraction(fcinfo, 0, "share");
	double share_b = GetFraction(fcinfo, 1, "share");
	double power = GetFraction(fcinfo, 2, "power");
	double confidence = GetConfidence(fcinfo, 3);

	if (share_a == share_b)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("shares must differ"),
				 errdetail("Both are \"%s\".", float8out_internal(share_a))));
	return ReturnResponses(ResponsesForShareDifference(share_a, share_b, power, confidence));
}

/* Return events per unit of exposure with the exact interval */
Datum
event_rate(PG_FUNCTION_ARGS)
{
	int64 events = PG_GETARG_INT64(0);
	double exposure = PG_GETARG_FLOAT8(1);
	double confidence = GetConfidence(fcinfo, 2);
	Limits interval;
	Row row;

	CheckExposure(events, exposure);
	interval = PoissonInterval((double) events, confidence);
	if (isinf(interval.high / exposure))
		float_overflow_error();
	RowBegin(&row, fcinfo);
	RowFloat(&row, events / exposure);
	RowFloat(&row, interval.low / exposure);
	RowFloat(&row, interval.high / exposure);
	return RowEnd(&row);
}

/* Return the ratio of two rates of events with its exact interval and test */
Datum
compare_event_rates(PG_FUNCTION_ARGS)
{
	int64 events_a = PG_GETARG_INT64(0);
	double exposure_a = PG_GETARG_FLOAT8(1);
	int64 events_b = PG_GETARG_INT64(2);
	double exposure_b = PG_GETARG_FLOAT8(3);
	double confidence = GetConfidence(fcinfo, 4);
	Difference ratio;

	CheckExposure(events_a, exposure_a);
	CheckExposure(events_b, exposure_b);
	ratio = ComparePoissonRates((double) events_a, exposure_a, (double) events_b, exposure_b,
								confidence);
	/* infinite are only rates by none, and 0 those of none */
	if (isinf(ratio.low) || (events_b > 0 && isinf(ratio.high)))
		float_overflow_error();
	if (ratio.high == 0.0 || (events_a > 0 && ratio.low == 0.0))
		float_underflow_error();
	return ReturnDifference(fcinfo, ratio);
}
