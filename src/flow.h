/*
 * flow.h
 *		flow_summary: which way actors went, place by place.
 */
#ifndef CXUX_FLOW_H
#define CXUX_FLOW_H

#include "postgres.h"

#include "fmgr.h"

#include "funnel_plan.h"
#include "pattern.h"

#define FLOW_VERSION 1
#define FLOW_TYPE "flow_summary"

/* places after the pattern; more than anybody looks at */
#define FLOW_MAX_LENGTH 100

/* so many different names, bytes of them all and edges, that a value stays below some 35 MB */
#define FLOW_MAX_NAMES PG_UINT16_MAX
#define FLOW_MAX_NAMES_BYTES (16 * 1024 * 1024)
#define FLOW_MAX_EDGES 1000000

/* in place of a name: as a source, the step of the pattern; as a target, that nothing followed */
#define FLOW_STEP 0
#define FLOW_END 0

typedef enum FlowKind
{
	FLOW_NOBODY,   /* which goes with either kind */
	FLOW_FOLLOWED, /* what followed the pattern, over "length" places */
	FLOW_NEXT      /* what came next where the pattern was left, by the last step reached */
} FlowKind;

/* how many actors went from one name to another; names are numbered from one, in their order */
typedef struct FlowEdge
{
	int64 actors;
	uint16 step; /* counted from one */
	uint16 source;
	uint16 target;
	uint16 unused;
} FlowEdge;

/*
 * A varlena that may be packed or toasted where it is stored.
 *
 * The edges are in the order of step, source and target, each there once.
 * After them come the pattern, aligned; then, as uint32, where each name ends;
 * then the names one after another, in the order of their bytes, each used by
 * some edge.  Of nobody there is no pattern.
 */
typedef struct FlowSummary
{
	int32 vl_len_; /* varlena header (do not touch directly!) */
	uint8 version;
	uint8 kind;
	uint16 length;
	uint32 names;
	uint32 edges;
	FlowEdge edge[FLEXIBLE_ARRAY_MEMBER];
} FlowSummary;

/* a name inside a summary or a journey, without an end mark */
typedef struct FlowName
{
	const char *bytes;
	int length;
} FlowName;

/* the working state of a summary, which grows with its names and edges */
typedef struct FlowState
{
	MemoryContext context; /* of what belongs to it */
	FlowKind kind;
	const StepPattern *pattern;
	int length;
	int64 actors;
	int64 bytes; /* of all names */
	int names;
	int room;
	FlowName *name; /* by code, in the order they came; the first is of no code */
	struct flow_names_hash *codes;
	struct flow_edges_hash *edges;

	/* of an aggregate over journeys, else NULL and nothing */
	FunnelPlan *plan;
	FunnelOptions options;
} FlowState;

/* flow.c */

/* as the text form and messages call the kinds */
extern const char *const FlowKindNames[];

extern const FlowSummary *FlowGetArg(FunctionCallInfo fcinfo, int arg);
extern const StepPattern *FlowPattern(const FlowSummary *flow);
extern FlowName FlowNameAt(const FlowSummary *flow, int code);
extern FlowSummary *FlowBuild(FlowKind kind, const StepPattern *pattern, int length,
							  const FlowName *names, int number, const FlowEdge *edges, int count);
extern int FlowCompareNames(FlowName a, FlowName b);
extern int FlowCompareEdges(const void *a, const void *b);
extern int64 FlowActors(const FlowSummary *flow);
extern char *FlowToText(const FlowSummary *flow);
extern bool CheckFlowSize(int64 names, int64 bytes, int64 edges, Node *escontext);
extern bool CheckFlowLength(int64 length, Node *escontext);
extern bool CheckFlowSteps(FlowKind kind, const StepPattern *pattern, Node *escontext);

/* flow_state.c */

extern void FlowBegin(FlowState *state, FlowKind kind, const StepPattern *pattern, int length);
extern int FlowCode(FlowState *state, FlowName name);
extern void FlowCount(FlowState *state, int step, int source, int target, int64 actors);

/* flow_ask.c: also what the pictures show */

/* the target of those after whom nothing came: labels of events begin with a place instead */
#define FLOW_END_LABEL "(end)"

/* what is needed to write the labels of a flow */
typedef struct FlowLabels
{
	const FlowSummary *flow;
	char **steps; /* of the pattern */
} FlowLabels;

extern FlowLabels FlowLabelsOf(const FlowSummary *flow);
extern char *FlowSourceLabel(const FlowLabels *labels, const FlowEdge *edge);
extern char *FlowTargetLabel(const FlowLabels *labels, const FlowEdge *edge);
extern int FlowCompareRows(const void *a, const void *b);
extern FlowEdge *FlowSortedEdges(const FlowSummary *flow,
								 int (*compare)(const void *, const void *));

#endif /* CXUX_FLOW_H */
