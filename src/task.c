/*
 * task.c
 *		task_summary: the type, its forms, its aggregates, merging.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/float.h"
#include "utils/json.h"
#include "utils/memutils.h"

#include "surface.h"
#include "task.h"

#define TASK_HEADER offsetof(TaskSummary, times)

/* sums of buckets' ends are off by less than this part of them */
#define EDGE_SLACK 1e-9

StaticAssertDecl(TASK_HEADER == MAXALIGN(TASK_HEADER), "the times of task_summary must be aligned");

const char *const TaskOutcomeNames[] = {"completed", "abandoned", "undecided"};
static const char *const amount_names[] = {"errors", "actions"};
static const char *const time_names[] = {"time_on_task", "time_to_abandonment"};

PG_FUNCTION_INFO_V1(task_in);
PG_FUNCTION_INFO_V1(task_out);
PG_FUNCTION_INFO_V1(task_recv);
PG_FUNCTION_INFO_V1(task_send);
PG_FUNCTION_INFO_V1(task_accum_interval);
PG_FUNCTION_INFO_V1(task_accum_seconds);
PG_FUNCTION_INFO_V1(task_accum_summary);
PG_FUNCTION_INFO_V1(task_combine);
PG_FUNCTION_INFO_V1(task_serialize);
PG_FUNCTION_INFO_V1(task_deserialize);
PG_FUNCTION_INFO_V1(task_final);
PG_FUNCTION_INFO_V1(task_merge);

/* Read a summary argument; it must not be written to */
const TaskSummary *
TaskGetArg(FunctionCallInfo fcinfo, int arg)
{
	const TaskSummary *summary = (const TaskSummary *) PG_DETOAST_DATUM(PG_GETARG_DATUM(arg));

	CheckStoredVersion(summary->version, TASK_VERSION, TASK_TYPE);
	return summary;
}

/* Begin to count */
static void
TaskBegin(Task *task)
{
	memset(task, 0, sizeof(Task));
	task->context = CurrentMemoryContext;
}

/* Take a summary apart; what belongs to it stays in its place */
void
TaskRead(Task *task, const TaskSummary *summary)
{
	char *at = unconstify(TaskSummary *, summary)->times;

	TaskBegin(task);
	task->totals = summary->totals;
	for (int i = 0; i < TASK_TIMES; i++)
	{
		task->times[i] = (TimingSummary *) at;
		at += MAXALIGN(VARSIZE(at));
	}
}

/* Return a summary as a stored value */
static TaskSummary *
TaskWrite(const Task *task)
{
	const TimingSummary *times[TASK_TIMES];
	Size size = TASK_HEADER;
	TaskSummary *summary;
	char *at;

	for (int i = 0; i < TASK_TIMES; i++)
	{
		times[i] = (task->times[i] == NULL) ? TimingCreate() : TimingPack(task->times[i]);
		size += MAXALIGN(VARSIZE(times[i]));
	}
	summary = palloc0(size);
	SET_VARSIZE(summary, size);
	summary->version = TASK_VERSION;
	summary->totals = task->totals;
	at = summary->times;
	for (int i = 0; i < TASK_TIMES; i++)
	{
		memcpy(at, times[i], VARSIZE(times[i]));
		at += MAXALIGN(VARSIZE(times[i]));
	}
	return summary;
}

/* Report that a count is full */
pg_noreturn static void
AttemptCountOverflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("count out of range"),
			 errdetail("A summary holds at most %lld attempts of an outcome.",
					   (long long) TASK_MAX_COUNT)));
}

/* Report that a sum is full */
pg_noreturn static void
AmountOverflow(TaskAmountKind kind)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("sum of squared %s out of range", amount_names[kind])));
}

/* Add the errors or actions of attempts to those of others */
static void
AddAmount(TaskAmount *into, const TaskAmount *from, TaskAmountKind kind)
{
	into->count += from->count;
	into->nonzero += from->nonzero;
	into->sum += from->sum;
	if (into->square >= AMOUNT_SQUARE_END - from->square)
		AmountOverflow(kind);
	into->square += from->square;
}

