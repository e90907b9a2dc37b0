/*
 * flow_ask.c
 *		What one asks of a flow_summary.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "chart.h"
#include "flow.h"
#include "surface.h"

/* the target of those after whom nothing came: labels of events begin with a place instead */
#define END_LABEL "(end)"

/* of a step a chart shows so many sources, and of each so many targets */
#define CHART_SOURCES 3
#define CHART_TARGETS 4

/* so many lines of a chart tell of one source: itself, its targets, the others and the end */
#define CHART_SOURCE_LINES (CHART_TARGETS + 3)

PG_FUNCTION_INFO_V1(flow_report);
PG_FUNCTION_INFO_V1(flow_n);
PG_FUNCTION_INFO_V1(flow_pattern);
PG_FUNCTION_INFO_V1(flow_minimum_base);

/* what is needed to write the labels of a flow */
typedef struct FlowLabels
{
	const FlowSummary *flow;
	char **steps; /* of the pattern */
} FlowLabels;

/* the edges of one step that have the same source */
typedef struct FlowSource
{
	const FlowEdge *edge; /* most actors first */
	int edges;
	int64 actors;
} FlowSource;

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
static FlowLabels
LabelsOf(const FlowSummary *flow)
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
static char *
SourceLabel(const FlowLabels *labels, const FlowEdge *edge)
{
	FlowName name;

	if (edge->source == FLOW_STEP)
		return psprintf("%d %s", edge->step, labels->steps[edge->step - 1]);
	name = FlowNameAt(labels->flow, edge->source);
	return psprintf("%d %.*s", edge->step, name.length, name.bytes);
}

/* Return the label of where an edge leads to */
static char *
TargetLabel(const FlowLabels *labels, const FlowEdge *edge)
{
	FlowName name;

	if (edge->target == FLOW_END)
		return END_LABEL;
	name = FlowNameAt(labels->flow, edge->target);
	if (labels->flow->kind == FLOW_NEXT)
		return psprintf("next %.*s", name.length, name.bytes);
	return psprintf("%d %.*s", edge->step + 1, name.length, name.bytes);
}

/* Order two edges for a report: by step, most actors first, then by name */
static int
CompareRows(const void *a, const void *b)
{
	const FlowEdge *x = a;
	const FlowEdge *y = b;

	if (x->step == y->step && x->actors != y->actors)
		return (x->actors > y->actors) ? -1 : 1;
	return FlowCompareEdges(a, b);
}

