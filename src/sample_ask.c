/*
 * sample_ask.c
 *		What one asks of a sample_summary.
 */
#include "postgres.h"

#include "chart.h"
#include "sample.h"
#include "surface.h"

static const Choice interval_methods[] = {{"t", 0}, {NULL, 0}};
static const Choice compare_methods[] = {{"welch", 0}, {NULL, 0}};

PG_FUNCTION_INFO_V1(sample_report);
PG_FUNCTION_INFO_V1(sample_n);
PG_FUNCTION_INFO_V1(sample_effective_n);
PG_FUNCTION_INFO_V1(sample_standard_error);
PG_FUNCTION_INFO_V1(sample_compare);
PG_FUNCTION_INFO_V1(sample_benchmark);
PG_FUNCTION_INFO_V1(sample_minimum_base);
PG_FUNCTION_INFO_V1(sample_mean);
PG_FUNCTION_INFO_V1(sample_standard_deviation);
PG_FUNCTION_INFO_V1(sample_minimum);
PG_FUNCTION_INFO_V1(sample_maximum);

/* Tell whether minimum and maximum are known */
static bool
SampleHasRange(const SampleSummary *sample)
{
	return sample->count > 0 && !(sample->flags & SAMPLE_NO_RANGE);
}

/* Return the moments of the values */
Moments
SampleMoments(const SampleSummary *sample)
{
	Tally tally = SampleTally(sample);
	Moments m = {0};
	double distance;

	m.n = sample->count;
	m.mean = m.variance = m.effective_n = NOT_DEFINED;
	if (m.n == 0)
		return m;

	m.weight = TallyWeight(&tally, 0);
	m.mean = sample->by_weight.sum / m.weight;
	m.variance = sample->by_weight.squares / m.weight;
	if (SampleHasRange(sample))
	{
		/* rounding takes a mean of equal values away from them */
		m.mean = fmin(fmax(m.mean, sample->minimum), sample->maximum);
		if (sample->minimum == sample->maximum)
			m.variance = 0.0;
	}

	/* the squared deviations from the mean, not from that with squared weights */
	distance = sample->by_square.sum / TallySquare(&tally, 0) - m.mean;
	m.effective_n = TallyEffectiveAnswers(&tally, &m,
										  sample->by_square.squares +
											  TallySquare(&tally, 0) * distance * distance);
	return m;
}

/* Return the mean with its interval */
static Estimate
SampleEstimate(const SampleSummary *sample, double confidence, const Choice *method)
{
	Moments moments = SampleMoments(sample);
	Limits interval = MeanInterval(MomentsMean(&moments), confidence);

	return MomentsEstimate("mean", &moments, interval, confidence, method);
}

/* Return the estimate that the arguments ask for */
static Estimate
SampleEstimateArgs(FunctionCallInfo fcinfo)
{
	const Choice *method;
	double confidence = GetEstimateArgs(fcinfo, interval_methods, &method);

	return SampleEstimate(SampleGetArg(fcinfo, 0), confidence, method);
}

DEFINE_ESTIMATE_VERBS(sample, SampleEstimateArgs);

/* Return all of a summary that is worth charting */
Datum
sample_report(PG_FUNCTION_ARGS)
{
	SampleSummary *sample = SampleGetArg(fcinfo, 0);
	Estimate estimate = SampleEstimateArgs(fcinfo);
	Moments moments = SampleMoments(sample);
	Row row;

	RowBegin(&row, fcinfo);
	RowFloat(&row, estimate.estimate);
	RowFloat(&row, estimate.interval.low);
	RowFloat(&row, estimate.interval.high);
	RowFloat(&row, MomentsDeviation(&moments));
	RowInt64(&row, estimate.n);
	RowFloat(&row, estimate.effective_n);
	RowFloat(&row, SampleHasRange(sample) ? sample->minimum : NOT_DEFINED);
	RowFloat(&row, SampleHasRange(sample) ? sample->maximum : NOT_DEFINED);
	return RowEnd(&row);
}

/* Return the number of values */
Datum
sample_n(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(SampleGetArg(fcinfo, 0)->count);
}