/* Add a stored summary */
static void
TaskMerge(Task *into, const TaskSummary *summary)
{
	Task from;

	TaskRead(&from, summary);
	for (int i = 0; i < RATE_CLASSES; i++)
	{
		if (into->totals.count[i] > TASK_MAX_COUNT - from.totals.count[i])
			AttemptCountOverflow();
		into->totals.count[i] += from.totals.count[i];
	}
	for (TaskAmountKind kind = 0; kind < TASK_AMOUNTS; kind++)
		AddAmount(&into->totals.amount[kind], &from.totals.amount[kind], kind);
	into->totals.speed += from.totals.speed;
	for (int i = 0; i < TASK_TIMES; i++)
		TimingKeepMerge(&into->times[i], into->context, from.times[i]);
}

/*
 * Say what no numbers of millionths can have, or return NULL.
 *
 * With q and r quotient and remainder of the sum by the number n that are not zero, squares -
 * q (sum + r) are the squares around q, and at least r^2 / n.  Where the sums are possible that
 * product does not overflow: q sum is at most the squares, and q r at most the sum.
 */
static const char *
FindAmountProblem(const TaskAmount *amount, int64 attempts)
{
	int128 n = amount->nonzero;
	int128 rest, product;

	if (amount->count < 0 || amount->count > attempts)
		return "Errors or actions were measured in more attempts than there are.";
	if (n < 0 || n > amount->count)
		return "There are more attempts with some than attempts.";
	if (amount->sum < n || amount->sum > n * AMOUNT_LARGEST)
		return "A sum is out of range.";
	if (amount->square < 0 || amount->square >= AMOUNT_SQUARE_END ||
		((amount->square ^ amount->sum) & 1) != 0)
		return "A sum of squares is out of range.";
	if (n == 0)
		return (amount->square == 0) ? NULL : "A sum of squares is out of range.";
	rest = amount->sum % n;
	if (__builtin_mul_overflow(amount->sum / n, amount->sum + rest, &product) ||
		amount->square - product < (rest * rest + n - 1) / n ||
		(n == 1 && amount->square != product) ||
		(amount->square + AMOUNT_LARGEST - 1) / AMOUNT_LARGEST > amount->sum)
		return "A sum of squares is out of range.";
	return NULL;
}

/* Return the sum of the speeds of listed times */
static int128
SpeedOfList(const TimingSummary *timing)
{
	int128 speed = 0;

	for (int i = 0; i < timing->listed; i++)
	{
		if (timing->data[i] > 0)
			speed += GoalSpeed(timing->data[i]);
	}
	return speed;
}

/* Tell whether the sum of speeds is one that the completed times have */
static bool
SpeedFits(int128 speed, const TimingSummary *timing)
{
	TimingBuckets buckets[TIMING_KINDS];
	double low = 0.0, high = 0.0;

	if (TimingIsListed(timing))
		return speed == SpeedOfList(timing);
	TimingReadBuckets(timing, buckets);
	for (int i = 0; i < buckets[TIMING_FINISHED].length; i++)
	{
		const BucketCount *count = &buckets[TIMING_FINISHED].counts[i];

		low += count->count * (SPEED_ONE / TimingBucketEdge(count->bucket + 1) - 1.0);
		high += count->count * (SPEED_ONE / TimingBucketEdge(count->bucket));
	}
	return (double) speed >= low * (1.0 - EDGE_SLACK) &&
		(double) speed <= high * (1.0 + EDGE_SLACK);
}

/* Say what no attempts can have, or return NULL */
static const char *
FindTaskProblem(const Task *task)
{
	int64 attempts = 0;

	for (int i = 0; i < RATE_CLASSES; i++)
	{
		if (task->totals.count[i] < 0 || task->totals.count[i] > TASK_MAX_COUNT)
			return "A number of attempts is out of range.";
		attempts += task->totals.count[i];
	}
	for (int i = 0; i < TASK_AMOUNTS; i++)
	{
		const char *problem = FindAmountProblem(&task->totals.amount[i], attempts);

		if (problem != NULL)
			return problem;
	}
	for (int i = 0; i < TASK_TIMES; i++)
	{
		int64 timed = TimingFinishedCount(task->times[i]);

		if (timed < 0)
			return "A time is unfinished.";
		if (timed > task->totals.count[i])
			return "There are more times than attempts.";
	}
	if (!SpeedFits(task->totals.speed, task->times[RATE_SUCCESS]))
		return "The sum of speeds is not that of the times.";
	return NULL;
}

