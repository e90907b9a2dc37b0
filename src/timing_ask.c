/*
 * timing_ask.c
 *		What one asks of a timing_summary.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "chart.h"
#include "surface.h"
#include "timing.h"

/* bars of a histogram, beside one for what took no time */
#define HISTOGRAM_MAX_BARS 1000

const Choice timing_interval_methods[] = {{"log-t", 0}, {NULL, 0}};
static const Choice compare_ratio_methods[] = {{"log-welch", 0}, {NULL, 0}};

PG_FUNCTION_INFO_V1(timing_report);
PG_FUNCTION_INFO_V1(timing_n);
PG_FUNCTION_INFO_V1(timing_effective_n);
PG_FUNCTION_INFO_V1(timing_unfinished);
PG_FUNCTION_INFO_V1(timing_compare_ratio);
PG_FUNCTION_INFO_V1(timing_benchmark);
PG_FUNCTION_INFO_V1(timing_minimum_base);
PG_FUNCTION_INFO_V1(timing_geometric_mean);
PG_FUNCTION_INFO_V1(timing_mean);
PG_FUNCTION_INFO_V1(timing_median);
PG_FUNCTION_INFO_V1(timing_quantile);
PG_FUNCTION_INFO_V1(timing_minimum);
PG_FUNCTION_INFO_V1(timing_maximum);
PG_FUNCTION_INFO_V1(timing_survival);
PG_FUNCTION_INFO_V1(timing_survival_curve);
PG_FUNCTION_INFO_V1(timing_histogram);

/* Convert nanoseconds to seconds */
static double
Seconds(double duration)
{
	return duration / NANOSECONDS;
}

/* Return the totals, also of listed durations */
const TimingTotals *
TimingTotalsOf(const TimingSummary *timing)
{
	return &TimingSketchOf(TimingAsSketch(timing))->totals;
}

/* Return the shortest of the finished, in seconds */
static double
Minimum(const TimingTotals *totals)
{
	if (totals->count[TIMING_FINISHED] == 0)
		return NOT_DEFINED;
	return (totals->zeros[TIMING_FINISHED] > 0) ? 0.0 : Seconds(totals->minimum);
}

/* Return the longest of the finished, in seconds */
static double
Maximum(const TimingTotals *totals)
{
	return (totals->count[TIMING_FINISHED] > 0) ? Seconds(totals->maximum) : NOT_DEFINED;
}

/* Tell whether the means are defined: those of the finished are too low while others still run */
static bool
HasMean(const TimingTotals *totals)
{
	return totals->count[TIMING_FINISHED] > 0 && totals->count[TIMING_UNFINISHED] == 0;
}

/* Return the arithmetic mean, in seconds */
static double
ArithmeticMean(const TimingTotals *totals)
{
	if (!HasMean(totals))
		return NOT_DEFINED;
	return Seconds((double) totals->sum) / totals->count[TIMING_FINISHED];
}

/* Return the mean of the logarithms of listed seconds with the sum of their squared deviations */
static double
ListedLogMean(const TimingSummary *timing, double *deviation)
{
	double sum = 0.0, mean;

	for (int i = 0; i < timing->listed; i++)
		sum += log(Seconds(timing->data[i]));
	mean = sum / timing->listed;
	*deviation = 0.0;
	for (int i = 0; i < timing->listed; i++)
	{
		double difference = log(Seconds(timing->data[i])) - mean;

		*deviation += difference * difference;
	}
	return mean;
}

/* Return the mean of the logarithms of counted seconds with the sum of their squared deviations */
static double
CountedLogMean(const TimingTotals *totals, double *deviation)
{
	int64 n = totals->count[TIMING_FINISHED];
	double whole = (double) (int64) (totals->log_sum / n);
	double rest = (double) (int64) (totals->log_sum % n);

	(void) TimingLogDeviation(totals, deviation);
	*deviation /= (double) LOG_TIME_UNIT * LOG_TIME_UNIT;
	return (whole + rest / n) / LOG_TIME_UNIT - log(NANOSECONDS);
}

