/*
 * flow_chart.c
 *		Pictures of a flow_summary: a block for each source, and a Sankey diagram.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"

#include "chart.h"
#include "flow.h"

/* of a step a chart shows so many sources, and of each so many targets */
#define CHART_SOURCES 3
#define CHART_TARGETS 4

/* so many lines of a chart tell of one source: itself, its targets, the others and the end */
#define CHART_SOURCE_LINES (CHART_TARGETS + 3)

/* so many steps an SVG shows, and of each place so many names; the others are one */
#define SVG_STEPS 7
#define SVG_LAYERS (SVG_STEPS + 1)
#define SVG_NAMES 7

/* nodes of a layer: names, all others, and the end */
#define NODE_OTHER SVG_NAMES
#define NODE_END (SVG_NAMES + 1)
#define SVG_NODES (NODE_END + 1)

/* layout of an SVG */
#define SVG_LEAST_LAYER 160.0
#define SVG_HEIGHT 260.0
#define SVG_NODE 10.0
#define SVG_LEAST_NODE 16.0
#define SVG_GAP 8.0

/* the edges of one step that have the same source */
typedef struct FlowSource
{
	const FlowEdge *edge; /* most actors first */
	int edges;
	int64 actors;
} FlowSource;

/* a name, or a step, at a place of a diagram */
typedef struct PlacedName
{
	int layer;
	int key;
	int64 actors;
	int node; /* of its layer, when chosen */
} PlacedName;

/* what is drawn of it */
typedef struct FlowNode
{
	char *label;
	int64 actors;
	double top;
	double height;
	double left_used; /* of its sides, by ribbons */
	double right_used;
} FlowNode;

typedef struct FlowDiagram
{
	const FlowSummary *flow;
	FlowLabels labels;
	int steps; /* shown */
	int all_steps;
	int layers;
	double layer_width;
	int names;
	PlacedName *name; /* in the order of layers and keys */
	FlowNode node[SVG_LAYERS][SVG_NODES];
	int64 link[SVG_STEPS][SVG_NODES][SVG_NODES];
} FlowDiagram;

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
	return FlowCompareRows(a, b);
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
	FlowEdge *edges = FlowSortedEdges(flow, CompareTargets);
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

	AddBar(chart, FlowSourceLabel(labels, edge), NOT_DEFINED, source->actors, TONE_NEUTRAL);
	for (int i = 0; i < shown; i++)
		AddBar(chart, psprintf("  %s", FlowTargetLabel(labels, &edge[i])),
			   (double) edge[i].actors / actors, edge[i].actors, TONE_GOOD);
	for (int i = shown; i < targets; i++)
		others += edge[i].actors;
	if (shown < targets)
		AddBar(chart, psprintf("  other (%d)", targets - shown), (double) others / actors, others,
			   TONE_NEUTRAL);
	if (ends)
		AddBar(chart, "  " FLOW_END_LABEL, (double) edge[targets].actors / actors,
			   edge[targets].actors, TONE_BAD);
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
	FlowLabels labels = FlowLabelsOf(flow);
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

/* Return the layer and the key of where an edge comes from */
static PlacedName
SourceOf(const FlowSummary *flow, const FlowEdge *edge)
{
	PlacedName name = {edge->step - 1, edge->source, edge->actors, 0};

	if (flow->kind == FLOW_NEXT)
	{
		name.layer = 0;
		name.key = edge->step;
	}
	return name;
}

/* Return the layer and the key of where an edge leads to */
static PlacedName
TargetOf(const FlowSummary *flow, const FlowEdge *edge)
{
	PlacedName name = {(flow->kind == FLOW_NEXT) ? 1 : edge->step, edge->target, edge->actors, 0};

	return name;
}

/* Order two names by their layers and keys */
static int
CompareKeys(const void *a, const void *b)
{
	const PlacedName *x = a;
	const PlacedName *y = b;

	if (x->layer != y->layer)
		return (x->layer > y->layer) ? 1 : -1;
	return (x->key > y->key) - (x->key < y->key);
}

/* Order two names by their layers, most actors first */
static int
CompareActors(const void *a, const void *b)
{
	const PlacedName *x = *(PlacedName *const *) a;
	const PlacedName *y = *(PlacedName *const *) b;

	if (x->layer == y->layer && x->actors != y->actors)
		return (x->actors > y->actors) ? -1 : 1;
	return CompareKeys(x, y);
}

/* Tell whether a name of a layer is the end; in the first one there are steps */
static bool
IsEnd(const PlacedName *name)
{
	return name->layer > 0 && name->key == FLOW_END;
}

