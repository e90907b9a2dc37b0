/*
 * task_ask.c
 *		What one asks of a task_summary.
 */
#include "postgres.h"

#include "chart.h"
#include "rate.h"
#include "surface.h"
#include "task.h"

#define SECONDS_PER_MINUTE 60.0

/* the measure that estimates are of */
#define COMPLETION "completion"

/* what compare() tells: how much more, or how many times as much */
#define KIND_DIFFERENCE "difference"
#define KIND_RATIO "ratio"

PG_FUNCTION_INFO_V1(task_report);
PG_FUNCTION_INFO_V1(task_n);
PG_FUNCTION_INFO_V1(task_effective_n);
PG_FUNCTION_INFO_V1(task_undecided);
PG_FUNCTION_INFO_V1(task_completion);
PG_FUNCTION_INFO_V1(task_abandonment);
PG_FUNCTION_INFO_V1(task_attempts_with_errors);
PG_FUNCTION_INFO_V1(task_time_on_task);
PG_FUNCTION_INFO_V1(task_time_to_abandonment);
PG_FUNCTION_INFO_V1(task_errors_per_attempt);
PG_FUNCTION_INFO_V1(task_actions_per_attempt);
PG_FUNCTION_INFO_V1(task_goals_per_minute);
PG_FUNCTION_INFO_V1(task_relative_efficiency);
PG_FUNCTION_INFO_V1(task_compare);
PG_FUNCTION_INFO_V1(task_minimum_base);

/* Take a summary argument apart */
static void
GetTask(FunctionCallInfo fcinfo, int arg, Task *task)
{
	TaskRead(task, TaskGetArg(fcinfo, arg));
}

/* Return the attempts with an outcome as successes, and those with the other one as failures */
static RateSummary *
RateOfOutcome(const Task *task, RateClass outcome)
{
	RateClass other = (outcome == RATE_SUCCESS) ? RATE_FAILURE : RATE_SUCCESS;

	return RateOfCounts(task->totals.count[outcome], task->totals.count[other],
						task->totals.count[RATE_UNDECIDED]);
}

/* Return the attempts with some errors as successes */
static RateSummary *
RateOfErrors(const Task *task)
{
	const TaskAmount *errors = &task->totals.amount[TASK_ERRORS];

	return RateOfCounts(errors->nonzero, errors->count - errors->nonzero, 0);
}

/*
 * Return the errors or actions of the attempts with the squared deviations from their mean.
 *
 * As in FindAmountProblem, which bounds the products: exact but for the last steps.
 */
static EventCounts
AmountCounts(const TaskAmount *amount)
{
	EventCounts counts = {0};
	int128 n = amount->count;
	int128 rest, squares;

	if (n == 0)
		return counts;
	rest = amount->sum % n;
	squares = amount->square - amount->sum / n * (amount->sum + rest);
	counts.units = (double) n;
	counts.events = (double) amount->sum / AMOUNT_ONE;
	counts.deviations =
		((double) squares - (double) (rest * rest) / counts.units) / AMOUNT_ONE / AMOUNT_ONE;
	return counts;
}

/* Return the mean of errors or actions with its standard error */
static Mean
AmountMean(const TaskAmount *amount)
{
	EventCounts counts = AmountCounts(amount);
	Mean mean = {NOT_DEFINED, NOT_DEFINED, counts.units - 1.0};

	if (amount->count > 0)
		mean.mean = counts.events / counts.units;
	if (amount->count > 1)
		mean.error = sqrt(counts.deviations / mean.df / counts.units);
	return mean;
}

/* Return the speeds of the completed attempts that were timed, in goals per minute */
static Speeds
SpeedsOf(const Task *task)
{
	const TimingSummary *timing = task->times[RATE_SUCCESS];
	SurvivalTimes times = TimingTimes(timing);
	Speeds speeds = {times.finished, NOT_DEFINED, 0.0};
	double mean = 0.0;

	if (!(times.finished > 0.0) || TimingTotalsOf(timing)->zeros[TIMING_FINISHED] > 0)
		return speeds;
	speeds.mean =
		(double) task->totals.speed / times.finished / SPEED_ONE * NANOSECONDS * SECONDS_PER_MINUTE;
	for (int i = 0; i < times.count; i++)
		mean += times.steps[i].finished * SECONDS_PER_MINUTE / times.steps[i].time;
	mean /= times.finished;
	for (int i = 0; i < times.count; i++)
	{
		double deviation = SECONDS_PER_MINUTE / times.steps[i].time - mean;

		speeds.deviations += times.steps[i].finished * deviation * deviation;
	}
	return speeds;
}

