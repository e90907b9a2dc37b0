/*
 * nps_ask.c
 *		What one asks of an nps_summary.
 */
#include "postgres.h"

#include "chart.h"
#include "nps.h"
#include "surface.h"

static const Choice interval_methods[] = {{"adjusted-wald", NET_ADJUSTED_WALD},
										  {"tango", NET_TANGO},
										  {"wald", NET_WALD},
										  {NULL, 0}};

/* Tango's interval has no two-sample form */
static const Choice compare_methods[] = {{"adjusted-wald", NET_ADJUSTED_WALD},
										 {"wald", NET_WALD},
										 {NULL, 0}};

PG_FUNCTION_INFO_V1(nps_report);
PG_FUNCTION_INFO_V1(nps_n);
PG_FUNCTION_INFO_V1(nps_effective_n);
PG_FUNCTION_INFO_V1(nps_standard_error);
PG_FUNCTION_INFO_V1(nps_compare);
PG_FUNCTION_INFO_V1(nps_benchmark);
PG_FUNCTION_INFO_V1(nps_minimum_base);
PG_FUNCTION_INFO_V1(nps_score);
PG_FUNCTION_INFO_V1(nps_promoters);
PG_FUNCTION_INFO_V1(nps_passives);
PG_FUNCTION_INFO_V1(nps_detractors);
PG_FUNCTION_INFO_V1(nps_promoter_share);
PG_FUNCTION_INFO_V1(nps_passive_share);
PG_FUNCTION_INFO_V1(nps_detractor_share);

/* Return the moments of the answers, each 1, 0 or -1 */
Moments
NpsMoments(const NpsSummary *nps)
{
	static const double scores[NPS_CLASSES] = {1.0, 0.0, -1.0};
	Tally tally = NpsTally(nps);

	return TallyMoments(&tally, scores);
}

/* Return the weighted share of a class */
static double
NpsShare(const NpsSummary *nps, NpsClass class)
{
	Tally tally = NpsTally(nps);
	double total = 0.0;

	for (int i = 0; i < NPS_CLASSES; i++)
		total += TallyWeight(&tally, i);
	return (total > 0.0) ? TallyWeight(&tally, class) / total : NOT_DEFINED;
}

/* Return the weights scaled to the effective number of answers; the counts without weights */
static NetCounts
NpsEffectiveCounts(const NpsSummary *nps)
{
	Tally tally = NpsTally(nps);
	Moments moments = NpsMoments(nps);
	double scale = moments.effective_n / moments.weight;
	NetCounts counts = {TallyWeight(&tally, NPS_PROMOTER) * scale,
						TallyWeight(&tally, NPS_PASSIVE) * scale,
						TallyWeight(&tally, NPS_DETRACTOR) * scale};

	return counts;
}

/* Return the score in points with its interval */
static Estimate
NpsEstimate(const NpsSummary *nps, double confidence, const Choice *method)
{
	Moments moments = NpsMoments(nps);
	Limits interval = NetInterval(NpsEffectiveCounts(nps), confidence, (NetMethod) method->value);
	Estimate estimate = MomentsEstimate((nps->boxes == 0) ? "nps" : "net", &moments,
										MoveInterval(interval, 0.0, POINTS), confidence, method);

	estimate.estimate *= POINTS;
	return estimate;
}

/* Return the estimate that the arguments ask for */
static Estimate
NpsEstimateArgs(FunctionCallInfo fcinfo)
{
	const Choice *method;
	double confidence = GetEstimateArgs(fcinfo, interval_methods, &method);

	return NpsEstimate(NpsGetArg(fcinfo, 0), confidence, method);
}

DEFINE_ESTIMATE_VERBS(nps, NpsEstimateArgs);

/* Return a difference of shares in points */
static Difference
DifferenceInPoints(Difference d)
{
	d.difference *= POINTS;
	d.low *= POINTS;
	d.high *= POINTS;
	return d;
}

/* Return all of a summary that is worth charting */
Datum
nps_report(PG_FUNCTION_ARGS)
{
	NpsSummary *nps = NpsGetArg(fcinfo, 0);
	Estimate estimate = NpsEstimateArgs(fcinfo);
	Row row;

	RowBegin(&row, fcinfo);
	RowFloat(&row, estimate.estimate);
	RowFloat(&row, estimate.interval.low);
	RowFloat(&row, estimate.interval.high);
	RowInt64(&row, estimate.n);
	RowFloat(&row, estimate.effective_n);
	for (int i = 0; i < NPS_CLASSES; i++)
		RowInt64(&row, nps->count[i]);
	for (int i = 0; i < NPS_CLASSES; i++)
		RowFloat(&row, NpsShare(nps, (NpsClass) i));
	return RowEnd(&row);
}