/* Collect the names at all places that are shown */
static void
CollectNames(FlowDiagram *diagram)
{
	const FlowSummary *flow = diagram->flow;
	PlacedName *name = palloc(Max(2 * flow->edges, 1) * sizeof(PlacedName));
	int count = 0, kept = 0;

	for (uint32 i = 0; i < flow->edges; i++)
	{
		const FlowEdge *edge = &flow->edge[i];

		CHECK_FOR_INTERRUPTS();
		if (TargetOf(flow, edge).layer >= diagram->layers)
			continue;
		if (SourceOf(flow, edge).layer == 0)
			name[count++] = SourceOf(flow, edge);
		name[count++] = TargetOf(flow, edge);
	}
	qsort(name, count, sizeof(PlacedName), CompareKeys);
	for (int i = 0; i < count; i++)
	{
		if (kept > 0 && CompareKeys(&name[kept - 1], &name[i]) == 0)
			name[kept - 1].actors += name[i].actors;
		else
			name[kept++] = name[i];
	}
	diagram->name = name;
	diagram->names = kept;
}

/* Write a name of a place */
static char *
NameInWords(const FlowDiagram *diagram, const PlacedName *name)
{
	FlowName bytes;

	if (IsEnd(name))
		return FLOW_END_LABEL;
	if (name->layer == 0)
	{
		int step = (diagram->flow->kind == FLOW_NEXT) ? name->key : 1;

		return (diagram->flow->kind == FLOW_NEXT)
			? psprintf("%d %s", step, diagram->labels.steps[step - 1])
			: diagram->labels.steps[step - 1];
	}
	bytes = FlowNameAt(diagram->flow, name->key);
	return pnstrdup(bytes.bytes, bytes.length);
}

/* Choose the node of each name: the largest have one each, and all others of a layer the same */
static void
ChooseNodes(FlowDiagram *diagram)
{
	PlacedName **ranked = palloc(Max(diagram->names, 1) * sizeof(PlacedName *));
	int others[SVG_LAYERS] = {0};
	int used[SVG_LAYERS] = {0};

	for (int i = 0; i < diagram->names; i++)
		ranked[i] = &diagram->name[i];
	qsort(ranked, diagram->names, sizeof(PlacedName *), CompareActors);
	for (int i = 0; i < diagram->names; i++)
	{
		PlacedName *name = ranked[i];
		FlowNode *node;

		if (IsEnd(name))
			name->node = NODE_END;
		else if (used[name->layer] < SVG_NAMES)
			name->node = used[name->layer]++;
		else
		{
			name->node = NODE_OTHER;
			others[name->layer]++;
		}
		node = &diagram->node[name->layer][name->node];
		node->actors += name->actors;
		/* one alone is told by its name */
		node->label = (name->node == NODE_OTHER && others[name->layer] > 1)
			? psprintf("other (%d)", others[name->layer])
			: NameInWords(diagram, name);
	}
}

/* Return the node of a name */
static int
NodeOf(const FlowDiagram *diagram, PlacedName name)
{
	const PlacedName *found =
		bsearch(&name, diagram->name, diagram->names, sizeof(PlacedName), CompareKeys);

	return (found != NULL) ? found->node : NODE_OTHER;
}

/* Add up how many actors go from node to node */
static void
AddLinks(FlowDiagram *diagram)
{
	const FlowSummary *flow = diagram->flow;

	for (uint32 i = 0; i < flow->edges; i++)
	{
		const FlowEdge *edge = &flow->edge[i];
		PlacedName source = SourceOf(flow, edge);
		PlacedName target = TargetOf(flow, edge);

		CHECK_FOR_INTERRUPTS();
		if (target.layer < diagram->layers)
			diagram->link[source.layer][NodeOf(diagram, source)][NodeOf(diagram, target)] +=
				edge->actors;
	}
}

/* Set where the nodes are, and return how high the diagram is; "scale" is the height of an actor */
static double
PlaceNodes(FlowDiagram *diagram, double top, double scale)
{
	double height = 0.0;

	for (int layer = 0; layer < diagram->layers; layer++)
	{
		double y = top;

		for (int i = 0; i < SVG_NODES; i++)
		{
			FlowNode *node = &diagram->node[layer][i];
			double least;

			if (node->actors == 0)
				continue;
			node->height = fmax((double) node->actors * scale, 1.0);
			least = fmax(node->height, SVG_LEAST_NODE);
			node->top = y + (least - node->height) / 2.0;
			y += least + SVG_GAP;
		}
		height = fmax(height, y - SVG_GAP - top);
	}
	return height;
}