/* Return a copy of the edges in an order */
static FlowEdge *
SortedEdges(const FlowSummary *flow, int (*compare)(const void *, const void *))
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
	FlowLabels labels = LabelsOf(flow);
	FlowEdge *edges = SortedEdges(flow, CompareRows);
	Row row;

	RowBeginSet(&row, fcinfo);
	for (uint32 i = 0; i < flow->edges; i++)
	{
		CHECK_FOR_INTERRUPTS();
		RowInt32(&row, edges[i].step);
		RowText(&row, SourceLabel(&labels, &edges[i]));
		RowText(&row, TargetLabel(&labels, &edges[i]));
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

/* Order two edges for a chart: by step and source, most actors first, the end last */
static int
CompareTargets(const void *a, const void *b)
{
	const FlowEdge *x = a;
	const FlowEdge *y = b;

	if (x->step != y->step || x->source != y->source)
		return FlowCompareEdges(a, b);
	if ((x->target == FLOW_END) != (y->target == FLOW_END))
		return (x->target == FLOW_END) ? 1 : -1;
	return CompareRows(a, b);
}

/* Order two sources: by step, most actors first, then by name */
static int
CompareSources(const void *a, const void *b)
{
	const FlowSource *x = a;
	const FlowSource *y = b;

	if (x->edge->step == y->edge->step && x->actors != y->actors)
		return (x->actors > y->actors) ? -1 : 1;
	return FlowCompareEdges(x->edge, y->edge);
}

/* Collect the sources of all steps, and return how many there are */
static int
CollectSources(const FlowSummary *flow, FlowSource *sources)
{
	FlowEdge *edges = SortedEdges(flow, CompareTargets);
	int count = 0;

	for (uint32 i = 0; i < flow->edges; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (i == 0 || edges[i].step != edges[i - 1].step || edges[i].source != edges[i - 1].source)
		{
			FlowSource source = {&edges[i], 0, 0};

			sources[count++] = source;
		}
		sources[count - 1].edges++;
		sources[count - 1].actors += edges[i].actors;
	}
	qsort(sources, count, sizeof(FlowSource), CompareSources);
	return count;
}

/* Add a line to a chart */
static void
AddBar(Chart *chart, const char *label, double share, int64 actors, PictureTone tone)
{
	ChartBar bar = {.label = label, .share = share, .count = actors, .tone = tone};

	chart->bar[chart->bars++] = bar;
}

/* Add a source and where its actors went, in shares of all actors */
static void
AddSource(Chart *chart, const FlowLabels *labels, const FlowSource *source, int64 actors)
{
	const FlowEdge *edge = source->edge;
	bool ends = edge[source->edges - 1].target == FLOW_END;
	int targets = source->edges - (ends ? 1 : 0);
	int shown = (targets > CHART_TARGETS + 1) ? CHART_TARGETS : targets;
	int64 others = 0;

	AddBar(chart, SourceLabel(labels, edge), NOT_DEFINED, source->actors, TONE_NEUTRAL);
	for (int i = 0; i < shown; i++)
		AddBar(chart, psprintf("  %s", TargetLabel(labels, &edge[i])),
			   (double) edge[i].actors / actors, edge[i].actors, TONE_GOOD);
	for (int i = shown; i < targets; i++)
		others += edge[i].actors;
	if (shown < targets)
		AddBar(chart, psprintf("  other (%d)", targets - shown), (double) others / actors, others,
			   TONE_NEUTRAL);
	if (ends)
		AddBar(chart, "  " END_LABEL, (double) edge[targets].actors / actors, edge[targets].actors,
			   TONE_BAD);
}

/* Add the sources of a step, most actors first, and return how many there are */
static int
AddStep(Chart *chart, const FlowLabels *labels, const FlowSource *source, const FlowSource *end,
		int64 actors)
{
	int step = source->edge->step;
	int64 others = 0;
	int count = 0;
	int shown;

	while (source + count < end && source[count].edge->step == step)
		count++;
	shown = (count > CHART_SOURCES + 1) ? CHART_SOURCES : count;
	for (int i = 0; i < shown; i++)
		AddSource(chart, labels, &source[i], actors);
	for (int i = shown; i < count; i++)
		others += source[i].actors;
	if (shown < count)
		AddBar(chart, psprintf("%d other (%d)", step, count - shown), NOT_DEFINED, others,
			   TONE_NEUTRAL);
	return count;
}

/* Describe a summary as a chart: a block per source, in shares of all actors */
static Chart
FlowChart(const FlowSummary *flow)
{
	Chart chart = {0};
	FlowLabels labels = LabelsOf(flow);
	FlowSource *sources = palloc(Max(flow->edges, 1) * sizeof(FlowSource));
	int count = CollectSources(flow, sources);
	int64 actors = FlowActors(flow);
	int next = 0;

	while (next < count && chart.bars + (CHART_SOURCES + 1) * CHART_SOURCE_LINES <= CHART_MAX_BARS)
		next += AddStep(&chart, &labels, &sources[next], sources + count, actors);
	if (actors == 0)
		chart.caption = "Shares of actors: nobody";
	else if (next < count)
		chart.caption =
			psprintf("Shares of actors up to step %d of %d, n = %lld", sources[next - 1].edge->step,
					 sources[count - 1].edge->step, (long long) actors);
	else
		chart.caption = psprintf("Shares of actors, n = %lld", (long long) actors);
	return chart;
}

DEFINE_CHARTS(flow, FlowChart, FlowGetArg);
DEFINE_JSON_CASTS(flow, FlowToText, FlowGetArg);
