/*
 * flow.c
 *		flow_summary: the type and its forms.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/json.h"

#include "flow.h"
#include "surface.h"

#define FLOW_HEADER offsetof(FlowSummary, edge)

/* bytes of an edge in the binary form */
#define FLOW_EDGE_BYTES (sizeof(int64) + 3 * sizeof(uint16))

StaticAssertDecl(offsetof(FlowSummary, edge) == MAXALIGN(offsetof(FlowSummary, edge)),
				 "the edges of flow_summary must be aligned");

const char *const FlowKindNames[] = {"nobody", "flows", "next events"};

/* members of the text form, an array each, as they are in an edge */
static const char *const member_names[] = {"step", "source", "target", "actors"};

#define FLOW_MEMBERS ((int) lengthof(member_names))

PG_FUNCTION_INFO_V1(flow_in);
PG_FUNCTION_INFO_V1(flow_out);
PG_FUNCTION_INFO_V1(flow_recv);
PG_FUNCTION_INFO_V1(flow_send);

/* Read a summary argument; it must not be written to */
const FlowSummary *
FlowGetArg(FunctionCallInfo fcinfo, int arg)
{
	const FlowSummary *flow = (const FlowSummary *) PG_DETOAST_DATUM(PG_GETARG_DATUM(arg));

	CheckStoredVersion(flow->version, FLOW_VERSION, FLOW_TYPE);
	return flow;
}

/* Return the pattern, or NULL of nobody */
const StepPattern *
FlowPattern(const FlowSummary *flow)
{
	return (flow->kind == FLOW_NOBODY) ? NULL : (const StepPattern *) &flow->edge[flow->edges];
}

/* Return where the names end, counted from where the first one begins */
static const uint32 *
FlowEnds(const FlowSummary *flow)
{
	const StepPattern *pattern = FlowPattern(flow);

	return (const uint32 *) ((const char *) pattern + MAXALIGN(VARSIZE(pattern)));
}

/* Return the name of a code, which is counted from one */
FlowName
FlowNameAt(const FlowSummary *flow, int code)
{
	const uint32 *ends = FlowEnds(flow);
	const char *bytes = (const char *) (ends + flow->names);
	uint32 start = (code > 1) ? ends[code - 2] : 0;
	FlowName name = {bytes + start, ends[code - 1] - start};

	return name;
}

/* Order two names by their bytes, whatever the collation */
int
FlowCompareNames(FlowName a, FlowName b)
{
	int order = memcmp(a.bytes, b.bytes, Min(a.length, b.length));

	return (order != 0) ? order : a.length - b.length;
}

/* Order two edges as they are stored */
int
FlowCompareEdges(const void *a, const void *b)
{
	const FlowEdge *x = a;
	const FlowEdge *y = b;

	if (x->step != y->step)
		return (int) x->step - (int) y->step;
	if (x->source != y->source)
		return (int) x->source - (int) y->source;
	return (int) x->target - (int) y->target;
}

/* Return a summary of names and edges that are in order; without a pattern of nobody */
FlowSummary *
FlowBuild(FlowKind kind, const StepPattern *pattern, int length, const FlowName *names, int number,
		  const FlowEdge *edges, int count)
{
	Size size = FLOW_HEADER + count * sizeof(FlowEdge);
	FlowSummary *flow;
	uint32 *ends;
	char *bytes;
	uint32 end = 0;

	if (kind != FLOW_NOBODY)
		size += MAXALIGN(VARSIZE(pattern));
	size += number * sizeof(uint32);
	for (int i = 0; i < number; i++)
		size += names[i].length;
	flow = palloc0(size);
	SET_VARSIZE(flow, size);
	flow->version = FLOW_VERSION;
	flow->kind = kind;
	if (kind == FLOW_NOBODY)
		return flow;
	flow->length = length;
	flow->names = number;
	flow->edges = count;
	if (count > 0)
		memcpy(flow->edge, edges, count * sizeof(FlowEdge));
	memcpy(&flow->edge[count], pattern, VARSIZE(pattern));
	ends = unconstify(uint32 *, FlowEnds(flow));
	bytes = (char *) (ends + number);
	for (int i = 0; i < number; i++)
	{
		memcpy(bytes + end, names[i].bytes, names[i].length);
		end += names[i].length;
		ends[i] = end;
	}
	return flow;
}