/* Return the number of answers */
Datum
nps_n(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(NpsMoments(NpsGetArg(fcinfo, 0)).n);
}

/* Return the number of answers that would say as much without weights */
Datum
nps_effective_n(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo, NpsMoments(NpsGetArg(fcinfo, 0)).effective_n);
}

/* Return the standard error of the score in points, that of the adjusted-Wald interval */
Datum
nps_standard_error(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo,
					   POINTS *
						   NetError(NpsEffectiveCounts(NpsGetArg(fcinfo, 0)), NET_ADJUSTED_WALD));
}

/* Compare two scores */
Datum
nps_compare(PG_FUNCTION_ARGS)
{
	NpsSummary *a = NpsGetArg(fcinfo, 0);
	NpsSummary *b = NpsGetArg(fcinfo, 1);
	double confidence = GetConfidence(fcinfo, 2);
	NetMethod method = (NetMethod) GetChoice(fcinfo, 3, "method", compare_methods)->value;

	NpsCheckAlike(a, b);
	return ReturnDifference(fcinfo,
							DifferenceInPoints(CompareNets(NpsEffectiveCounts(a),
														   NpsEffectiveCounts(b), confidence,
														   method)));
}

/* Test a score against a fixed target */
Datum
nps_benchmark(PG_FUNCTION_ARGS)
{
	double target = PG_GETARG_FLOAT8(1);
	double confidence = GetConfidence(fcinfo, 2);
	Alternative alternative = GetAlternative(fcinfo, 3);
	NetMethod method = (NetMethod) GetChoice(fcinfo, 4, "method", interval_methods)->value;

	CheckTarget(target, -POINTS, POINTS, false);
	return ReturnDifference(fcinfo,
							DifferenceInPoints(TestNet(NpsEffectiveCounts(NpsGetArg(fcinfo, 0)),
													   target / POINTS, confidence, alternative,
													   method)));
}

/* Return the summary, or NULL when too few answered */
Datum
nps_minimum_base(PG_FUNCTION_ARGS)
{
	NpsSummary *nps = NpsGetArg(fcinfo, 0);

	if (!MeetsMinimumBase(fcinfo, NpsMoments(nps).n))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(nps);
}

/* Describe a summary as a chart */
static Chart
NpsChart(const NpsSummary *nps)
{
	Chart chart = {0};
	Estimate estimate = NpsEstimate(nps, CHART_CONFIDENCE, &interval_methods[0]);

	chart.form = FORM_PARTS;
	chart.is_reversed = true;
	chart.title = (nps->boxes == 0) ? "NPS" : "Net score";
	chart.bars = NPS_CLASSES;
	for (int i = 0; i < NPS_CLASSES; i++)
	{
		chart.bar[i].label = NpsClassNames[i];
		chart.bar[i].share = NpsShare(nps, (NpsClass) i);
		chart.bar[i].count = nps->count[i];
	}
	chart.bar[NPS_PROMOTER].tone = TONE_GOOD;
	chart.bar[NPS_PASSIVE].tone = TONE_NEUTRAL;
	chart.bar[NPS_DETRACTOR].tone = TONE_BAD;
	chart.estimate = estimate.estimate;
	chart.interval = estimate.interval;
	chart.n = estimate.n;
	chart.low = -POINTS;
	chart.high = POINTS;
	chart.decimals = 0;
	chart.factor = 1.0;
	chart.is_signed = true;
	return chart;
}

DEFINE_CHARTS(nps, NpsChart, NpsGetArg);

/* Return the score in points */
Datum
nps_score(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo, POINTS * NpsMoments(NpsGetArg(fcinfo, 0)).mean);
}

/* Return the number of promoters */
Datum
nps_promoters(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(NpsGetArg(fcinfo, 0)->count[NPS_PROMOTER]);
}

/* Return the number of passives */
Datum
nps_passives(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(NpsGetArg(fcinfo, 0)->count[NPS_PASSIVE]);
}

/* Return the number of detractors */
Datum
nps_detractors(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(NpsGetArg(fcinfo, 0)->count[NPS_DETRACTOR]);
}

/* Return the share of promoters */
Datum
nps_promoter_share(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo, NpsShare(NpsGetArg(fcinfo, 0), NPS_PROMOTER));
}

/* Return the share of passives */
Datum
nps_passive_share(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo, NpsShare(NpsGetArg(fcinfo, 0), NPS_PASSIVE));
}

/* Return the share of detractors */
Datum
nps_detractor_share(PG_FUNCTION_ARGS)
{
	return ReturnFloat(fcinfo, NpsShare(NpsGetArg(fcinfo, 0), NPS_DETRACTOR));
}

DEFINE_JSON_CASTS(nps, NpsToText, NpsGetArg);
