/*
 * flow_ask.c
 *		What one asks of a flow_summary.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "flow.h"
#include "surface.h"

PG_FUNCTION_INFO_V1(flow_report);
PG_FUNCTION_INFO_V1(flow_n);
PG_FUNCTION_INFO_V1(flow_pattern);
PG_FUNCTION_INFO_V1(flow_minimum_base);

/* Return the names of steps as they are in a label: a set of one name without quotes */
static char **
StepLabels(const StepPattern *pattern)
{
	char **labels = PatternStepNames(pattern);
	PatternName *names = PatternNames(pattern);
	const uint16 *members = PatternMembers(pattern);

	for (int i = 0; i < pattern->steps; i++)
	{
		members += pattern->step[i].forbidden;
		if (pattern->step[i].names == 1)
			labels[i] = pnstrdup(names[*members].bytes, names[*members].length);
		members += pattern->step[i].names;
	}
	return labels;
}

/* Return what ends the pattern: its last step, of steps in any order all of them */
static char *
WholeLabel(const StepPattern *pattern, char **steps)
{
	StringInfoData label;

	if (!(pattern->flags & PATTERN_ANY_ORDER))
		return steps[pattern->steps - 1];
	initStringInfo(&label);
	for (int i = 0; i < pattern->steps; i++)
		appendStringInfo(&label, "%s%s", (i > 0) ? " & " : "", steps[i]);
	return label.data;
}

/* Make ready to write labels */
FlowLabels
FlowLabelsOf(const FlowSummary *flow)
{
	FlowLabels labels = {flow, NULL};
	const StepPattern *pattern = FlowPattern(flow);

	if (pattern == NULL)
		return labels;
	labels.steps = StepLabels(pattern);
	if (flow->kind == FLOW_FOLLOWED)
		labels.steps[0] = WholeLabel(pattern, labels.steps);
	else if (pattern->flags & PATTERN_ANY_ORDER)
	{
		for (int i = 0; i < pattern->steps; i++)
			labels.steps[i] = psprintf("of %d", pattern->steps);
	}
	return labels;
}

/* Return the label of where an edge comes from; the place makes it differ from all others */
char *
FlowSourceLabel(const FlowLabels *labels, const FlowEdge *edge)
{
	FlowName name;

	if (edge->source == FLOW_STEP)
		return psprintf("%d %s", edge->step, labels->steps[edge->step - 1]);
	name = FlowNameAt(labels->flow, edge->source);
	return psprintf("%d %.*s", edge->step, name.length, name.bytes);
}

/* Return the label of where an edge leads to */
char *
FlowTargetLabel(const FlowLabels *labels, const FlowEdge *edge)
{
	FlowName name;

	if (edge->target == FLOW_END)
		return FLOW_END_LABEL;
	name = FlowNameAt(labels->flow, edge->target);
	if (labels->flow->kind == FLOW_NEXT)
		return psprintf("next %.*s", name.length, name.bytes);
	return psprintf("%d %.*s", edge->step + 1, name.length, name.bytes);
}

/* Order two edges for a report: by step, most actors first, then by name */
int
FlowCompareRows(const void *a, const void *b)
{
	const FlowEdge *x = a;
	const FlowEdge *y = b;

	if (x->step == y->step && x->actors != y->actors)
		return (x->actors > y->actors) ? -1 : 1;
	return FlowCompareEdges(a, b);
}

/* Return a copy of the edges in an order */
FlowEdge *
FlowSortedEdges(const FlowSummary *flow, int (*compare)(const void *, const void *))
{
	FlowEdge *edges = palloc(Max(flow->edges, 1) * sizeof(FlowEdge));

	if (flow->edges > 0)
		memcpy(edges, flow->edge, flow->edges * sizeof(FlowEdge));
	qsort(edges, flow->edges, sizeof(FlowEdge), compare);
	return edges;
}

/* Return a row per source and target */
Datum
flow_report(PG_FUNCTION_ARGS)
{
	const FlowSummary *flow = FlowGetArg(fcinfo, 0);
	FlowLabels labels = FlowLabelsOf(flow);
	FlowEdge *edges = FlowSortedEdges(flow, FlowCompareRows);
	Row row;

	RowBeginSet(&row, fcinfo);
	for (uint32 i = 0; i < flow->edges; i++)
	{
		CHECK_FOR_INTERRUPTS();
		RowInt32(&row, edges[i].step);
		RowText(&row, FlowSourceLabel(&labels, &edges[i]));
		RowText(&row, FlowTargetLabel(&labels, &edges[i]));
		RowInt64(&row, edges[i].actors);
		RowPut(&row, fcinfo);
	}
	return (Datum) 0;
}

/* Return how many actors are counted */
Datum
flow_n(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(FlowActors(FlowGetArg(fcinfo, 0)));
}

/* Return the pattern */
Datum
flow_pattern(PG_FUNCTION_ARGS)
{
	const StepPattern *pattern = FlowPattern(FlowGetArg(fcinfo, 0));

	if (pattern == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(pattern);
}

/* Return the summary, or NULL when too few actors are counted */
Datum
flow_minimum_base(PG_FUNCTION_ARGS)
{
	if (!MeetsMinimumBase(fcinfo, FlowActors(FlowGetArg(fcinfo, 0))))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

DEFINE_JSON_CASTS(flow, FlowToText, FlowGetArg);