/* Return the mean of the logarithms of seconds with its standard error */
Mean
TimingLogMean(const TimingSummary *timing)
{
	const TimingTotals *totals = TimingTotalsOf(timing);
	Mean mean = {NOT_DEFINED, NOT_DEFINED, NOT_DEFINED};
	double n = totals->count[TIMING_FINISHED];
	double deviation;

	if (!HasMean(totals) || totals->zeros[TIMING_FINISHED] > 0)
		return mean;
	/* in the order of the stored form, so that the sums do not depend on that of the rows */
	timing = TimingPack(timing);
	mean.mean = TimingIsListed(timing) ? ListedLogMean(timing, &deviation)
									   : CountedLogMean(totals, &deviation);
	if (totals->minimum == totals->maximum)
		deviation = 0.0;
	mean.df = n - 1.0;
	if (n > 1.0)
		mean.error = sqrt(deviation / (n - 1.0) / n);
	return mean;
}

/* Return the geometric mean, in seconds, which rounding must not put outside of all of them */
static double
GeometricMean(const TimingSummary *timing)
{
	const TimingTotals *totals = TimingTotalsOf(timing);
	double mean = exp(TimingLogMean(timing).mean);

	if (isnan(mean))
		return mean;
	return fmin(fmax(mean, Minimum(totals)), Maximum(totals));
}

/* Return the geometric mean with its interval */
Estimate
TimingEstimate(const TimingSummary *timing, double confidence, const Choice *method)
{
	Moments moments = {0};

	moments.n = TimingTotalsOf(timing)->count[TIMING_FINISHED];
	moments.mean = GeometricMean(timing);
	moments.effective_n = (moments.n > 0) ? moments.n : NOT_DEFINED;
	return MomentsEstimate("geometric mean", &moments,
						   ExponentiateInterval(MeanInterval(TimingLogMean(timing), confidence)),
						   confidence, method);
}

/* Return the estimate that the arguments ask for */
static Estimate
TimingEstimateArgs(FunctionCallInfo fcinfo)
{
	const Choice *method;
	double confidence = GetEstimateArgs(fcinfo, timing_interval_methods, &method);

	return TimingEstimate(TimingGetArg(fcinfo, 0), confidence, method);
}

DEFINE_ESTIMATE_VERBS(timing, TimingEstimateArgs);

/*
 * Return the time that stands for a bucket, in seconds.
 *
 * The harmonic middle 2 / (1 / low + 1 / high) is off by the same part of either end, less than
 * 1 %.  In the outer buckets of the finished it is not beyond their minimum and maximum.
 */
static double
BucketTime(const TimingTotals *totals, int bucket)
{
	double low = TimingBucketEdge(bucket);
	double time = 2.0 * low / (1.0 + low / TimingBucketEdge(bucket + 1));

	if (totals->minimum > 0 && bucket == TimingBucket(LogTimeFixed(totals->minimum)))
		time = fmax(time, totals->minimum);
	if (totals->maximum > 0 && bucket == TimingBucket(LogTimeFixed(totals->maximum)))
		time = fmin(time, totals->maximum);
	return Seconds(time);
}

/* Append durations to the steps, which come in the order of their times */
static void
AppendStep(SurvivalTimes *times, double time, TimingKind kind, int64 count)
{
	SurvivalStep *step;

	if (times->count == 0 || times->steps[times->count - 1].time != time)
	{
		step = &times->steps[times->count++];
		step->time = time;
		step->finished = 0.0;
		step->unfinished = 0.0;
	}
	step = &times->steps[times->count - 1];
	if (kind == TIMING_FINISHED)
		step->finished += count;
	else
		step->unfinished += count;
}

/* Fill in the steps of listed durations, the finished of which come first */
static void
ListedSteps(SurvivalTimes *times, const TimingSummary *timing)
{
	int finished = 0, unfinished;

	times->steps = palloc(Max(timing->listed, 1) * sizeof(SurvivalStep));
	for (unfinished = 0; unfinished < timing->listed; unfinished++)
	{
		if (ListedKind(timing->data[unfinished]) == TIMING_UNFINISHED)
			break;
	}
	for (int i = 0, end = unfinished; i < timing->listed; i++)
	{
		bool first = finished < end &&
			(unfinished == timing->listed ||
			 timing->data[finished] <= ListedDuration(timing->data[unfinished]));
		int64 listed = timing->data[first ? finished++ : unfinished++];

		AppendStep(times, Seconds(ListedDuration(listed)), ListedKind(listed), 1);
	}
}