/* Return how many actors are counted: all of them leave the pattern by one edge */
int64
FlowActors(const FlowSummary *flow)
{
	int64 actors = 0;

	for (uint32 i = 0; i < flow->edges; i++)
	{
		if (flow->edge[i].source == FLOW_STEP)
			actors += flow->edge[i].actors;
	}
	return actors;
}

/* Hint at ways to make a flow smaller */
static int
SmallerFlowHint(void)
{
	return errhint("Ask for a shorter length, or give the events fewer different names.");
}

/* Check how large a summary is to become; false after a soft error */
bool
CheckFlowSize(int64 names, int64 bytes, int64 edges, Node *escontext)
{
	if (names > FLOW_MAX_NAMES)
		ereturn(escontext, false,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("too many different events"),
				 errdetail("A summary of flows holds at most %d of them.", FLOW_MAX_NAMES),
				 SmallerFlowHint()));
	if (bytes > FLOW_MAX_NAMES_BYTES)
		ereturn(escontext, false,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("names of events are too long together"),
				 errdetail("Those of a summary of flows have at most %d bytes.",
						   FLOW_MAX_NAMES_BYTES),
				 SmallerFlowHint()));
	if (edges > FLOW_MAX_EDGES)
		ereturn(escontext, false,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("too many different flows"),
				 errdetail("A summary holds at most %d pairs of source and target at all steps.",
						   FLOW_MAX_EDGES),
				 SmallerFlowHint()));
	return true;
}

/* Check how many places are to be looked at; false after a soft error */
bool
CheckFlowLength(int64 length, Node *escontext)
{
	if (length < 1 || length > FLOW_MAX_LENGTH)
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("length \"%lld\" is out of range", (long long) length),
				 errdetail("Flows are followed over 1 to %d events.", FLOW_MAX_LENGTH)));
	return true;
}

/* Check that a pattern can be left before its end, where that is asked; false after a soft error */
bool
CheckFlowSteps(FlowKind kind, const StepPattern *pattern, Node *escontext)
{
	if (kind == FLOW_NEXT && pattern->steps < 2)
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("steps must be two or more to be left unfinished"),
				 errdetail("Who begins \"%s\" has finished it.", PatternToText(pattern)),
				 errhint("Ask flows(j, steps, 1) what came next.")));
	return true;
}

/* Say what is wrong with an edge by itself and after the one before it, or return NULL */
static const char *
FindEdgeProblem(const FlowSummary *flow, int i)
{
	const FlowEdge *edge = &flow->edge[i];
	int last = (flow->kind == FLOW_NEXT) ? FlowPattern(flow)->steps - 1 : flow->length;

	if (edge->actors < 1 || edge->actors > TALLY_MAX_COUNT)
		return "A number of actors is out of range.";
	if (edge->step < 1 || edge->step > last)
		return "There is no such step.";
	if (edge->source > flow->names || edge->target > flow->names)
		return "There is no such event.";
	if ((edge->source == FLOW_STEP) != (flow->kind == FLOW_NEXT || edge->step == 1))
		return "A source does not belong to its step.";
	if (i > 0 && FlowCompareEdges(edge - 1, edge) >= 0)
		return "The flows are not in order.";
	if (i > 0 && flow->kind == FLOW_FOLLOWED && edge->step > edge[-1].step + 1)
		return "A step is left out.";
	return NULL;
}

/* Say where actors come from nowhere or get lost, or return NULL */
static const char *
FindBalanceProblem(const FlowSummary *flow)
{
	/* by name: who has come there and not yet gone on */
	int64 *waiting = palloc0((flow->names + 1) * sizeof(int64));
	const FlowEdge *end = flow->edge + flow->edges;
	const FlowEdge *before = flow->edge;
	const FlowEdge *edge = flow->edge;
	int64 actors = 0;

	while (edge < end)
	{
		const FlowEdge *first = edge;
		int step = edge->step;

		CHECK_FOR_INTERRUPTS();
		for (; edge < end && edge->step == step; edge++)
		{
			if (edge->source == FLOW_STEP)
			{
				actors += edge->actors;
				if (actors > TALLY_MAX_COUNT)
					return "There are too many actors.";
			}
			else
				waiting[edge->source] -= edge->actors;
			if (waiting[edge->source] < 0)
				return "More actors leave an event than come to it.";
		}
		for (; before < first; before++)
		{
			if (before->target != FLOW_END && waiting[before->target] != 0)
				return "More actors come to an event than leave it.";
		}
		if (flow->kind == FLOW_NEXT)
			continue;
		for (; first < edge; first++)
		{
			if (first->target != FLOW_END)
				waiting[first->target] += first->actors;
		}
	}
	if (flow->kind == FLOW_NEXT || before == end || before->step == flow->length)
		return NULL;
	for (; before < end; before++)
	{
		if (before->target != FLOW_END)
			return "More actors come to an event than leave it.";
	}
	return NULL;
}

