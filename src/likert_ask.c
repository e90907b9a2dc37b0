/*
 * likert_ask.c
 *		What one asks of a likert_summary.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"

#include "chart.h"
#include "likert.h"
#include "nps.h"
#include "rate.h"
#include "surface.h"

/* the top-2-box share of the satisfaction question, on the scales where it is the custom */
#define CSAT_BOXES 2
#define CSAT_SHORT_SCALE 5
#define CSAT_LONG_SCALE 7

static const Choice interval_methods[] = {{"t", 0}, {NULL, 0}};
static const Choice compare_methods[] = {{"welch", 0}, {NULL, 0}};

PG_FUNCTION_INFO_V1(likert_report);
PG_FUNCTION_INFO_V1(likert_n);
PG_FUNCTION_INFO_V1(likert_effective_n);
PG_FUNCTION_INFO_V1(likert_standard_error);
PG_FUNCTION_INFO_V1(likert_compare);
PG_FUNCTION_INFO_V1(likert_benchmark);
PG_FUNCTION_INFO_V1(likert_minimum_base);
PG_FUNCTION_INFO_V1(likert_mean);
PG_FUNCTION_INFO_V1(likert_standard_deviation);
PG_FUNCTION_INFO_V1(likert_median);
PG_FUNCTION_INFO_V1(likert_interpolated_median);
PG_FUNCTION_INFO_V1(likert_agreement_index);
PG_FUNCTION_INFO_V1(likert_consensus);
PG_FUNCTION_INFO_V1(likert_scale_low);
PG_FUNCTION_INFO_V1(likert_scale_high);
PG_FUNCTION_INFO_V1(likert_counts);
PG_FUNCTION_INFO_V1(likert_distribution);
PG_FUNCTION_INFO_V1(likert_top_box);
PG_FUNCTION_INFO_V1(likert_bottom_box);
PG_FUNCTION_INFO_V1(likert_csat);
PG_FUNCTION_INFO_V1(likert_net);
PG_FUNCTION_INFO_V1(likert_to_nps);

/* Return the moments of the answers */
Moments
LikertMoments(const LikertSummary *likert)
{
	Tally tally = LikertTally(likert);
	double scores[MAX_HISTOGRAM_POINTS];

	for (int i = 0; i < tally.classes; i++)
		scores[i] = likert->low + i;
	return TallyMoments(&tally, scores);
}

/* Fill in the weight of each point as a whole number, and return how many points there are */
static int
LikertWeights(const LikertSummary *likert, double *weights)
{
	Tally tally = LikertTally(likert);

	for (int i = 0; i < tally.classes; i++)
		weights[i] = TallyWholeWeight(&tally, i);
	return tally.classes;
}

/* Return the mean with its interval, within the scale */
static Estimate
LikertEstimate(const LikertSummary *likert, double confidence, const Choice *method)
{
	Moments moments = LikertMoments(likert);
	Limits interval = MeanInterval(MomentsMean(&moments), confidence);

	interval = ClipInterval(interval, likert->low, likert->high);
	return MomentsEstimate("mean", &moments, interval, confidence, method);
}

/* Return the estimate that the arguments ask for */
static Estimate
LikertEstimateArgs(FunctionCallInfo fcinfo)
{
	const Choice *method;
	double confidence = GetEstimateArgs(fcinfo, interval_methods, &method);

	return LikertEstimate(LikertGetArg(fcinfo, 0), confidence, method);
}

DEFINE_ESTIMATE_VERBS(likert, LikertEstimateArgs);

/* Return how many answers lie in the highest or lowest points, against the rest */
static RateSummary *
LikertBoxes(const LikertSummary *likert, int boxes, bool top)
{
	Tally from = LikertTally(likert);
	RateSummary *rate = RateCreate();
	Tally into = RateTally(rate);

	for (int i = 0; i < from.classes; i++)
	{
		bool inside = top ? (i >= from.classes - boxes) : (i < boxes);

		TallyAddClass(&into, inside ? RATE_SUCCESS : RATE_FAILURE, &from, i);
	}
	return rate;
}

/* Read a number of boxes that leaves a point outside */
static int
GetBoxes(FunctionCallInfo fcinfo, int arg, int points)
{
	int boxes = PG_GETARG_INT32(arg);

	if (points > 0 && (boxes < 1 || boxes >= points))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("number of boxes \"%d\" is out of range", boxes),
				 errdetail("A scale of %d points has 1 to %d boxes.", points, points - 1)));
	return boxes;
}

