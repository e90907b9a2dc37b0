/*
 * funnel_ask.c
 *		What one asks of a funnel_summary.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "funnel.h"
#include "rate.h"
#include "surface.h"

PG_FUNCTION_INFO_V1(funnel_report);
PG_FUNCTION_INFO_V1(funnel_n);
PG_FUNCTION_INFO_V1(funnel_effective_n);
PG_FUNCTION_INFO_V1(funnel_completion);
PG_FUNCTION_INFO_V1(funnel_abandonment);
PG_FUNCTION_INFO_V1(funnel_step_rate);
PG_FUNCTION_INFO_V1(funnel_elapsed);
PG_FUNCTION_INFO_V1(funnel_open);
PG_FUNCTION_INFO_V1(funnel_open_completed);
PG_FUNCTION_INFO_V1(funnel_pattern);
PG_FUNCTION_INFO_V1(funnel_compare);
PG_FUNCTION_INFO_V1(funnel_minimum_base);

/* Take a summary argument apart */
static void
GetFunnel(FunctionCallInfo fcinfo, int arg, Funnel *funnel)
{
	FunnelRead(funnel, FunnelGetArg(fcinfo, arg));
}

/* Return the last step before another that every chain takes */
static int
StepBefore(const Funnel *funnel, int step)
{
	while (funnel->pattern->step[--step].optional)
		;
	return step;
}

/* Return how many of the actors that reached one step reached another */
Proportion
FunnelProportion(const Funnel *funnel, int from, int to)
{
	Proportion p = {(double) funnel->count[FUNNEL_REACHED][to],
					(double) funnel->count[FUNNEL_REACHED][from]};

	return p;
}

/* Return who of the actors of one step reached another */
static RateSummary *
RateOfSteps(const Funnel *funnel, int from, int to)
{
	int64 base = funnel->count[FUNNEL_REACHED][from];
	int64 reached = funnel->count[FUNNEL_REACHED][to];

	return RateOfCounts(reached, base - reached, funnel->count[FUNNEL_OPEN][from]);
}

/* Return who of all actors reached the last step */
static RateSummary *
Completion(const Funnel *funnel)
{
	return (funnel->steps == 0) ? RateCreate() : RateOfSteps(funnel, 0, funnel->steps - 1);
}

/* Return a quantile of the time to a step, in seconds */
static double
ElapsedQuantile(const Funnel *funnel, int step, double q)
{
	return (step == 0) ? NOT_DEFINED : TimingQuantile(funnel->elapsed[step], q);
}

/* Return the names of the steps as the pattern writes them; in any order, how many are done */
char **
FunnelStepNames(const Funnel *funnel)
{
	char **names = PatternStepNames(funnel->pattern);

	if (funnel->pattern->flags & PATTERN_ANY_ORDER)
	{
		for (int i = 0; i < funnel->steps; i++)
			names[i] = psprintf("%d of %d", i + 1, funnel->steps);
	}
	return names;
}