/* Say what no actors can have done, or return NULL */
static const char *
FindFlowProblem(const FlowSummary *flow)
{
	bool *used = palloc0((flow->names + 1) * sizeof(bool));

	for (uint32 i = 0; i < flow->edges; i++)
	{
		const char *problem = FindEdgeProblem(flow, i);

		CHECK_FOR_INTERRUPTS();
		if (problem != NULL)
			return problem;
		used[flow->edge[i].source] = used[flow->edge[i].target] = true;
	}
	for (uint32 i = 1; i <= flow->names; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!used[i])
			return "An event is neither source nor target.";
		if (i > 1 && FlowCompareNames(FlowNameAt(flow, i - 1), FlowNameAt(flow, i)) >= 0)
			return "The events are not in the order of their bytes.";
	}
	return FindBalanceProblem(flow);
}

/* Check what came from outside; false after a soft error */
static bool
CheckFlow(const FlowSummary *flow, Node *escontext)
{
	const char *problem;

	if (flow->kind == FLOW_FOLLOWED && !CheckFlowLength(flow->length, escontext))
		return false;
	if (!CheckFlowSteps(flow->kind, FlowPattern(flow), escontext))
		return false;
	problem = FindFlowProblem(flow);
	if (problem != NULL)
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("no actors have these flows"),
				 errdetail_internal("%s", problem)));
	return true;
}

/* Return a number of an edge by its place among the members of the text form */
static int64
EdgeNumber(const FlowEdge *edge, int member)
{
	const int64 number[] = {edge->step, edge->source, edge->target, edge->actors};

	return number[member];
}

/* Return the text form */
char *
FlowToText(const FlowSummary *flow)
{
	StringInfoData out;

	initStringInfo(&out);
	if (flow->kind == FLOW_NOBODY)
	{
		appendStringInfoString(&out, "{}");
		return out.data;
	}
	appendStringInfo(&out, "{\"kind\": \"%s\", \"steps\": ", FlowKindNames[flow->kind]);
	escape_json(&out, PatternToText(FlowPattern(flow)));
	if (flow->kind == FLOW_FOLLOWED)
		appendStringInfo(&out, ", \"length\": %d", flow->length);
	appendStringInfoString(&out, ", \"events\": [");
	for (uint32 i = 1; i <= flow->names; i++)
	{
		FlowName name = FlowNameAt(flow, i);

		CHECK_FOR_INTERRUPTS();
		appendStringInfoString(&out, (i > 1) ? ", " : "");
		escape_json(&out, pnstrdup(name.bytes, name.length));
	}
	appendStringInfoChar(&out, ']');
	for (int member = 0; member < FLOW_MEMBERS; member++)
	{
		appendStringInfo(&out, ", \"%s\": [", member_names[member]);
		for (uint32 i = 0; i < flow->edges; i++)
		{
			CHECK_FOR_INTERRUPTS();
			appendStringInfo(&out, "%s%lld", (i > 0) ? ", " : "",
							 (long long) EdgeNumber(&flow->edge[i], member));
		}
		appendStringInfoChar(&out, ']');
	}
	appendStringInfoChar(&out, '}');
	return out.data;
}

/* Read the kind of a summary; false after a soft error */
static bool
ReadKind(JsonObject *object, FlowKind *kind, Node *escontext)
{
	char *word;

	if (!JsonString(object, "kind", FLOW_TYPE, &word, escontext))
		return false;
	for (*kind = FLOW_FOLLOWED; *kind <= FLOW_NEXT; (*kind)++)
	{
		if (strcmp(word, FlowKindNames[*kind]) == 0)
			return true;
	}
	ereturn(escontext, false,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%s\"", FLOW_TYPE, object->text),
			 errdetail("Member \"kind\" must be \"%s\" or \"%s\".", FlowKindNames[FLOW_FOLLOWED],
					   FlowKindNames[FLOW_NEXT])));
}