/* Fill in the steps of counted durations */
static void
CountedSteps(SurvivalTimes *times, const TimingSummary *timing)
{
	const TimingTotals *totals = &TimingSketchOf(timing)->totals;
	TimingBuckets buckets[TIMING_KINDS];
	int next[TIMING_KINDS] = {0};

	TimingReadBuckets(timing, buckets);
	times->steps =
		palloc((buckets[TIMING_FINISHED].length + buckets[TIMING_UNFINISHED].length + 1) *
			   sizeof(SurvivalStep));
	for (TimingKind kind = 0; kind < TIMING_KINDS; kind++)
	{
		if (totals->zeros[kind] > 0)
			AppendStep(times, 0.0, kind, totals->zeros[kind]);
	}
	for (;;)
	{
		const BucketCount *least = NULL;
		TimingKind kind = TIMING_FINISHED;

		for (TimingKind k = 0; k < TIMING_KINDS; k++)
		{
			const BucketCount *count = &buckets[k].counts[next[k]];

			if (next[k] < buckets[k].length && (least == NULL || count->bucket < least->bucket))
			{
				least = count;
				kind = k;
			}
		}
		if (least == NULL)
			break;
		AppendStep(times, BucketTime(totals, least->bucket), kind, least->count);
		next[kind]++;
	}
}

/* Return the times of a summary, in seconds */
SurvivalTimes
TimingTimes(const TimingSummary *timing)
{
	const TimingTotals *totals = TimingTotalsOf(timing);
	SurvivalTimes times = {0};

	times.finished = totals->count[TIMING_FINISHED];
	times.unfinished = totals->count[TIMING_UNFINISHED];
	times.minimum = Minimum(totals);
	times.maximum = Maximum(totals);
	timing = TimingPack(timing);
	if (TimingIsListed(timing))
		ListedSteps(&times, timing);
	else
		CountedSteps(&times, timing);
	return times;
}

/* Return the times of a summary, with the share that is not over after each of them */
SurvivalTimes
TimingSurvival(const TimingSummary *timing, double confidence)
{
	SurvivalTimes times = TimingTimes(timing);

	KaplanMeier(&times, confidence);
	return times;
}

/* Return all of a summary that is worth charting */
Datum
timing_report(PG_FUNCTION_ARGS)
{
	TimingSummary *timing = TimingGetArg(fcinfo, 0);
	Estimate estimate = TimingEstimateArgs(fcinfo);
	const TimingTotals *totals = TimingTotalsOf(timing);
	SurvivalTimes times = TimingSurvival(timing, estimate.confidence);
	Limits median = TimeMedianInterval(&times, estimate.confidence);
	Row row;

	RowBegin(&row, fcinfo);
	RowFloat(&row, estimate.estimate);
	RowFloat(&row, estimate.interval.low);
	RowFloat(&row, estimate.interval.high);
	RowFloat(&row, ArithmeticMean(totals));
	RowFloat(&row, TimeQuantile(&times, 0.5));
	RowFloat(&row, median.low);
	RowFloat(&row, median.high);
	RowFloat(&row, TimeQuantile(&times, 0.9));
	RowFloat(&row, TimeQuantile(&times, 0.95));
	RowFloat(&row, times.minimum);
	RowFloat(&row, times.maximum);
	RowInt64(&row, totals->count[TIMING_FINISHED]);
	RowInt64(&row, totals->count[TIMING_UNFINISHED]);
	return RowEnd(&row);
}

/* Return the number of finished durations */
Datum
timing_n(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(TimingTotalsOf(TimingGetArg(fcinfo, 0))->count[TIMING_FINISHED]);
}

/* Return the number of finished durations as all summaries do; they have no weights */
Datum
timing_effective_n(PG_FUNCTION_ARGS)
{
	int64 n = TimingTotalsOf(TimingGetArg(fcinfo, 0))->count[TIMING_FINISHED];

	return ReturnFloat(fcinfo, (n > 0) ? (double) n : NOT_DEFINED);
}

/* Return the number of durations that are still running */
Datum
timing_unfinished(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(TimingTotalsOf(TimingGetArg(fcinfo, 0))->count[TIMING_UNFINISHED]);
}