/* Return the number of values that would say as much without weights */
Datum
sample_effective_n(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo, SampleMoments(SampleGetArg(fcinfo, 0)).effective_n);
}

/* Return the standard error of the mean */
Datum
sample_standard_error(PG_FUNCTION_ARGS)
{
	Moments moments = SampleMoments(SampleGetArg(fcinfo, 0));

	return ReturnFloat(fcinfo, KnownError(MomentsMean(&moments)));
}

/* Compare two means */
Datum
sample_compare(PG_FUNCTION_ARGS)
{
	Moments a = SampleMoments(SampleGetArg(fcinfo, 0));
	Moments b = SampleMoments(SampleGetArg(fcinfo, 1));
	double confidence = GetConfidence(fcinfo, 2);

	(void) GetChoice(fcinfo, 3, "method", compare_methods);
	return ReturnDifference(fcinfo, CompareMeans(MomentsMean(&a), MomentsMean(&b), confidence));
}

/* Test a mean against a fixed target */
Datum
sample_benchmark(PG_FUNCTION_ARGS)
{
	Moments moments = SampleMoments(SampleGetArg(fcinfo, 0));
	double target = PG_GETARG_FLOAT8(1);
	double confidence = GetConfidence(fcinfo, 2);
	Alternative alternative = GetAlternative(fcinfo, 3);

	(void) GetChoice(fcinfo, 4, "method", interval_methods);
	CheckFiniteTarget(target);
	return ReturnDifference(fcinfo,
							TestMean(MomentsMean(&moments), target, confidence, alternative));
}

/* Return the summary, or NULL when there are too few values */
Datum
sample_minimum_base(PG_FUNCTION_ARGS)
{
	SampleSummary *sample = SampleGetArg(fcinfo, 0);

	if (!MeetsMinimumBase(fcinfo, sample->count))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(sample);
}

/* Describe a summary as a chart: the mean between the smallest and the largest value */
static Chart
SampleChart(const SampleSummary *sample)
{
	Chart chart = {0};
	Estimate estimate = SampleEstimate(sample, CHART_CONFIDENCE, &interval_methods[0]);

	chart.form = FORM_RULER;
	chart.title = "Mean";
	chart.estimate = estimate.estimate;
	chart.interval = estimate.interval;
	chart.n = estimate.n;
	chart.factor = 1.0;
	chart.has_range = SampleHasRange(sample);
	chart.range.low = sample->minimum;
	chart.range.high = sample->maximum;
	if (chart.has_range)
		ChartSetRuler(&chart, fmin(sample->minimum, estimate.interval.low),
					  fmax(sample->maximum, estimate.interval.high));
	else if (!isnan(estimate.interval.low))
		ChartSetRuler(&chart, estimate.interval.low, estimate.interval.high);
	else
		ChartSetRuler(&chart, estimate.estimate, estimate.estimate);
	return chart;
}

DEFINE_CHARTS(sample, SampleChart, SampleGetArg);

/* Return the mean */
Datum
sample_mean(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo, SampleMoments(SampleGetArg(fcinfo, 0)).mean);
}

/* Return the standard deviation */
Datum
sample_standard_deviation(PG_FUNCTION_ARGS)
{
	Moments moments = SampleMoments(SampleGetArg(fcinfo, 0));

	return ReturnFloat(fcinfo, MomentsDeviation(&moments));
}

/* Return the smallest value */
Datum
sample_minimum(PG_FUNCTION_ARGS)
{
	SampleSummary *sample = SampleGetArg(fcinfo, 0);

	return ReturnFloat(fcinfo, SampleHasRange(sample) ? sample->minimum : NOT_DEFINED);
}

/* Return the largest value */
Datum
sample_maximum(PG_FUNCTION_ARGS)
{
	SampleSummary *sample = SampleGetArg(fcinfo, 0);

	return ReturnFloat(fcinfo, SampleHasRange(sample) ? sample->maximum : NOT_DEFINED);
}

DEFINE_JSON_CASTS(sample, SampleToText, SampleGetArg);