/* Read the names of the text form, so many; NULL after a soft error */
static FlowName *
ReadNames(JsonObject *object, int number, Node *escontext)
{
	char **words = palloc(Max(number, 1) * sizeof(char *));
	FlowName *names = palloc(Max(number, 1) * sizeof(FlowName));
	int64 bytes = 0;

	if (!JsonStringArray(object, "events", FLOW_TYPE, number, words, escontext))
		return NULL;
	for (int i = 0; i < number; i++)
	{
		CHECK_FOR_INTERRUPTS();
		names[i].bytes = words[i];
		names[i].length = strlen(words[i]);
		bytes += names[i].length;
	}
	return CheckFlowSize(number, bytes, 0, escontext) ? names : NULL;
}

/* Read the edges of the text form, so many; NULL after a soft error */
static FlowEdge *
ReadEdges(JsonObject *object, int count, Node *escontext)
{
	FlowEdge *edges = palloc0(Max(count, 1) * sizeof(FlowEdge));
	int64 *numbers[FLOW_MEMBERS];

	for (int member = 0; member < FLOW_MEMBERS; member++)
	{
		numbers[member] = palloc(Max(count, 1) * sizeof(int64));
		if (!JsonInt64Array(object, member_names[member], FLOW_TYPE, count, numbers[member],
							escontext))
			return NULL;
	}
	for (int i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int member = 0; member < FLOW_MEMBERS - 1; member++)
		{
			if (numbers[member][i] < 0 || numbers[member][i] > PG_UINT16_MAX)
				ereturn(escontext, NULL,
						(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						 errmsg("no actors have these flows"),
						 errdetail("There is no %s \"%lld\".", member_names[member],
								   (long long) numbers[member][i])));
		}
		edges[i].step = numbers[0][i];
		edges[i].source = numbers[1][i];
		edges[i].target = numbers[2][i];
		edges[i].actors = numbers[3][i];
	}
	return edges;
}

/* Read the text form */
Datum
flow_in(PG_FUNCTION_ARGS)
{
	Node *escontext = InputErrorContext(fcinfo);
	JsonObject object;
	FlowKind kind;
	char *text;
	const StepPattern *pattern;
	int64 length = 1;
	int number, count;
	FlowName *names;
	FlowEdge *edges;
	FlowSummary *flow;

	if (!ParseJsonObject(PG_GETARG_CSTRING(0), FLOW_TYPE, &object, escontext))
		PG_RETURN_NULL();
	if (object.count == 0)
		PG_RETURN_POINTER(FlowBuild(FLOW_NOBODY, NULL, 0, NULL, 0, NULL, 0));
	if (!ReadKind(&object, &kind, escontext) ||
		!JsonString(&object, "steps", FLOW_TYPE, &text, escontext))
		PG_RETURN_NULL();
	pattern = PatternParse(text, escontext);
	if (pattern == NULL)
		PG_RETURN_NULL();
	if (kind == FLOW_FOLLOWED &&
		(!JsonInt64(&object, "length", FLOW_TYPE, &length, escontext) ||
		 !CheckFlowLength(length, escontext)))
		PG_RETURN_NULL();
	number = JsonArrayLength(&object, "events");
	count = JsonArrayLength(&object, member_names[0]);
	if (!CheckFlowSize(number, 0, count, escontext))
		PG_RETURN_NULL();
	names = ReadNames(&object, number, escontext);
	if (names == NULL)
		PG_RETURN_NULL();
	edges = ReadEdges(&object, count, escontext);
	if (edges == NULL || !CheckJsonUsed(&object, FLOW_TYPE, escontext))
		PG_RETURN_NULL();
	flow = FlowBuild(kind, pattern, length, names, number, edges, count);
	if (!CheckFlow(flow, escontext))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(flow);
}

/* Write the text form */
Datum
flow_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(FlowToText(FlowGetArg(fcinfo, 0)));
}

/* Report a binary form that is never written */
pg_noreturn static void
InvalidBinary(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary form of type %s", FLOW_TYPE),
			 errdetail_internal("%s", detail)));
}

/* Read a number of elements that take at least so many bytes each */
static int
ReceiveCount(StringInfo in, Size bytes)
{
	uint32 count = pq_getmsgint(in, sizeof(uint32));

	if (count > (in->len - in->cursor) / bytes)
		InvalidBinary("There are fewer elements than announced.");
	return (int) count;
}

/* Read the pattern of a binary form */
static const StepPattern *
ReceivePattern(StringInfo in)
{
	int length = ReceiveCount(in, 1);
	StringInfoData part;

	initStringInfo(&part);
	appendBinaryStringInfo(&part, pq_getmsgbytes(in, length), length);
	return (const StepPattern *) DatumGetPointer(
		DirectFunctionCall1(pattern_recv, PointerGetDatum(&part)));
}