/* Return a row per step */
Datum
funnel_report(PG_FUNCTION_ARGS)
{
	Funnel funnel;
	double confidence = GetConfidence(fcinfo, 1);
	ProportionMethod method =
		(ProportionMethod) GetChoice(fcinfo, 2, "method", rate_interval_methods)->value;
	char **names;
	Row row;

	GetFunnel(fcinfo, 0, &funnel);
	RowBeginSet(&row, fcinfo);
	if (funnel.steps == 0)
		return (Datum) 0;
	names = FunnelStepNames(&funnel);
	for (int i = 0; i < funnel.steps; i++)
	{
		Proportion of_start = FunnelProportion(&funnel, 0, i);
		Proportion of_previous = {NOT_DEFINED, 0.0};
		Limits start = ProportionInterval(of_start, confidence, method);
		Limits previous = UndefinedInterval();
		bool is_last = i == funnel.steps - 1;
		Proportion ended = {(double) funnel.count[FUNNEL_ENDED][i],
							(double) funnel.count[FUNNEL_REACHED][i]};

		if (i > 0)
		{
			of_previous = FunnelProportion(&funnel, StepBefore(&funnel, i), i);
			previous = ProportionInterval(of_previous, confidence, method);
		}
		RowInt32(&row, i + 1);
		RowText(&row, names[i]);
		RowInt64(&row, funnel.count[FUNNEL_REACHED][i]);
		RowFloat(&row, ProportionShare(of_start));
		RowFloat(&row, start.low);
		RowFloat(&row, start.high);
		RowFloat(&row, ProportionShare(of_previous));
		RowFloat(&row, previous.low);
		RowFloat(&row, previous.high);
		RowInt64(&row, is_last ? 0 : funnel.count[FUNNEL_ENDED][i]);
		RowFloat(&row, is_last ? NOT_DEFINED : ProportionShare(ended));
		RowFloat(&row, ElapsedQuantile(&funnel, i, 0.5));
		RowFloat(&row, ElapsedQuantile(&funnel, i, 0.9));
		RowInt64(&row, funnel.count[FUNNEL_OPEN][i]);
		RowPut(&row, fcinfo);
	}
	return (Datum) 0;
}

/* Return the completion with its interval */
Estimate
FunnelEstimate(const Funnel *funnel, double confidence, const Choice *method)
{
	Estimate estimate = RateEstimate(Completion(funnel), confidence, method);

	estimate.measure = "completion";
	return estimate;
}

/* Return the estimate that the arguments ask for */
static Estimate
FunnelEstimateArgs(FunctionCallInfo fcinfo)
{
	const Choice *method;
	double confidence = GetEstimateArgs(fcinfo, rate_interval_methods, &method);
	Funnel funnel;

	GetFunnel(fcinfo, 0, &funnel);
	return FunnelEstimate(&funnel, confidence, method);
}

DEFINE_ESTIMATE_VERBS(funnel, FunnelEstimateArgs);

/* Return the number of closed actors */
Datum
funnel_n(PG_FUNCTION_ARGS)
{
	Funnel funnel;

	GetFunnel(fcinfo, 0, &funnel);
	PG_RETURN_INT64(funnel.count[FUNNEL_REACHED][0]);
}

/* Return the number of closed actors as all summaries do; they have no weights */
Datum
funnel_effective_n(PG_FUNCTION_ARGS)
{
	Funnel funnel;

	GetFunnel(fcinfo, 0, &funnel);
	return ReturnFloat(fcinfo, RateMoments(Completion(&funnel)).effective_n);
}

/* Return the actors that reached the last step as successes */
Datum
funnel_completion(PG_FUNCTION_ARGS)
{
	Funnel funnel;

	GetFunnel(fcinfo, 0, &funnel);
	PG_RETURN_POINTER(Completion(&funnel));
}

/* Return the actors that did not reach the last step as successes */
Datum
funnel_abandonment(PG_FUNCTION_ARGS)
{
	Funnel funnel;
	RateSummary *completion;

	GetFunnel(fcinfo, 0, &funnel);
	completion = Completion(&funnel);
	PG_RETURN_POINTER(RateOfCounts(completion->count[RATE_FAILURE], completion->count[RATE_SUCCESS],
								   completion->count[RATE_UNDECIDED]));
}

/* Read the number of a step, counted from one */
static int
GetStep(FunctionCallInfo fcinfo, int arg, const Funnel *funnel, int least)
{
	int step = PG_GETARG_INT32(arg);

	if (funnel->steps > 0 && (step < least || step > funnel->steps))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("step \"%d\" is out of range", step),
				 errdetail("The steps go from %d to %d.", least, funnel->steps)));
	return step - 1;
}