/* Check what came from outside; false after a soft error */
static bool
CheckTask(const Task *task, Node *escontext)
{
	const char *problem = FindTaskProblem(task);

	if (problem != NULL)
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("no attempts have these sums"),
				 errdetail_internal("%s", problem)));
	return true;
}

/* Append errors or actions, when they were measured, as a member of a JSON object */
static void
AppendAmount(StringInfo out, const TaskAmount *amount, const char *name)
{
	if (amount->count == 0)
		return;
	appendStringInfo(out,
					 ", \"%s\": {\"attempts\": %lld, \"attempts_with_some\": %lld, \"sum\": ", name,
					 (long long) amount->count, (long long) amount->nonzero);
	AppendDecimal(out, amount->sum, AMOUNT_DECIMALS);
	appendStringInfoString(out, ", \"square_sum\": ");
	AppendDecimal(out, amount->square, 2 * AMOUNT_DECIMALS);
	appendStringInfoChar(out, '}');
}

/* Return the text form */
char *
TaskToText(const TaskSummary *summary)
{
	Task task;
	StringInfoData out;

	initStringInfo(&out);
	TaskRead(&task, summary);
	for (int i = 0; i < RATE_CLASSES; i++)
		appendStringInfo(&out, "%s\"%s\": %lld", (i > 0) ? ", " : "{", TaskOutcomeNames[i],
						 (long long) task.totals.count[i]);
	for (int i = 0; i < TASK_AMOUNTS; i++)
		AppendAmount(&out, &task.totals.amount[i], amount_names[i]);
	for (int i = 0; i < TASK_TIMES; i++)
	{
		if (TimingFinishedCount(task.times[i]) == 0)
			continue;
		appendStringInfo(&out, ", \"%s\": ", time_names[i]);
		escape_json(&out, TimingToText(task.times[i]));
	}
	/* listed times have no other sum */
	if (!TimingIsListed(task.times[RATE_SUCCESS]))
	{
		appendStringInfoString(&out, ", \"speed_sum\": ");
		AppendDecimal(&out, task.totals.speed, 0);
	}
	appendStringInfoChar(&out, '}');
	return out.data;
}

/* Read errors or actions, when they were measured; false after a soft error */
static bool
ReadAmount(JsonObject *object, TaskAmount *amount, const char *name, Node *escontext)
{
	if (!JsonHasMember(object, name))
		return true;
	return JsonInt64(object, psprintf("%s.attempts", name), TASK_TYPE, &amount->count, escontext) &&
		JsonInt64(object, psprintf("%s.attempts_with_some", name), TASK_TYPE, &amount->nonzero,
				  escontext) &&
		JsonDecimal(object, psprintf("%s.sum", name), TASK_TYPE, AMOUNT_DECIMALS, &amount->sum,
					escontext) &&
		JsonDecimal(object, psprintf("%s.square_sum", name), TASK_TYPE, 2 * AMOUNT_DECIMALS,
					&amount->square, escontext);
}

/* Read the times of an outcome, when there are any; false after a soft error */
static bool
ReadTimes(JsonObject *object, TimingSummary **times, const char *name, Node *escontext)
{
	char *text;

	*times = TimingCreate();
	if (!JsonHasMember(object, name))
		return true;
	if (!JsonString(object, name, TASK_TYPE, &text, escontext))
		return false;
	*times = TimingFromText(text, escontext);
	return *times != NULL;
}

/* Read the text form */
Datum
task_in(PG_FUNCTION_ARGS)
{
	Node *escontext = InputErrorContext(fcinfo);
	Task task;
	JsonObject object;

	TaskBegin(&task);
	if (!ParseJsonObject(PG_GETARG_CSTRING(0), TASK_TYPE, &object, escontext))
		PG_RETURN_NULL();
	for (int i = 0; i < RATE_CLASSES; i++)
	{
		if (!JsonInt64(&object, TaskOutcomeNames[i], TASK_TYPE, &task.totals.count[i], escontext))
			PG_RETURN_NULL();
	}
	for (int i = 0; i < TASK_AMOUNTS; i++)
	{
		if (!ReadAmount(&object, &task.totals.amount[i], amount_names[i], escontext))
			PG_RETURN_NULL();
	}
	for (int i = 0; i < TASK_TIMES; i++)
	{
		if (!ReadTimes(&object, &task.times[i], time_names[i], escontext))
			PG_RETURN_NULL();
	}
	if (TimingIsListed(task.times[RATE_SUCCESS]))
		task.totals.speed = SpeedOfList(task.times[RATE_SUCCESS]);
	else if (!JsonDecimal(&object, "speed_sum", TASK_TYPE, 0, &task.totals.speed, escontext))
		PG_RETURN_NULL();
	if (!CheckJsonUsed(&object, TASK_TYPE, escontext) || !CheckTask(&task, escontext))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(TaskWrite(&task));
}