/* Read the names of a binary form, which are in order */
static FlowName *
ReceiveNames(StringInfo in, int number)
{
	FlowName *names = palloc(Max(number, 1) * sizeof(FlowName));
	int64 bytes = 0;

	for (int i = 0; i < number; i++)
	{
		int length = pq_getmsgint(in, sizeof(int32));

		CHECK_FOR_INTERRUPTS();
		names[i].bytes = pq_getmsgtext(in, length, &length);
		names[i].length = length;
		bytes += length;
		if (i > 0 && FlowCompareNames(names[i - 1], names[i]) >= 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
					 errmsg("invalid binary form of type %s", FLOW_TYPE),
					 errdetail("The events are not in the order of their bytes."),
					 errhint("Transfer the text form between databases of different encodings.")));
	}
	CheckFlowSize(number, bytes, 0, NULL);
	return names;
}

/* Read the binary form */
Datum
flow_recv(PG_FUNCTION_ARGS)
{
	StringInfo in = (StringInfo) PG_GETARG_POINTER(0);
	const StepPattern *pattern;
	int kind, length, number, count;
	FlowName *names;
	FlowEdge *edges;
	FlowSummary *flow;

	CheckMessageVersion(in, FLOW_VERSION, FLOW_TYPE);
	(void) GetMessageFlags(in, 0, FLOW_TYPE);
	kind = pq_getmsgbyte(in);
	if (kind > FLOW_NEXT)
		InvalidBinary("There is no such kind.");
	if (kind == FLOW_NOBODY)
	{
		CheckMessageEnd(in, FLOW_TYPE);
		PG_RETURN_POINTER(FlowBuild(FLOW_NOBODY, NULL, 0, NULL, 0, NULL, 0));
	}
	length = pq_getmsgbyte(in);
	if (kind == FLOW_NEXT && length != 1)
		InvalidBinary("Next events have a length of one.");
	pattern = ReceivePattern(in);
	number = ReceiveCount(in, sizeof(int32));
	CheckFlowSize(number, 0, 0, NULL);
	names = ReceiveNames(in, number);
	count = ReceiveCount(in, FLOW_EDGE_BYTES);
	CheckFlowSize(number, 0, count, NULL);
	edges = palloc0(Max(count, 1) * sizeof(FlowEdge));
	for (int i = 0; i < count; i++)
	{
		edges[i].step = pq_getmsgint(in, sizeof(uint16));
		edges[i].source = pq_getmsgint(in, sizeof(uint16));
		edges[i].target = pq_getmsgint(in, sizeof(uint16));
		edges[i].actors = pq_getmsgint64(in);
	}
	CheckMessageEnd(in, FLOW_TYPE);
	flow = FlowBuild(kind, pattern, length, names, number, edges, count);
	CheckFlow(flow, NULL);
	PG_RETURN_POINTER(flow);
}

/* Write the binary form */
Datum
flow_send(PG_FUNCTION_ARGS)
{
	const FlowSummary *flow = FlowGetArg(fcinfo, 0);
	StringInfoData out;
	bytea *pattern;

	pq_begintypsend(&out);
	pq_sendbyte(&out, FLOW_VERSION);
	pq_sendbyte(&out, 0);
	pq_sendbyte(&out, flow->kind);
	if (flow->kind == FLOW_NOBODY)
		PG_RETURN_BYTEA_P(pq_endtypsend(&out));
	pq_sendbyte(&out, flow->length);
	pattern =
		DatumGetByteaPP(DirectFunctionCall1(pattern_send, PointerGetDatum(FlowPattern(flow))));
	SendMessagePart(&out, pattern);
	pq_sendint32(&out, flow->names);
	for (uint32 i = 1; i <= flow->names; i++)
	{
		FlowName name = FlowNameAt(flow, i);

		SendMessageName(&out, name.bytes, name.length);
	}
	pq_sendint32(&out, flow->edges);
	for (uint32 i = 0; i < flow->edges; i++)
	{
		CHECK_FOR_INTERRUPTS();
		pq_sendint16(&out, flow->edge[i].step);
		pq_sendint16(&out, flow->edge[i].source);
		pq_sendint16(&out, flow->edge[i].target);
		pq_sendint64(&out, flow->edge[i].actors);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

DEFINE_COMPARE_ARGS(FlowCompareArgs, FlowSummary, FlowGetArg, CompareStored);
DEFINE_COMPARISONS(flow, FlowCompareArgs);
DEFINE_HASHES(flow, FlowSummary, FlowGetArg, VARSIZE(value));
