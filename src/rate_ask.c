/*
 * rate_ask.c
 *		What one asks of a rate_summary.
 */
#include "postgres.h"

#include "chart.h"
#include "rate.h"
#include "surface.h"

const Choice rate_interval_methods[] = {{"wilson", PROPORTION_WILSON},
										{"agresti-coull", PROPORTION_AGRESTI_COULL},
										{"adjusted-wald", PROPORTION_AGRESTI_COULL},
										{"clopper-pearson", PROPORTION_CLOPPER_PEARSON},
										{"jeffreys", PROPORTION_JEFFREYS},
										{"mid-p", PROPORTION_MID_P},
										{"wald", PROPORTION_WALD},
										{NULL, 0}};

const Choice rate_compare_methods[] = {{"miettinen-nurminen", COMPARE_MIETTINEN_NURMINEN},
									   {"newcombe", COMPARE_NEWCOMBE},
									   {NULL, 0}};

static const Choice benchmark_methods[] = {{"mid-p", TEST_MID_P}, {"exact", TEST_EXACT}, {NULL, 0}};

PG_FUNCTION_INFO_V1(rate_report);
PG_FUNCTION_INFO_V1(rate_n);
PG_FUNCTION_INFO_V1(rate_effective_n);
PG_FUNCTION_INFO_V1(rate_standard_error);
PG_FUNCTION_INFO_V1(rate_compare);
PG_FUNCTION_INFO_V1(rate_benchmark);
PG_FUNCTION_INFO_V1(rate_minimum_base);
PG_FUNCTION_INFO_V1(rate_share);
PG_FUNCTION_INFO_V1(rate_successes);
PG_FUNCTION_INFO_V1(rate_failures);
PG_FUNCTION_INFO_V1(rate_undecided);

/* Return the moments of what is decided, each 1 or 0 */
Moments
RateMoments(const RateSummary *rate)
{
	static const double scores[RATE_DECIDED] = {1.0, 0.0};
	Tally tally = RateTally(rate);

	tally.classes = RATE_DECIDED;
	return TallyMoments(&tally, scores);
}

/* Return the weights scaled to the effective number of trials; the counts without weights */
Proportion
RateProportion(const RateSummary *rate)
{
	Tally tally = RateTally(rate);
	Moments moments = RateMoments(rate);
	double scale = moments.effective_n / moments.weight;
	double successes = TallyWeight(&tally, RATE_SUCCESS);
	Proportion proportion = {successes * scale, moments.weight * scale};

	return proportion;
}

/* Return the share with its interval */
Estimate
RateEstimate(const RateSummary *rate, double confidence, const Choice *method)
{
	Moments moments = RateMoments(rate);
	Limits interval =
		ProportionInterval(RateProportion(rate), confidence, (ProportionMethod) method->value);

	return MomentsEstimate("share", &moments, interval, confidence, method);
}

/* Return the estimate that the arguments ask for */
static Estimate
RateEstimateArgs(FunctionCallInfo fcinfo)
{
	const Choice *method;
	double confidence = GetEstimateArgs(fcinfo, rate_interval_methods, &method);

	return RateEstimate(RateGetArg(fcinfo, 0), confidence, method);
}

DEFINE_ESTIMATE_VERBS(rate, RateEstimateArgs);

/* Return all of a summary that is worth charting */
Datum
rate_report(PG_FUNCTION_ARGS)
{
	RateSummary *rate = RateGetArg(fcinfo, 0);
	Estimate estimate = RateEstimateArgs(fcinfo);
	Tally tally = RateTally(rate);
	double successes = TallyWeight(&tally, RATE_SUCCESS);
	double undecided = TallyWeight(&tally, RATE_UNDECIDED);
	double all = successes + TallyWeight(&tally, RATE_FAILURE) + undecided;
	Row row;

	RowBegin(&row, fcinfo);
	RowFloat(&row, estimate.estimate);
	RowFloat(&row, estimate.interval.low);
	RowFloat(&row, estimate.interval.high);
	RowInt64(&row, rate->count[RATE_SUCCESS]);
	RowInt64(&row, estimate.n);
	RowFloat(&row, estimate.effective_n);
	RowInt64(&row, rate->count[RATE_UNDECIDED]);
	RowFloat(&row, (all > 0.0) ? successes / all : NOT_DEFINED);
	RowFloat(&row, (all > 0.0) ? (successes + undecided) / all : NOT_DEFINED);
	return RowEnd(&row);
}

