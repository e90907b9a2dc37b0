/*
 * pattern.h
 *		step_pattern: which events, in which order and how soon, make a chain.
 */
#ifndef CXUX_PATTERN_H
#define CXUX_PATTERN_H

#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "nodes/nodes.h"

#include "compat.h"
#include "match.h"
#include "span.h"

#define PATTERN_TYPE "step_pattern"
#define PATTERN_VERSION 1

/* flags of a pattern, the same in both stored and binary form */
#define PATTERN_ANY_ORDER 1
#define PATTERN_DISTINCT_TIMES 2
#define PATTERN_FIRST_ENTRY 4
#define PATTERN_FLAGS (PATTERN_ANY_ORDER | PATTERN_DISTINCT_TIMES | PATTERN_FIRST_ENTRY)

/* bytes of a name, and names in all sets together, each counted as often as it is there */
#define PATTERN_MAX_NAME 1000
#define PATTERN_MAX_NAMES 1000

/*
 * No canonical text is longer: a name may need quotes, all of its bytes doubled
 * and a sign before it; what else a step or the end has fits the room that is
 * added.  Longer input is refused unread.
 */
#define PATTERN_MAX_TEXT \
	(PATTERN_MAX_NAMES * (2 * PATTERN_MAX_NAME + 5) + (MATCH_MAX_STEPS + 1) * 128)

/* a step as it is stored; a set of no names is that of all events */
typedef struct PatternStep
{
	int64 limit; /* or MATCH_NO_LIMIT */
	uint8 link;
	uint8 optional;
	uint16 forbidden; /* names in the set of a MATCH_WITHOUT link */
	uint16 names;     /* names in the set of the step */
	uint16 unused;
} PatternStep;

/*
 * A varlena that may be packed or toasted where it is stored.
 *
 * After the steps come the members of their sets, as the uint16 places of names
 * in the dictionary: of each step the forbidden ones, then its own.  Then the
 * dictionary: the different names in the order of their bytes, first the uint16
 * lengths of all of them, then the bytes.
 *
 * A set has its names in the order of the dictionary, and steps in any order
 * are sorted by their sets, so that equal patterns have equal bytes.
 */
typedef struct StepPattern
{
	int32 vl_len_; /* varlena header (do not touch directly!) */
	uint8 version;
	uint8 flags;
	uint8 steps;
	uint8 unused;
	uint16 members; /* of all sets */
	uint16 names;   /* different ones */
	uint32 unused2;
	int64 within; /* or MATCH_NO_LIMIT */
	PatternStep step[FLEXIBLE_ARRAY_MEMBER];
} StepPattern;

/* a name, without an end mark */
typedef struct PatternName
{
	const char *bytes;
	int length;
	const char *place; /* in the text that it was read from, or NULL */
} PatternName;

/* some of the names of a draft; none stand for any event */
typedef struct DraftSet
{
	int first;
	int count;
} DraftSet;

typedef struct DraftStep
{
	MatchLink link;
	bool optional;
	int64 limit;
	DraftSet forbidden;
	DraftSet names;
	const char *place; /* in the text that it was read from, or NULL */
	const char *limit_place;
} DraftStep;

/* a pattern as some entrance describes it, before it is checked and brought into its form */
typedef struct PatternDraft
{
	const char *text; /* that it is read from, for messages, or NULL */
	int sqlerrcode;   /* of what is wrong with it */
	Node *escontext;
	int max_name; /* bytes of a name */
	int flags;
	int64 within;
	int steps;
	int names;
	DraftStep step[MATCH_MAX_STEPS];
	PatternName name[PATTERN_MAX_NAMES];
	uint16 code[PATTERN_MAX_NAMES]; /* the place of each name in the dictionary */
} PatternDraft;

/* pattern_parse.c */
extern int BareLength(const char *bytes, const char *end);
extern bool IsReservedWord(const char *bytes, int length);
extern StepPattern *PatternParse(const char *text, Node *escontext);

/* pattern.c */
extern PatternDraft *DraftCreate(const char *text, int sqlerrcode, Node *escontext);
extern char *DraftPlace(const PatternDraft *draft, const char *place);
extern bool DraftProblem(const PatternDraft *draft, int sqlerrcode, const char *detail,
						 const char *hint);
extern bool DraftAddStep(PatternDraft *draft, MatchLink link, const char *place);
extern bool DraftAddName(PatternDraft *draft, DraftSet *set, PatternName name);
extern StepPattern *PatternBuild(PatternDraft *draft);
extern PatternName *PatternNames(const StepPattern *pattern);

/* pattern_write.c */
extern char **PatternStepNames(const StepPattern *pattern);
extern char *PatternToText(const StepPattern *pattern);

/* pattern_type.c */
extern const StepPattern *PatternGetArg(FunctionCallInfo fcinfo, int arg);
extern Datum pattern_recv(PG_FUNCTION_ARGS);
extern Datum pattern_send(PG_FUNCTION_ARGS);

/* Tell whether two patterns are the same, which they are when their bytes are */
static inline bool
PatternsEqual(const StepPattern *a, const StepPattern *b)
{
	return VARSIZE(a) == VARSIZE(b) && memcmp(a, b, VARSIZE(a)) == 0;
}

/* View the members of all sets */
static inline const uint16 *
PatternMembers(const StepPattern *pattern)
{
	return (const uint16 *) &pattern->step[pattern->steps];
}

#endif /* CXUX_PATTERN_H */