/* Return the highest or lowest two points against the rest, or nothing when none are left */
static RateSummary *
TwoBoxes(const LikertSummary *likert, bool top)
{
	if (LikertPoints(likert) <= CSAT_BOXES)
		return RateCreate();
	return LikertBoxes(likert, CSAT_BOXES, top);
}

/* Return all of a summary that is worth charting */
Datum
likert_report(PG_FUNCTION_ARGS)
{
	LikertSummary *likert = LikertGetArg(fcinfo, 0);
	Estimate estimate = LikertEstimateArgs(fcinfo);
	Moments moments = LikertMoments(likert);
	RateSummary *top = TwoBoxes(likert, true);
	RateSummary *bottom = TwoBoxes(likert, false);
	Limits top_interval =
		ProportionInterval(RateProportion(top), estimate.confidence, PROPORTION_WILSON);
	double weights[MAX_HISTOGRAM_POINTS];
	int points = LikertWeights(likert, weights);
	Row row;

	RowBegin(&row, fcinfo);
	RowFloat(&row, estimate.estimate);
	RowFloat(&row, estimate.interval.low);
	RowFloat(&row, estimate.interval.high);
	RowFloat(&row, HistogramMedian(weights, points, likert->low));
	RowFloat(&row, MomentsDeviation(&moments));
	RowFloat(&row, RateMoments(top).mean);
	RowFloat(&row, top_interval.low);
	RowFloat(&row, top_interval.high);
	RowFloat(&row, RateMoments(bottom).mean);
	RowFloat(&row, AgreementIndex(weights, points));
	RowInt64(&row, estimate.n);
	RowFloat(&row, estimate.effective_n);
	return RowEnd(&row);
}

/* Return the number of answers */
Datum
likert_n(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(LikertMoments(LikertGetArg(fcinfo, 0)).n);
}

/* Return the number of answers that would say as much without weights */
Datum
likert_effective_n(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo, LikertMoments(LikertGetArg(fcinfo, 0)).effective_n);
}

/* Return the standard error of the mean */
Datum
likert_standard_error(PG_FUNCTION_ARGS)
{
	Moments moments = LikertMoments(LikertGetArg(fcinfo, 0));

	return ReturnFloat(fcinfo, KnownError(MomentsMean(&moments)));
}

/* Compare two means; the scale bounds their difference */
Datum
likert_compare(PG_FUNCTION_ARGS)
{
	LikertSummary *a = LikertGetArg(fcinfo, 0);
	LikertSummary *b = LikertGetArg(fcinfo, 1);
	double confidence = GetConfidence(fcinfo, 2);
	double range = a->high - a->low;
	Moments moments_a = LikertMoments(a);
	Moments moments_b = LikertMoments(b);
	Difference difference;

	(void) GetChoice(fcinfo, 3, "method", compare_methods);
	if (LikertPoints(a) > 0 && LikertPoints(b) > 0)
		LikertCheckAlike(a, b);
	difference = CompareMeans(MomentsMean(&moments_a), MomentsMean(&moments_b), confidence);
	return ReturnDifference(fcinfo, ClipDifference(difference, -range, range));
}

/* Test a mean against a fixed target */
Datum
likert_benchmark(PG_FUNCTION_ARGS)
{
	LikertSummary *likert = LikertGetArg(fcinfo, 0);
	double target = PG_GETARG_FLOAT8(1);
	double confidence = GetConfidence(fcinfo, 2);
	Alternative alternative = GetAlternative(fcinfo, 3);
	Moments moments = LikertMoments(likert);
	Difference difference;

	(void) GetChoice(fcinfo, 4, "method", interval_methods);
	if (LikertPoints(likert) > 0)
		CheckTarget(target, likert->low, likert->high, false);
	difference = TestMean(MomentsMean(&moments), target, confidence, alternative);
	return ReturnDifference(fcinfo,
							ClipDifference(difference, likert->low - target,
										   likert->high - target));
}

/* Return the summary, or NULL when too few answered */
Datum
likert_minimum_base(PG_FUNCTION_ARGS)
{
	LikertSummary *likert = LikertGetArg(fcinfo, 0);

	if (!MeetsMinimumBase(fcinfo, LikertMoments(likert).n))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(likert);
}