/* Return the goals per minute with their standard error */
static Mean
GoalsPerMinute(const Task *task)
{
	return TimeBasedEfficiency(RateProportion(RateOfOutcome(task, RATE_SUCCESS)), SpeedsOf(task));
}

/* Return the sums of times in seconds */
static TimeSums
TimeSumsOf(const TimingSummary *timing)
{
	SurvivalTimes times = TimingTimes(timing);
	TimeSums sums = {times.finished, 0.0, 0.0};

	sums.sum = (double) TimingTotalsOf(timing)->sum / NANOSECONDS;
	for (int i = 0; i < times.count; i++)
		sums.squares += times.steps[i].finished * times.steps[i].time * times.steps[i].time;
	return sums;
}

/* Return the share of time spent on completed attempts; not defined where only those were timed */
static Mean
TimeShare(const Task *task)
{
	TimeSums abandoned = TimeSumsOf(task->times[RATE_FAILURE]);
	Mean unknown = {NOT_DEFINED, NOT_DEFINED, NOT_DEFINED};

	if (task->totals.count[RATE_FAILURE] > 0 && abandoned.n == 0.0)
		return unknown;
	return RelativeEfficiency(TimeSumsOf(task->times[RATE_SUCCESS]), abandoned);
}

/* Append a number and its interval to a row */
static void
RowInterval(Row *row, double value, Limits interval)
{
	RowFloat(row, value);
	RowFloat(row, interval.low);
	RowFloat(row, interval.high);
}

/* Append a share and its interval to a row */
static void
RowShare(Row *row, const RateSummary *rate, double confidence, const Choice *method)
{
	Estimate estimate = RateEstimate(rate, confidence, method);

	RowInterval(row, estimate.estimate, estimate.interval);
}

/* Return all of a summary that is worth charting */
Datum
task_report(PG_FUNCTION_ARGS)
{
	const Choice *method;
	double confidence = GetEstimateArgs(fcinfo, rate_interval_methods, &method);
	Task task;
	EventCounts errors;
	Estimate time;
	Mean actions, goals, efficiency;
	Row row;

	GetTask(fcinfo, 0, &task);
	errors = AmountCounts(&task.totals.amount[TASK_ERRORS]);
	time = TimingEstimate(task.times[RATE_SUCCESS], confidence, &timing_interval_methods[0]);
	actions = AmountMean(&task.totals.amount[TASK_ACTIONS]);
	goals = GoalsPerMinute(&task);
	efficiency = TimeShare(&task);
	RowBegin(&row, fcinfo);
	RowInt64(&row, TaskDecided(&task));
	RowShare(&row, RateOfOutcome(&task, RATE_SUCCESS), confidence, method);
	RowShare(&row, RateOfOutcome(&task, RATE_FAILURE), confidence, method);
	RowInt64(&row, task.totals.count[RATE_UNDECIDED]);
	RowInterval(&row, AmountMean(&task.totals.amount[TASK_ERRORS]).mean,
				EventRateInterval(errors, confidence));
	RowShare(&row, RateOfErrors(&task), confidence, method);
	RowInt64(&row, task.totals.amount[TASK_ERRORS].count);
	RowInterval(&row, time.estimate, time.interval);
	RowFloat(&row, TimingQuantile(task.times[RATE_SUCCESS], 0.5));
	RowInt64(&row, time.n);
	RowInterval(&row, actions.mean,
				ClipInterval(MeanInterval(actions, confidence), 0.0, (double) AMOUNT_MAX));
	RowInt64(&row, task.totals.amount[TASK_ACTIONS].count);
	RowInterval(&row, goals.mean, ClipInterval(MeanInterval(goals, confidence), 0.0, INFINITY));
	RowInterval(&row, efficiency.mean,
				ClipInterval(MeanInterval(efficiency, confidence), 0.0, 1.0));
	return RowEnd(&row);
}

/* Return the estimate that the arguments ask for */
static Estimate
TaskEstimateArgs(FunctionCallInfo fcinfo)
{
	const Choice *method;
	double confidence = GetEstimateArgs(fcinfo, rate_interval_methods, &method);
	Estimate estimate;
	Task task;

	GetTask(fcinfo, 0, &task);
	estimate = RateEstimate(RateOfOutcome(&task, RATE_SUCCESS), confidence, method);
	estimate.measure = COMPLETION;
	return estimate;
}

DEFINE_ESTIMATE_VERBS(task, TaskEstimateArgs);

/* Return the number of attempts of which the outcome is known */
Datum
task_n(PG_FUNCTION_ARGS)
{
	Task task;

	GetTask(fcinfo, 0, &task);
	PG_RETURN_INT64(TaskDecided(&task));
}