/* Write the text form */
Datum
task_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(TaskToText(TaskGetArg(fcinfo, 0)));
}

/* Read the binary form */
Datum
task_recv(PG_FUNCTION_ARGS)
{
	StringInfo in = (StringInfo) PG_GETARG_POINTER(0);
	Task task;
	StringInfoData part;

	CheckMessageVersion(in, TASK_VERSION, TASK_TYPE);
	(void) GetMessageFlags(in, 0, TASK_TYPE);
	TaskBegin(&task);
	for (int i = 0; i < RATE_CLASSES; i++)
		task.totals.count[i] = pq_getmsgint64(in);
	for (int i = 0; i < TASK_AMOUNTS; i++)
	{
		TaskAmount *amount = &task.totals.amount[i];

		amount->count = pq_getmsgint64(in);
		amount->nonzero = pq_getmsgint64(in);
		amount->sum = GetMessageInt128(in);
		amount->square = GetMessageInt128(in);
	}
	task.totals.speed = GetMessageInt128(in);
	for (int i = 0; i < TASK_TIMES; i++)
	{
		GetMessagePart(in, &part, TASK_TYPE);
		task.times[i] = (TimingSummary *) DatumGetPointer(
			DirectFunctionCall1(timing_recv, PointerGetDatum(&part)));
	}
	CheckMessageEnd(in, TASK_TYPE);
	CheckTask(&task, NULL);
	PG_RETURN_POINTER(TaskWrite(&task));
}

/* Write the binary form */
Datum
task_send(PG_FUNCTION_ARGS)
{
	Task task;
	StringInfoData out;

	TaskRead(&task, TaskGetArg(fcinfo, 0));
	pq_begintypsend(&out);
	pq_sendbyte(&out, TASK_VERSION);
	pq_sendbyte(&out, 0);
	for (int i = 0; i < RATE_CLASSES; i++)
		pq_sendint64(&out, task.totals.count[i]);
	for (int i = 0; i < TASK_AMOUNTS; i++)
	{
		const TaskAmount *amount = &task.totals.amount[i];

		pq_sendint64(&out, amount->count);
		pq_sendint64(&out, amount->nonzero);
		SendInt128(&out, amount->sum);
		SendInt128(&out, amount->square);
	}
	SendInt128(&out, task.totals.speed);
	for (int i = 0; i < TASK_TIMES; i++)
		SendMessagePart(&out,
						DatumGetByteaPP(
							DirectFunctionCall1(timing_send, PointerGetDatum(task.times[i]))));
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* Return the state of an aggregate, a new one if there is none */
static Task *
TaskState(FunctionCallInfo fcinfo)
{
	MemoryContext context;
	Task *task;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	if (!PG_ARGISNULL(0))
		return (Task *) PG_GETARG_POINTER(0);
	task = MemoryContextAllocZero(context, sizeof(Task));
	task->context = context;
	return task;
}

/* Return the outcome of an attempt, which is undecided when it is not known */
static RateClass
OutcomeOfArg(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(1))
		return RATE_UNDECIDED;
	return PG_GETARG_BOOL(1) ? RATE_SUCCESS : RATE_FAILURE;
}

/* Count the errors or actions of an attempt, when there is such an argument and it was measured */
static void
CountAmountArg(FunctionCallInfo fcinfo, int arg, TaskAmount *amount, TaskAmountKind kind)
{
	double value;
	int64 millionths;

	if (PG_NARGS() <= arg || PG_ARGISNULL(arg))
		return;
	value = PG_GETARG_FLOAT8(arg);
	if (!(value >= 0.0 && value <= (double) AMOUNT_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("number of %s \"%s\" is out of range", amount_names[kind],
						float8out_internal(value)),
				 errdetail("An attempt has 0 to %lld %s.", (long long) AMOUNT_MAX,
						   amount_names[kind]),
				 errhint("Turn what was not measured into NULL, which is not counted.")));
	millionths = (int64) rint(value * AMOUNT_ONE);
	amount->count++;
	if (millionths == 0)
		return;
	amount->nonzero++;
	amount->sum += millionths;
	amount->square += (int128) millionths * millionths;
	if (unlikely(amount->square >= AMOUNT_SQUARE_END))
		AmountOverflow(kind);
}