/* Compare two geometric means by their ratio */
Datum
timing_compare_ratio(PG_FUNCTION_ARGS)
{
	Mean a = TimingLogMean(TimingGetArg(fcinfo, 0));
	Mean b = TimingLogMean(TimingGetArg(fcinfo, 1));
	double confidence = GetConfidence(fcinfo, 2);

	(void) GetChoice(fcinfo, 3, "method", compare_ratio_methods);
	return ReturnDifference(fcinfo, ExponentiateDifference(CompareMeans(a, b, confidence)));
}

/* Test a geometric mean against a fixed target */
Datum
timing_benchmark(PG_FUNCTION_ARGS)
{
	TimingSummary *timing = TimingGetArg(fcinfo, 0);
	double target = PG_GETARG_FLOAT8(1);
	double confidence = GetConfidence(fcinfo, 2);
	Alternative alternative = GetAlternative(fcinfo, 3);
	Difference ratio;
	Limits limits;

	(void) GetChoice(fcinfo, 4, "method", timing_interval_methods);
	if (!(target > 0.0) || isinf(target))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("target \"%s\" is out of range", float8out_internal(target)),
				 errdetail("A target is a positive number of seconds.")));
	ratio = ExponentiateDifference(
		TestMean(TimingLogMean(timing), log(target), confidence, alternative));
	limits.low = ratio.low;
	limits.high = ratio.high;
	limits = MoveInterval(limits, -1.0, target);
	ratio.difference = GeometricMean(timing) - target;
	ratio.low = limits.low;
	ratio.high = limits.high;
	return ReturnDifference(fcinfo, ratio);
}

/* Return the summary, or NULL when too few finished */
Datum
timing_minimum_base(PG_FUNCTION_ARGS)
{
	TimingSummary *timing = TimingGetArg(fcinfo, 0);

	if (!MeetsMinimumBase(fcinfo, TimingTotalsOf(timing)->count[TIMING_FINISHED]))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(TimingPack(timing));
}

/* Return the geometric mean */
Datum
timing_geometric_mean(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo, GeometricMean(TimingGetArg(fcinfo, 0)));
}

/* Return the arithmetic mean */
Datum
timing_mean(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo, ArithmeticMean(TimingTotalsOf(TimingGetArg(fcinfo, 0))));
}

/* Return a quantile; its confidence is not asked for, so that any does */
double
TimingQuantile(const TimingSummary *timing, double q)
{
	SurvivalTimes times = TimingSurvival(timing, CHART_CONFIDENCE);

	return TimeQuantile(&times, q);
}

/* Return the median */
Datum
timing_median(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo, TimingQuantile(TimingGetArg(fcinfo, 0), 0.5));
}

/* Return a quantile */
Datum
timing_quantile(PG_FUNCTION_ARGS)
{
	double q = PG_GETARG_FLOAT8(1);

	if (!(q >= 0.0 && q <= 1.0))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("quantile \"%s\" is out of range", float8out_internal(q)),
				 errdetail("A quantile lies between 0 and 1."), PercentHint(q)));
	return ReturnFloat(fcinfo, TimingQuantile(TimingGetArg(fcinfo, 0), q));
}

/* Return the shortest of the finished */
Datum
timing_minimum(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo, Minimum(TimingTotalsOf(TimingGetArg(fcinfo, 0))));
}

/* Return the longest of the finished */
Datum
timing_maximum(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo, Maximum(TimingTotalsOf(TimingGetArg(fcinfo, 0))));
}

/* Return the share that is not over after a time */
Datum
timing_survival(PG_FUNCTION_ARGS)
{
	TimingSummary *timing = TimingGetArg(fcinfo, 0);
	double seconds = PG_GETARG_FLOAT8(1);
	SurvivalTimes times = TimingSurvival(timing, CHART_CONFIDENCE);
	int64 duration;
	double time;

	if (!IsDuration(seconds))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("time \"%s\" is out of range", float8out_internal(seconds)),
				 errdetail("Times go from 0 to 9223372036 seconds, about 292 years.")));
	duration = SecondsToDuration(seconds);
	time = Seconds(duration);
	/* where durations are known by their buckets, so is this one */
	if (!TimingIsListed(timing) && duration > 0)
		time = BucketTime(TimingTotalsOf(timing), TimingBucket(LogTimeFixed(duration)));
	return ReturnFloat(fcinfo, SurvivalAt(&times, time));
}