/* Return that number as all summaries do; attempts have no weights */
Datum
task_effective_n(PG_FUNCTION_ARGS)
{
	Task task;

	GetTask(fcinfo, 0, &task);
	return ReturnFloat(fcinfo, RateMoments(RateOfOutcome(&task, RATE_SUCCESS)).effective_n);
}

/* Return the number of attempts of which the outcome is not known */
Datum
task_undecided(PG_FUNCTION_ARGS)
{
	Task task;

	GetTask(fcinfo, 0, &task);
	PG_RETURN_INT64(task.totals.count[RATE_UNDECIDED]);
}

/* Return the completed attempts as successes */
Datum
task_completion(PG_FUNCTION_ARGS)
{
	Task task;

	GetTask(fcinfo, 0, &task);
	PG_RETURN_POINTER(RateOfOutcome(&task, RATE_SUCCESS));
}

/* Return the abandoned attempts as successes */
Datum
task_abandonment(PG_FUNCTION_ARGS)
{
	Task task;

	GetTask(fcinfo, 0, &task);
	PG_RETURN_POINTER(RateOfOutcome(&task, RATE_FAILURE));
}

/* Return the attempts with some errors as successes */
Datum
task_attempts_with_errors(PG_FUNCTION_ARGS)
{
	Task task;

	GetTask(fcinfo, 0, &task);
	PG_RETURN_POINTER(RateOfErrors(&task));
}

/* Return the times of the completed attempts */
Datum
task_time_on_task(PG_FUNCTION_ARGS)
{
	Task task;

	GetTask(fcinfo, 0, &task);
	PG_RETURN_POINTER(task.times[RATE_SUCCESS]);
}

/* Return the times of the abandoned attempts */
Datum
task_time_to_abandonment(PG_FUNCTION_ARGS)
{
	Task task;

	GetTask(fcinfo, 0, &task);
	PG_RETURN_POINTER(task.times[RATE_FAILURE]);
}

/* Return the mean number of errors */
Datum
task_errors_per_attempt(PG_FUNCTION_ARGS)
{
	Task task;

	GetTask(fcinfo, 0, &task);
	return ReturnFloat(fcinfo, AmountMean(&task.totals.amount[TASK_ERRORS]).mean);
}

/* Return the mean number of actions */
Datum
task_actions_per_attempt(PG_FUNCTION_ARGS)
{
	Task task;

	GetTask(fcinfo, 0, &task);
	return ReturnFloat(fcinfo, AmountMean(&task.totals.amount[TASK_ACTIONS]).mean);
}

/* Return the goals per minute of an attempt */
Datum
task_goals_per_minute(PG_FUNCTION_ARGS)
{
	Task task;

	GetTask(fcinfo, 0, &task);
	return ReturnFloat(fcinfo, GoalsPerMinute(&task).mean);
}

/* Return the share of the time that was spent on completed attempts */
Datum
task_relative_efficiency(PG_FUNCTION_ARGS)
{
	Task task;

	GetTask(fcinfo, 0, &task);
	return ReturnFloat(fcinfo, TimeShare(&task).mean);
}

/* Put a row of compare() */
static void
PutComparison(Row *row, FunctionCallInfo fcinfo, const char *measure, const char *kind,
			  Difference difference)
{
	RowText(row, measure);
	RowText(row, kind);
	RowFloat(row, difference.difference);
	RowFloat(row, difference.low);
	RowFloat(row, difference.high);
	RowFloat(row, difference.p_value);
	RowPut(row, fcinfo);
}

/* Return a row per measure */
Datum
task_compare(PG_FUNCTION_ARGS)
{
	double confidence = GetConfidence(fcinfo, 2);
	ProportionCompareMethod method =
		(ProportionCompareMethod) GetChoice(fcinfo, 3, "method", rate_compare_methods)->value;
	Task a, b;
	Row row;

	GetTask(fcinfo, 0, &a);
	GetTask(fcinfo, 1, &b);
	RowBeginSet(&row, fcinfo);
	PutComparison(&row, fcinfo, COMPLETION, KIND_DIFFERENCE,
				  CompareProportions(RateProportion(RateOfOutcome(&a, RATE_SUCCESS)),
									 RateProportion(RateOfOutcome(&b, RATE_SUCCESS)), confidence,
									 method));
	PutComparison(&row, fcinfo, "errors per attempt", KIND_RATIO,
				  CompareEventRates(AmountCounts(&a.totals.amount[TASK_ERRORS]),
									AmountCounts(&b.totals.amount[TASK_ERRORS]), confidence));
	PutComparison(&row, fcinfo, "attempts with errors", KIND_DIFFERENCE,
				  CompareProportions(RateProportion(RateOfErrors(&a)),
									 RateProportion(RateOfErrors(&b)), confidence, method));
	PutComparison(&row, fcinfo, "time on task", KIND_RATIO,
				  ExponentiateDifference(CompareMeans(TimingLogMean(a.times[RATE_SUCCESS]),
													  TimingLogMean(b.times[RATE_SUCCESS]),
													  confidence)));
	PutComparison(&row, fcinfo, "actions per attempt", KIND_DIFFERENCE,
				  CompareMeans(AmountMean(&a.totals.amount[TASK_ACTIONS]),
							   AmountMean(&b.totals.amount[TASK_ACTIONS]), confidence));
	PutComparison(&row, fcinfo, "goals per minute", KIND_DIFFERENCE,
				  CompareMeans(GoalsPerMinute(&a), GoalsPerMinute(&b), confidence));
	PutComparison(&row, fcinfo, "relative efficiency", KIND_DIFFERENCE,
				  ClipDifference(CompareMeans(TimeShare(&a), TimeShare(&b), confidence), -1.0,
								 1.0));
	return (Datum) 0;
}

