/*
 * choices.h
 *		choices_summary: how often each answer of a nominal question was chosen.
 */
#ifndef CXUX_CHOICES_H
#define CXUX_CHOICES_H

#include "postgres.h"

#include "fmgr.h"

#include "tally.h"

#define CHOICES_VERSION 1

/* so many choices, and so many bytes of each, that a value never grows beyond some megabyte */
#define MAX_CHOICES 1000
#define MAX_CHOICE_BYTES 1000

typedef enum ChoicesKind
{
	CHOICES_NOBODY, /* which goes with either kind */
	CHOICES_ONE_OF_MANY,
	CHOICES_TICK_ALL
} ChoicesKind;

/* the class of the respondents; the classes of the choices follow it */
#define CHOICES_RESPONDENTS 0

/*
 * A varlena that may be packed or toasted where it is stored.
 *
 * "data" holds a count per class and, with TALLY_WEIGHTED, after them the
 * excess and then the squares of a Tally; then, as uint32, where each name
 * ends; then the names one after another, in the order of their bytes.
 *
 * Stored values have weights only where some answer weighs other than one, and
 * no choice that nobody chose; only the state of a moving window may.
 */
typedef struct ChoicesSummary
{
	int32 vl_len_; /* varlena header (do not touch directly!) */
	uint8 version;
	uint8 flags;
	uint8 kind;
	uint8 unused;
	uint32 choices;
	uint32 unused2;
	int64 data[FLEXIBLE_ARRAY_MEMBER];
} ChoicesSummary;

/* a name inside a summary or an answer, without an end mark */
typedef struct ChoiceName
{
	const char *bytes;
	int length;
} ChoiceName;

/* as the text form and messages call the kinds */
extern const char *const ChoicesKindNames[];

extern ChoicesSummary *ChoicesGetRaw(FunctionCallInfo fcinfo, int arg);
extern ChoicesSummary *ChoicesGetArg(FunctionCallInfo fcinfo, int arg);
extern bool ChoicesFind(const ChoicesSummary *choices, ChoiceName name, int *place);
extern ChoicesSummary *ChoicesNobody(void);
extern ChoicesSummary *ChoicesCopy(const ChoicesSummary *choices, bool weighted);
extern ChoicesSummary *ChoicesCanonical(ChoicesSummary *choices);
extern ChoicesSummary *ChoicesSwept(ChoicesSummary *choices);
extern ChoicesSummary *ChoicesInsert(const ChoicesSummary *choices, ChoiceName name);
extern ChoicesSummary *ChoicesWithRoom(ChoicesSummary *choices, const ChoicesSummary *other);
extern char *ChoiceToCString(ChoiceName name);
extern char **ChoicesClassNames(const ChoicesSummary *choices);
extern Tally ChoicesCreateTally(char **names, int classes);
extern Tally ChoicesAnswersOf(const Tally *tally);
extern int ChoicesFindImpossible(const Tally *tally);
extern char *ChoicesToText(const ChoicesSummary *choices);

/* Tell whether there is room for weights */
static inline bool
ChoicesIsWeighted(const ChoicesSummary *choices)
{
	return (choices->flags & TALLY_WEIGHTED) != 0;
}

/* View the respondents and the choices of a summary */
static inline Tally
ChoicesTally(const ChoicesSummary *choices)
{
	ChoicesSummary *mutable = unconstify(ChoicesSummary *, choices);
	int classes = choices->choices + 1;
	Tally tally = {classes, NULL, CHOICES_RESPONDENTS, mutable->data, NULL, NULL};

	if (ChoicesIsWeighted(choices))
	{
		tally.excess = mutable->data + classes;
		tally.square = (int128 *) (mutable->data + 2 * classes);
	}
	return tally;
}

/* Return the class of the choice at a place in the order of names */
static inline int
ChoiceClass(int place)
{
	return CHOICES_RESPONDENTS + 1 + place;
}

/* Return where the names end, counted from where the first one begins */
static inline uint32 *
ChoicesEnds(const ChoicesSummary *choices)
{
	ChoicesSummary *mutable = unconstify(ChoicesSummary *, choices);
	int classes = choices->choices + 1;

	/* a weighted class has its count, its excess and twice as much for its squares */
	return (uint32 *) (mutable->data + (ChoicesIsWeighted(choices) ? 4 : 1) * classes);
}

/* Return the name at a place in their order */
static inline ChoiceName
ChoicesName(const ChoicesSummary *choices, int place)
{
	const uint32 *ends = ChoicesEnds(choices);
	const char *bytes = (const char *) (ends + choices->choices);
	uint32 start = (place > 0) ? ends[place - 1] : 0;
	ChoiceName name = {bytes + start, ends[place] - start};

	return name;
}

/* View a text as a name */
static inline ChoiceName
ChoiceNameOf(const text *string)
{
	ChoiceName name = {VARDATA_ANY(string), VARSIZE_ANY_EXHDR(string)};

	return name;
}

/* Return how many answered */
static inline int64
ChoicesRespondents(const ChoicesSummary *choices)
{
	return choices->data[CHOICES_RESPONDENTS];
}

#endif /* CXUX_CHOICES_H */