/* Return the actors of one step that reached another as successes */
Datum
funnel_step_rate(PG_FUNCTION_ARGS)
{
	Funnel funnel;
	int first, last;

	GetFunnel(fcinfo, 0, &funnel);
	if (funnel.steps == 0)
		PG_RETURN_POINTER(RateCreate());
	first = GetStep(fcinfo, 1, &funnel, 1);
	last = GetStep(fcinfo, 2, &funnel, 1);
	if (first > last)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("first step \"%d\" must not come after last step \"%d\"", first + 1,
						last + 1)));
	if (funnel.pattern->step[first].optional && first < last)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("first step \"%d\" must not be optional", first + 1),
				 errdetail("Later steps are reached without it, too.")));
	PG_RETURN_POINTER(RateOfSteps(&funnel, first, last));
}

/* Return the times from the step before, or from the first step to the last */
Datum
funnel_elapsed(PG_FUNCTION_ARGS)
{
	Funnel funnel;
	int place = FUNNEL_WHOLE;

	GetFunnel(fcinfo, 0, &funnel);
	if (funnel.steps == 0)
		PG_RETURN_NULL();
	if (PG_NARGS() > 1)
		place = GetStep(fcinfo, 1, &funnel, 2);
	PG_RETURN_POINTER(funnel.elapsed[place]);
}

/* Return the number of actors that may still finish */
Datum
funnel_open(PG_FUNCTION_ARGS)
{
	Funnel funnel;

	GetFunnel(fcinfo, 0, &funnel);
	PG_RETURN_INT64(funnel.count[FUNNEL_OPEN][0]);
}

/* Return the number of those that did already */
Datum
funnel_open_completed(PG_FUNCTION_ARGS)
{
	Funnel funnel;

	GetFunnel(fcinfo, 0, &funnel);
	PG_RETURN_INT64((funnel.steps == 0) ? 0 : funnel.count[FUNNEL_OPEN][funnel.steps - 1]);
}

/* Return the pattern */
Datum
funnel_pattern(PG_FUNCTION_ARGS)
{
	Funnel funnel;

	GetFunnel(fcinfo, 0, &funnel);
	if (funnel.steps == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(funnel.pattern);
}

/* Append the comparison of two proportions to a row */
static void
RowComparison(Row *row, Proportion a, Proportion b, double confidence,
			  ProportionCompareMethod method)
{
	Difference d = CompareProportions(a, b, confidence, method);

	RowFloat(row, d.difference);
	RowFloat(row, d.low);
	RowFloat(row, d.high);
	RowFloat(row, d.p_value);
}

/* Return a row per step, compared by its share of the step before, and one for the whole */
Datum
funnel_compare(PG_FUNCTION_ARGS)
{
	Funnel a, b;
	double confidence = GetConfidence(fcinfo, 2);
	ProportionCompareMethod method =
		(ProportionCompareMethod) GetChoice(fcinfo, 3, "method", rate_compare_methods)->value;
	char **names;
	Row row;

	GetFunnel(fcinfo, 0, &a);
	GetFunnel(fcinfo, 1, &b);
	RowBeginSet(&row, fcinfo);
	if (a.steps == 0 || b.steps == 0)
		return (Datum) 0;
	CheckPatternsAlike(a.pattern, b.pattern);
	names = FunnelStepNames(&a);
	for (int i = 1; i < a.steps; i++)
	{
		int before = StepBefore(&a, i);

		RowInt32(&row, i + 1);
		RowText(&row, names[i]);
		RowComparison(&row, FunnelProportion(&a, before, i), FunnelProportion(&b, before, i),
					  confidence, method);
		RowPut(&row, fcinfo);
	}
	RowNull(&row);
	RowText(&row, "completion");
	RowComparison(&row, FunnelProportion(&a, 0, a.steps - 1), FunnelProportion(&b, 0, b.steps - 1),
				  confidence, method);
	RowPut(&row, fcinfo);
	return (Datum) 0;
}

/* Return the summary, or NULL when too few actors are closed */
Datum
funnel_minimum_base(PG_FUNCTION_ARGS)
{
	Funnel funnel;

	GetFunnel(fcinfo, 0, &funnel);
	if (!MeetsMinimumBase(fcinfo, funnel.count[FUNNEL_REACHED][0]))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

DEFINE_JSON_CASTS(funnel, FunnelToText, FunnelGetArg);