/* Count one attempt */
static Datum
TaskAccum(FunctionCallInfo fcinfo, bool is_timed, int64 duration)
{
	Task *task = TaskState(fcinfo);
	RateClass outcome = OutcomeOfArg(fcinfo);

	if (unlikely(task->totals.count[outcome] >= TASK_MAX_COUNT))
		AttemptCountOverflow();
	task->totals.count[outcome]++;
	CountAmountArg(fcinfo, 3, &task->totals.amount[TASK_ERRORS], TASK_ERRORS);
	CountAmountArg(fcinfo, 4, &task->totals.amount[TASK_ACTIONS], TASK_ACTIONS);
	if (is_timed && outcome < TASK_TIMES)
	{
		TimingKeepAdd(&task->times[outcome], task->context, TIMING_FINISHED, duration);
		if (outcome == RATE_SUCCESS && duration > 0)
			task->totals.speed += GoalSpeed(duration);
	}
	PG_RETURN_POINTER(task);
}

/* Count one attempt with its time, if it has any, as an interval */
Datum
task_accum_interval(PG_FUNCTION_ARGS)
{
	bool is_timed = !PG_ARGISNULL(2);

	return TaskAccum(fcinfo, is_timed, is_timed ? IntervalToDuration(PG_GETARG_INTERVAL_P(2)) : 0);
}

/* Count one attempt with its time, if it has any, in seconds */
Datum
task_accum_seconds(PG_FUNCTION_ARGS)
{
	bool is_timed = PG_NARGS() > 2 && !PG_ARGISNULL(2);

	return TaskAccum(fcinfo, is_timed, is_timed ? SecondsToDuration(PG_GETARG_FLOAT8(2)) : 0);
}

/* Merge one more summary */
Datum
task_accum_summary(PG_FUNCTION_ARGS)
{
	Task *task = TaskState(fcinfo);

	if (!PG_ARGISNULL(1))
		TaskMerge(task, TaskGetArg(fcinfo, 1));
	PG_RETURN_POINTER(task);
}

/* Merge the states of two workers */
Datum
task_combine(PG_FUNCTION_ARGS)
{
	Task *task = TaskState(fcinfo);

	if (!PG_ARGISNULL(1))
	{
		TaskSummary *summary = TaskWrite((Task *) PG_GETARG_POINTER(1));

		TaskMerge(task, summary);
		pfree(summary);
	}
	PG_RETURN_POINTER(task);
}

/* Turn a state into bytes, those of a stored value */
Datum
task_serialize(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P((bytea *) TaskWrite((Task *) PG_GETARG_POINTER(0)));
}

/* Turn the bytes back into a state */
Datum
task_deserialize(PG_FUNCTION_ARGS)
{
	Task *task = palloc(sizeof(Task));

	TaskBegin(task);
	/* a copy, as the argument need not be aligned as a summary is */
	TaskMerge(task, (TaskSummary *) PG_GETARG_BYTEA_P_COPY(0));
	PG_RETURN_POINTER(task);
}

/* Return what was counted, or NULL when that is nothing */
Datum
task_final(PG_FUNCTION_ARGS)
{
	Task *task;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	task = (Task *) PG_GETARG_POINTER(0);
	if (TaskDecided(task) + task->totals.count[RATE_UNDECIDED] == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(TaskWrite(task));
}

/* Merge two summaries */
Datum
task_merge(PG_FUNCTION_ARGS)
{
	Task task;

	if (PG_ARGISNULL(0) && PG_ARGISNULL(1))
		PG_RETURN_NULL();
	TaskBegin(&task);
	for (int i = 0; i < 2; i++)
	{
		if (!PG_ARGISNULL(i))
			TaskMerge(&task, TaskGetArg(fcinfo, i));
	}
	PG_RETURN_POINTER(TaskWrite(&task));
}

DEFINE_COMPARE_ARGS(TaskCompareArgs, TaskSummary, TaskGetArg, CompareStored);
DEFINE_COMPARISONS(task, TaskCompareArgs);
DEFINE_HASHES(task, TaskSummary, TaskGetArg, VARSIZE(value));