/* Return the number of trials: successes and failures */
Datum
rate_n(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(RateMoments(RateGetArg(fcinfo, 0)).n);
}

/* Return the number of trials that would say as much without weights */
Datum
rate_effective_n(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo, RateMoments(RateGetArg(fcinfo, 0)).effective_n);
}

/* Return the standard error of the share */
Datum
rate_standard_error(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo, ProportionError(RateProportion(RateGetArg(fcinfo, 0))));
}

/* Compare two shares */
Datum
rate_compare(PG_FUNCTION_ARGS)
{
	double confidence = GetConfidence(fcinfo, 2);
	const Choice *method = GetChoice(fcinfo, 3, "method", rate_compare_methods);

	return ReturnDifference(fcinfo,
							CompareProportions(RateProportion(RateGetArg(fcinfo, 0)),
											   RateProportion(RateGetArg(fcinfo, 1)), confidence,
											   (ProportionCompareMethod) method->value));
}

/* Test a share against a fixed target */
Datum
rate_benchmark(PG_FUNCTION_ARGS)
{
	double target = PG_GETARG_FLOAT8(1);
	double confidence = GetConfidence(fcinfo, 2);
	Alternative alternative = GetAlternative(fcinfo, 3);
	const Choice *method = GetChoice(fcinfo, 4, "method", benchmark_methods);

	CheckTarget(target, 0.0, 1.0, true);
	return ReturnDifference(fcinfo,
							TestProportion(RateProportion(RateGetArg(fcinfo, 0)), target,
										   confidence, alternative,
										   (ProportionTestMethod) method->value));
}

/* Return the summary, or NULL when too few are decided */
Datum
rate_minimum_base(PG_FUNCTION_ARGS)
{
	RateSummary *rate = RateGetArg(fcinfo, 0);

	if (!MeetsMinimumBase(fcinfo, RateMoments(rate).n))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(rate);
}

/* Describe a summary as a chart */
Chart
RateChart(const RateSummary *rate)
{
	Chart chart = {0};
	Estimate estimate = RateEstimate(rate, CHART_CONFIDENCE, &rate_interval_methods[0]);

	chart.form = FORM_PARTS;
	chart.title = "Share";
	chart.bars = (rate->count[RATE_UNDECIDED] > 0) ? RATE_CLASSES : RATE_DECIDED;
	for (int i = 0; i < chart.bars; i++)
	{
		chart.bar[i].label = RateClassNames[i];
		chart.bar[i].count = rate->count[i];
	}
	chart.bar[RATE_SUCCESS].share = estimate.estimate;
	chart.bar[RATE_FAILURE].share = 1.0 - estimate.estimate;
	chart.bar[RATE_UNDECIDED].share = NOT_DEFINED;
	chart.bar[RATE_SUCCESS].tone = TONE_GOOD;
	chart.bar[RATE_FAILURE].tone = TONE_BAD;
	chart.bar[RATE_UNDECIDED].tone = TONE_OPEN;
	chart.estimate = estimate.estimate;
	chart.interval = estimate.interval;
	chart.n = estimate.n;
	ChartSetShareRuler(&chart);
	return chart;
}

DEFINE_CHARTS(rate, RateChart, RateGetArg);

/* Return the share of successes */
Datum
rate_share(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo, RateMoments(RateGetArg(fcinfo, 0)).mean);
}

/* Return the number of successes */
Datum
rate_successes(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(RateGetArg(fcinfo, 0)->count[RATE_SUCCESS]);
}

/* Return the number of failures */
Datum
rate_failures(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(RateGetArg(fcinfo, 0)->count[RATE_FAILURE]);
}

/* Return the number of rows that are not decided */
Datum
rate_undecided(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(RateGetArg(fcinfo, 0)->count[RATE_UNDECIDED]);
}

DEFINE_JSON_CASTS(rate, RateToText, RateGetArg);