/* Return the summary, or NULL when of too few attempts the outcome is known */
Datum
task_minimum_base(PG_FUNCTION_ARGS)
{
	Task task;

	GetTask(fcinfo, 0, &task);
	if (!MeetsMinimumBase(fcinfo, TaskDecided(&task)))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/* Describe a summary as a chart: its outcomes, and the completion */
static Chart
TaskChart(const TaskSummary *summary)
{
	Chart chart;
	Task task;

	TaskRead(&task, summary);
	chart = RateChart(RateOfOutcome(&task, RATE_SUCCESS));
	chart.title = "Completion";
	for (int i = 0; i < chart.bars; i++)
		chart.bar[i].label = TaskOutcomeNames[i];
	return chart;
}

/* Describe the mean of errors or actions as a chart */
static Chart
AmountChart(const Task *task, TaskAmountKind kind)
{
	const TaskAmount *amount = &task->totals.amount[kind];
	Mean mean = AmountMean(amount);
	Chart chart = {0};

	chart.form = FORM_RULER;
	chart.title = (kind == TASK_ERRORS) ? "Errors per attempt" : "Actions per attempt";
	chart.estimate = mean.mean;
	chart.interval = (kind == TASK_ERRORS)
		? EventRateInterval(AmountCounts(amount), CHART_CONFIDENCE)
		: ClipInterval(MeanInterval(mean, CHART_CONFIDENCE), 0.0, (double) AMOUNT_MAX);
	chart.n = amount->count;
	chart.factor = 1.0;
	ChartSetRuler(&chart, 0.0, fmax(mean.mean, chart.interval.high));
	return chart;
}

/* Append the heading of one of several parts of a picture */
static void
DrawPartHeading(Picture *picture, const Chart *chart)
{
	char *detail;
	char *heading = ChartHeading(chart, &detail);

	if (detail != NULL)
		heading = psprintf("%s, %s", heading, detail);
	picture->top += PICTURE_LINE;
	PictureText(picture, INK_PLAIN, PICTURE_MARGIN, picture->top, ANCHOR_START,
				picture->width - 2.0 * PICTURE_MARGIN, heading);
	PictureSay(picture, "%s", heading);
	picture->top += PICTURE_LINE / 2.0;
}

/* Draw a summary as SVG: its outcomes, and of what was measured errors, time and actions */
static char *
TaskToSvg(const TaskSummary *summary)
{
	Chart chart = TaskChart(summary);
	Task task;
	Picture picture;
	char *detail;
	char *heading = ChartHeading(&chart, &detail);

	TaskRead(&task, summary);
	PictureBegin(&picture, PICTURE_WIDTH, heading, detail);
	ChartDraw(&picture, &chart);
	if (task.totals.amount[TASK_ERRORS].count > 0)
	{
		chart = AmountChart(&task, TASK_ERRORS);
		DrawPartHeading(&picture, &chart);
		ChartDraw(&picture, &chart);
	}
	if (TimingTotalsOf(task.times[RATE_SUCCESS])->maximum > 0)
	{
		chart = TimingChart(task.times[RATE_SUCCESS]);
		chart.title = psprintf("Time on task: %s", chart.title);
		DrawPartHeading(&picture, &chart);
		TimingDrawRuler(&picture, task.times[RATE_SUCCESS], &chart);
	}
	if (task.totals.amount[TASK_ACTIONS].count > 0)
	{
		chart = AmountChart(&task, TASK_ACTIONS);
		DrawPartHeading(&picture, &chart);
		ChartDraw(&picture, &chart);
	}
	return PictureEnd(&picture);
}

DEFINE_CHART(task, TaskChart, TaskGetArg);
DEFINE_SVG(task, TaskToSvg, TaskGetArg);

DEFINE_JSON_CASTS(task, TaskToText, TaskGetArg);