/* Append a row of the curve */
static void
PutSurvival(Row *row, FunctionCallInfo fcinfo, double time, double survival, Limits limits,
			double at_risk)
{
	RowFloat(row, time);
	RowFloat(row, survival);
	RowFloat(row, limits.low);
	RowFloat(row, limits.high);
	RowInt64(row, (int64) at_risk);
	RowPut(row, fcinfo);
}

/* Return a row for the start, each time at which some finished, and the last one seen */
Datum
timing_survival_curve(PG_FUNCTION_ARGS)
{
	static const Limits known = {1.0, 1.0};
	SurvivalTimes times = TimingSurvival(TimingGetArg(fcinfo, 0), GetConfidence(fcinfo, 1));
	Row row;

	RowBeginSet(&row, fcinfo);
	if (times.count == 0)
		return (Datum) 0;
	if (times.steps[0].time > 0.0 || times.steps[0].finished == 0.0)
		PutSurvival(&row, fcinfo, 0.0, 1.0, known, times.finished + times.unfinished);
	for (int i = 0; i < times.count; i++)
	{
		const SurvivalStep *step = &times.steps[i];

		CHECK_FOR_INTERRUPTS();
		if (step->finished > 0.0 || (i == times.count - 1 && step->time > 0.0))
			PutSurvival(&row, fcinfo, step->time, step->survival, step->limits, step->at_risk);
	}
	return (Datum) 0;
}

/*
 * Fill in the bars of the finished, so many at most and one for those of no length, and return how
 * many there are.
 *
 * Each holds as many buckets as the others, so that its count is exact.
 */
int
TimingFillBars(const TimingSummary *timing, int most, TimingBar *bar)
{
	const TimingSummary *sketch = TimingAsSketch(timing);
	const TimingTotals *totals = &TimingSketchOf(sketch)->totals;
	TimingBuckets buckets[TIMING_KINDS];
	const BucketCount *counts;
	int length, bars = 0, first, last, width;

	TimingReadBuckets(sketch, buckets);
	counts = buckets[TIMING_FINISHED].counts;
	length = buckets[TIMING_FINISHED].length;
	if (totals->zeros[TIMING_FINISHED] > 0)
	{
		bar[bars].low = bar[bars].high = 0.0;
		bar[bars++].durations = totals->zeros[TIMING_FINISHED];
	}
	if (length == 0)
		return bars;

	first = counts[0].bucket;
	last = counts[length - 1].bucket;
	width = (last - first) / most + 1;
	for (int from = first, next = 0; from <= last; from += width)
	{
		bar[bars].low = Seconds((from == first) ? totals->minimum : TimingBucketEdge(from));
		bar[bars].high =
			Seconds((from + width > last) ? totals->maximum : TimingBucketEdge(from + width));
		bar[bars].durations = 0;
		for (; next < length && counts[next].bucket < from + width; next++)
			bar[bars].durations += counts[next].count;
		bars++;
	}
	return bars;
}

/* Return a row per bar of a histogram of the finished */
Datum
timing_histogram(PG_FUNCTION_ARGS)
{
	TimingSummary *timing = TimingGetArg(fcinfo, 0);
	int most = PG_GETARG_INT32(1);
	double finished = TimingTotalsOf(timing)->count[TIMING_FINISHED];
	TimingBar bar[HISTOGRAM_MAX_BARS + 1];
	Row row;
	int bars;

	if (most < 1 || most > HISTOGRAM_MAX_BARS)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("number of bars \"%d\" is out of range", most),
				 errdetail("A histogram has 1 to %d bars.", HISTOGRAM_MAX_BARS)));
	RowBeginSet(&row, fcinfo);
	bars = TimingFillBars(timing, most, bar);
	for (int i = 0; i < bars; i++)
	{
		CHECK_FOR_INTERRUPTS();
		RowFloat(&row, bar[i].low);
		RowFloat(&row, bar[i].high);
		RowInt64(&row, bar[i].durations);
		RowFloat(&row, bar[i].durations / finished);
		RowPut(&row, fcinfo);
	}
	return (Datum) 0;
}

DEFINE_JSON_CASTS(timing, TimingToText, TimingGetArg);