/* Append a ribbon between two nodes, as thick as it has actors */
static void
DrawRibbon(Picture *picture, FlowNode *from, FlowNode *to, int64 actors, double left, double right,
		   double scale, bool is_end)
{
	double thick = (double) actors * scale;
	double y1 = from->top + from->right_used;
	double y2 = to->top + to->left_used;
	double middle = (left + right) / 2.0;

	from->right_used += thick;
	to->left_used += thick;
	thick = fmax(thick, 0.5);
	PicturePathBegin(picture, is_end ? TONE_LOSS : TONE_RIBBON);
	PicturePathTo(picture, "M", left, y1);
	PicturePathTo(picture, "C", middle, y1);
	PicturePathTo(picture, " ", middle, y2);
	PicturePathTo(picture, " ", right, y2);
	PicturePathTo(picture, "L", right, y2 + thick);
	PicturePathTo(picture, "C", middle, y2 + thick);
	PicturePathTo(picture, " ", middle, y1 + thick);
	PicturePathTo(picture, " ", left, y1 + thick);
	PicturePathEnd(picture, psprintf("%s to %s: %lld", from->label, to->label, (long long) actors));
	PictureSay(picture, "%s to %s: %lld", from->label, to->label, (long long) actors);
}

/* Append all ribbons, then the nodes with their labels */
static void
DrawDiagram(Picture *picture, FlowDiagram *diagram, double scale)
{
	for (int step = 0; step < diagram->layers - 1; step++)
	{
		double left = PICTURE_MARGIN + step * diagram->layer_width + SVG_NODE;

		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < SVG_NODES; i++)
		{
			for (int j = 0; j < SVG_NODES; j++)
			{
				/* whom a stored value lets come from a place that nobody reached is not drawn */
				if (diagram->link[step][i][j] > 0 && diagram->node[step][i].actors > 0)
					DrawRibbon(picture, &diagram->node[step][i], &diagram->node[step + 1][j],
							   diagram->link[step][i][j], left,
							   left + diagram->layer_width - SVG_NODE, scale, j == NODE_END);
			}
		}
	}
	for (int layer = 0; layer < diagram->layers; layer++)
	{
		double x = PICTURE_MARGIN + layer * diagram->layer_width;

		for (int i = 0; i < SVG_NODES; i++)
		{
			const FlowNode *node = &diagram->node[layer][i];

			if (node->actors == 0)
				continue;
			PictureRect(picture,
						(i == NODE_END)         ? TONE_BAD
							: (i == NODE_OTHER) ? TONE_NEUTRAL
												: TONE_GOOD,
						x, node->top, SVG_NODE, node->height, NULL);
			PictureLabel(picture, x + SVG_NODE + SVG_GAP / 2.0,
						 node->top + node->height / 2.0 + PICTURE_BASELINE,
						 diagram->layer_width - SVG_NODE - SVG_GAP, node->label,
						 psprintf("%lld", (long long) node->actors));
		}
	}
}

/* Draw a summary as SVG: a Sankey diagram, place by place */
static char *
FlowToSvg(const FlowSummary *flow)
{
	FlowDiagram *diagram = palloc0(sizeof(FlowDiagram));
	int64 actors = FlowActors(flow);
	Picture picture;
	double width, height;
	char *detail = NULL;

	diagram->flow = flow;
	diagram->labels = FlowLabelsOf(flow);
	for (uint32 i = 0; i < flow->edges; i++)
		diagram->all_steps = Max(diagram->all_steps, TargetOf(flow, &flow->edge[i]).layer);
	diagram->steps = Min(diagram->all_steps, SVG_STEPS);
	diagram->layers = diagram->steps + 1;
	diagram->layer_width =
		fmax((PICTURE_WIDTH - 2.0 * PICTURE_MARGIN) / diagram->layers, SVG_LEAST_LAYER);
	width = fmax(PICTURE_WIDTH, diagram->layers * diagram->layer_width + 2.0 * PICTURE_MARGIN);
	if (actors > 0)
		detail = (diagram->steps < diagram->all_steps)
			? psprintf("n = %lld, first %d of %d places", (long long) actors, diagram->steps,
					   diagram->all_steps)
			: psprintf("n = %lld", (long long) actors);
	PictureBegin(&picture, width,
				 (actors == 0)                   ? "Which way actors went: nobody"
					 : (flow->kind == FLOW_NEXT) ? "What came next, by the last step reached"
												 : "Which way actors went, place by place",
				 detail);
	if (actors == 0)
		return PictureEnd(&picture);
	CollectNames(diagram);
	ChooseNodes(diagram);
	AddLinks(diagram);
	height = PlaceNodes(diagram, picture.top, SVG_HEIGHT / (double) actors);
	DrawDiagram(&picture, diagram, SVG_HEIGHT / (double) actors);
	picture.top += height + PICTURE_MARGIN / 2.0;
	return PictureEnd(&picture);
}

DEFINE_CHART(flow, FlowChart, FlowGetArg);
DEFINE_SVG(flow, FlowToSvg, FlowGetArg);