/* Describe a summary as a chart, lowest point first */
static Chart
LikertChart(const LikertSummary *likert)
{
	Chart chart = {0};
	Estimate estimate = LikertEstimate(likert, CHART_CONFIDENCE, &interval_methods[0]);
	double total = LikertMoments(likert).weight;
	Tally tally = LikertTally(likert);

	chart.form = FORM_COLUMNS;
	chart.title = "Mean";
	chart.bars = tally.classes;
	for (int i = 0; i < chart.bars; i++)
	{
		chart.bar[i].label = psprintf("%d", likert->low + i);
		chart.bar[i].share = TallyWeight(&tally, i) / total;
		chart.bar[i].count = likert->data[i];
	}
	chart.estimate = estimate.estimate;
	chart.interval = estimate.interval;
	chart.n = estimate.n;
	chart.low = likert->low;
	chart.high = likert->high;
	chart.factor = 1.0;
	chart.decimals = 2;
	return chart;
}

DEFINE_CHARTS(likert, LikertChart, LikertGetArg);

/* Return the mean */
Datum
likert_mean(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo, LikertMoments(LikertGetArg(fcinfo, 0)).mean);
}

/* Return the standard deviation */
Datum
likert_standard_deviation(PG_FUNCTION_ARGS)
{
	Moments moments = LikertMoments(LikertGetArg(fcinfo, 0));

	return ReturnFloat(fcinfo, MomentsDeviation(&moments));
}

/* Return the median */
Datum
likert_median(PG_FUNCTION_ARGS)
{
	LikertSummary *likert = LikertGetArg(fcinfo, 0);
	double weights[MAX_HISTOGRAM_POINTS];
	int points = LikertWeights(likert, weights);

	return ReturnFloat(fcinfo, HistogramMedian(weights, points, likert->low));
}

/* Return the median with the answers at it spread over its point */
Datum
likert_interpolated_median(PG_FUNCTION_ARGS)
{
	LikertSummary *likert = LikertGetArg(fcinfo, 0);
	double weights[MAX_HISTOGRAM_POINTS];
	int points = LikertWeights(likert, weights);

	return ReturnFloat(fcinfo, InterpolatedMedian(weights, points, likert->low));
}

/* Return van der Eijk's agreement */
Datum
likert_agreement_index(PG_FUNCTION_ARGS)
{
	double weights[MAX_HISTOGRAM_POINTS];
	int points = LikertWeights(LikertGetArg(fcinfo, 0), weights);

	return ReturnFloat(fcinfo, AgreementIndex(weights, points));
}

/* Return Tastle and Wierman's consensus */
Datum
likert_consensus(PG_FUNCTION_ARGS)
{
	double weights[MAX_HISTOGRAM_POINTS];
	int points = LikertWeights(LikertGetArg(fcinfo, 0), weights);

	return ReturnFloat(fcinfo, Consensus(weights, points));
}

