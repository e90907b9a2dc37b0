/*
 * ratio_ask.c
 *		What one asks of a ratio_summary.
 */
#include "postgres.h"

#include "chart.h"
#include "ratio.h"
#include "surface.h"

static const Choice methods[] = {{"delta", 0}, {NULL, 0}};
static const Choice compare_ratio_methods[] = {{"log-delta", 0}, {NULL, 0}};

PG_FUNCTION_INFO_V1(ratio_report);
PG_FUNCTION_INFO_V1(ratio_n);
PG_FUNCTION_INFO_V1(ratio_effective_n);
PG_FUNCTION_INFO_V1(ratio_standard_error);
PG_FUNCTION_INFO_V1(ratio_compare);
PG_FUNCTION_INFO_V1(ratio_compare_ratio);
PG_FUNCTION_INFO_V1(ratio_benchmark);
PG_FUNCTION_INFO_V1(ratio_minimum_base);
PG_FUNCTION_INFO_V1(ratio_ratio);
PG_FUNCTION_INFO_V1(ratio_numerator);
PG_FUNCTION_INFO_V1(ratio_denominator);

/* Return the ratio with its standard error */
static Mean
RatioMean(const RatioSummary *ratio)
{
	return RatioOfSums(&ratio->moments, (double) ratio->count);
}

/* Return a sum, which is not defined for no units */
static double
RatioSum(const RatioSummary *ratio, double sum)
{
	return (ratio->count > 0) ? sum : NOT_DEFINED;
}

/* Return the ratio with its interval */
static Estimate
RatioEstimate(const RatioSummary *ratio, double confidence, const Choice *method)
{
	Mean mean = RatioMean(ratio);
	Moments moments = {0};

	moments.n = ratio->count;
	moments.mean = mean.mean;
	moments.effective_n = RatioSum(ratio, (double) ratio->count);
	return MomentsEstimate("ratio", &moments, MeanInterval(mean, confidence), confidence, method);
}

/* Return the estimate that the arguments ask for */
static Estimate
RatioEstimateArgs(FunctionCallInfo fcinfo)
{
	const Choice *method;
	double confidence = GetEstimateArgs(fcinfo, methods, &method);

	return RatioEstimate(RatioGetArg(fcinfo, 0), confidence, method);
}

DEFINE_ESTIMATE_VERBS(ratio, RatioEstimateArgs);

/* Return all of a summary that is worth charting */
Datum
ratio_report(PG_FUNCTION_ARGS)
{
	RatioSummary *ratio = RatioGetArg(fcinfo, 0);
	Estimate estimate = RatioEstimateArgs(fcinfo);
	Row row;

	RowBegin(&row, fcinfo);
	RowFloat(&row, estimate.estimate);
	RowFloat(&row, estimate.interval.low);
	RowFloat(&row, estimate.interval.high);
	RowFloat(&row, RatioSum(ratio, ratio->moments.sum_x));
	RowFloat(&row, RatioSum(ratio, ratio->moments.sum_y));
	RowInt64(&row, estimate.n);
	RowFloat(&row, estimate.effective_n);
	return RowEnd(&row);
}

/* Return the number of units */
Datum
ratio_n(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(RatioGetArg(fcinfo, 0)->count);
}

/* Return the number of units as all summaries do; units have no weights */
Datum
ratio_effective_n(PG_FUNCTION_ARGS)
{
	RatioSummary *ratio = RatioGetArg(fcinfo, 0);

	return ReturnFloat(fcinfo, RatioSum(ratio, (double) ratio->count));
}

/* Return the standard error of the ratio */
Datum
ratio_standard_error(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo, KnownError(RatioMean(RatioGetArg(fcinfo, 0))));
}

/* Compare two ratios by their difference */
Datum
ratio_compare(PG_FUNCTION_ARGS)
{
	Mean a = RatioMean(RatioGetArg(fcinfo, 0));
	Mean b = RatioMean(RatioGetArg(fcinfo, 1));
	double confidence = GetConfidence(fcinfo, 2);

	(void) GetChoice(fcinfo, 3, "method", methods);
	return ReturnDifference(fcinfo, CompareMeans(a, b, confidence));
}

/* Compare two positive ratios by their ratio */
Datum
ratio_compare_ratio(PG_FUNCTION_ARGS)
{
	Mean a = LogOfMean(RatioMean(RatioGetArg(fcinfo, 0)));
	Mean b = LogOfMean(RatioMean(RatioGetArg(fcinfo, 1)));
	double confidence = GetConfidence(fcinfo, 2);

	(void) GetChoice(fcinfo, 3, "method", compare_ratio_methods);
	return ReturnDifference(fcinfo, ExponentiateDifference(CompareMeans(a, b, confidence)));
}

/* Test a ratio against a fixed target */
Datum
ratio_benchmark(PG_FUNCTION_ARGS)
{
	Mean mean = RatioMean(RatioGetArg(fcinfo, 0));
	double target = PG_GETARG_FLOAT8(1);
	double confidence = GetConfidence(fcinfo, 2);
	Alternative alternative = GetAlternative(fcinfo, 3);

	(void) GetChoice(fcinfo, 4, "method", methods);
	CheckFiniteTarget(target);
	return ReturnDifference(fcinfo, TestMean(mean, target, confidence, alternative));
}

/* Return the summary, or NULL when there are too few units */
Datum
ratio_minimum_base(PG_FUNCTION_ARGS)
{
	RatioSummary *ratio = RatioGetArg(fcinfo, 0);

	if (!MeetsMinimumBase(fcinfo, ratio->count))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(ratio);
}

/* Describe a summary as a chart: the ratio with its interval on a ruler that has zero */
static Chart
RatioChart(const RatioSummary *ratio)
{
	Chart chart = {0};
	Estimate estimate = RatioEstimate(ratio, CHART_CONFIDENCE, &methods[0]);

	chart.form = FORM_RULER;
	chart.title = "Ratio";
	chart.estimate = estimate.estimate;
	chart.interval = estimate.interval;
	chart.n = estimate.n;
	chart.factor = 1.0;
	ChartSetRuler(&chart, fmin(0.0, fmin(estimate.estimate, estimate.interval.low)),
				  fmax(0.0, fmax(estimate.estimate, estimate.interval.high)));
	return chart;
}

DEFINE_CHARTS(ratio, RatioChart, RatioGetArg);

/* Return the sum of the numerators over the sum of the denominators */
Datum
ratio_ratio(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo, RatioMean(RatioGetArg(fcinfo, 0)).mean);
}

/* Return the sum of the numerators */
Datum
ratio_numerator(PG_FUNCTION_ARGS)
{
	RatioSummary *ratio = RatioGetArg(fcinfo, 0);

	return ReturnFloat(fcinfo, RatioSum(ratio, ratio->moments.sum_x));
}

/* Return the sum of the denominators */
Datum
ratio_denominator(PG_FUNCTION_ARGS)
{
	RatioSummary *ratio = RatioGetArg(fcinfo, 0);

	return ReturnFloat(fcinfo, RatioSum(ratio, ratio->moments.sum_y));
}

DEFINE_JSON_CASTS(ratio, RatioToText, RatioGetArg);