/* Return the lowest point of the scale */
Datum
likert_scale_low(PG_FUNCTION_ARGS)
{
	LikertSummary *likert = LikertGetArg(fcinfo, 0);

	if (LikertPoints(likert) == 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(likert->low);
}

/* Return the highest point of the scale */
Datum
likert_scale_high(PG_FUNCTION_ARGS)
{
	LikertSummary *likert = LikertGetArg(fcinfo, 0);

	if (LikertPoints(likert) == 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(likert->high);
}

/* Return the number of answers at each point */
Datum
likert_counts(PG_FUNCTION_ARGS)
{
	LikertSummary *likert = LikertGetArg(fcinfo, 0);
	Datum counts[MAX_HISTOGRAM_POINTS];
	int points = LikertPoints(likert);

	for (int i = 0; i < points; i++)
		counts[i] = Int64GetDatum(likert->data[i]);
	PG_RETURN_ARRAYTYPE_P(
		construct_array(counts, points, INT8OID, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* Return the answers at one point against the rest, as many as they are worth */
static Proportion
PointProportion(const Tally *tally, int point)
{
	double scores[MAX_HISTOGRAM_POINTS] = {0};
	Proportion p;
	Moments moments;

	scores[point] = 1.0;
	moments = TallyMoments(tally, scores);
	p.successes = moments.mean * moments.effective_n;
	p.trials = moments.effective_n;
	return p;
}

/* Return a row per point, those nobody chose included */
Datum
likert_distribution(PG_FUNCTION_ARGS)
{
	LikertSummary *likert = LikertGetArg(fcinfo, 0);
	double confidence = GetConfidence(fcinfo, 1);
	Moments moments = LikertMoments(likert);
	Tally tally = LikertTally(likert);
	double below = 0.0;
	Row row;

	RowBeginSet(&row, fcinfo);
	for (int i = 0; i < tally.classes; i++)
	{
		Limits limits = SimultaneousInterval(PointProportion(&tally, i), tally.classes, confidence);

		CHECK_FOR_INTERRUPTS();
		below += TallyWeight(&tally, i);
		RowInt32(&row, likert->low + i);
		RowInt64(&row, likert->data[i]);
		RowFloat(&row, TallyWeight(&tally, i) / moments.weight);
		RowFloat(&row, below / moments.weight);
		RowFloat(&row, limits.low);
		RowFloat(&row, limits.high);
		RowPut(&row, fcinfo);
	}
	return (Datum) 0;
}

/* Return the answers in the highest points as successes */
Datum
likert_top_box(PG_FUNCTION_ARGS)
{
	LikertSummary *likert = LikertGetArg(fcinfo, 0);
	int boxes = GetBoxes(fcinfo, 1, LikertPoints(likert));

	PG_RETURN_POINTER(LikertBoxes(likert, boxes, true));
}

/* Return the answers in the lowest points as successes */
Datum
likert_bottom_box(PG_FUNCTION_ARGS)
{
	LikertSummary *likert = LikertGetArg(fcinfo, 0);
	int boxes = GetBoxes(fcinfo, 1, LikertPoints(likert));

	PG_RETURN_POINTER(LikertBoxes(likert, boxes, false));
}

/* Return the satisfied as successes, where the scale says how many boxes that is */
Datum
likert_csat(PG_FUNCTION_ARGS)
{
	LikertSummary *likert = LikertGetArg(fcinfo, 0);
	int points = LikertPoints(likert);

	if (points != 0 && points != CSAT_SHORT_SCALE && points != CSAT_LONG_SCALE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a scale of %d points has no customary boxes for CSAT", points),
				 errdetail("The top two boxes are customary on %d and %d points only.",
						   CSAT_SHORT_SCALE, CSAT_LONG_SCALE),
				 errhint("Call csat(x, boxes).")));
	PG_RETURN_POINTER(LikertBoxes(likert, CSAT_BOXES, true));
}

/* Return the highest points against the lowest ones as a net score */
Datum
likert_net(PG_FUNCTION_ARGS)
{
	LikertSummary *likert = LikertGetArg(fcinfo, 0);
	int boxes = PG_GETARG_INT32(1);
	Tally from = LikertTally(likert);
	NpsSummary *nps = NpsCreate();
	Tally into = NpsTally(nps);

	if (from.classes == 0)
		PG_RETURN_POINTER(nps);
	if (boxes < 1 || boxes > from.classes / 2)
		ereport(
			ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("number of boxes \"%d\" is out of range", boxes),
			 errdetail("The number of boxes of a net on a scale of %d points goes from 1 to %d.",
					   from.classes, from.classes / 2)));
	nps->boxes = boxes;
	nps->low = likert->low;
	nps->high = likert->high;
	for (int i = 0; i < from.classes; i++)
	{
		NpsClass class = NPS_PASSIVE;

		if (i < boxes)
			class = NPS_DETRACTOR;
		else if (i >= from.classes - boxes)
			class = NPS_PROMOTER;
		TallyAddClass(&into, class, &from, i);
	}
	PG_RETURN_POINTER(nps);
}

/* Convert the histogram of the NPS question to its score's summary */
Datum
likert_to_nps(PG_FUNCTION_ARGS)
{
	LikertSummary *likert = LikertGetArg(fcinfo, 0);
	Tally from = LikertTally(likert);
	NpsSummary *nps = NpsCreate();
	Tally into = NpsTally(nps);

	if (from.classes > 0 && (likert->low != NPS_LOW || likert->high != NPS_HIGH))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("an NPS needs a scale from %d to %d", NPS_LOW, NPS_HIGH),
				 errdetail("This scale goes from %d to %d.", likert->low, likert->high),
				 errhint("Use net(x, boxes) for a net score on another scale.")));
	for (int i = 0; i < from.classes; i++)
		TallyAddClass(&into, NpsClassOf(i), &from, i);
	PG_RETURN_POINTER(nps);
}

DEFINE_JSON_CASTS(likert, LikertToText, LikertGetArg);
