/*
 * items.h
 *		items_summary: means and co-moments of several items answered together.
 */
#ifndef CXUX_ITEMS_H
#define CXUX_ITEMS_H

#include "postgres.h"

#include "fmgr.h"

#include "statistics.h"

#define ITEMS_VERSION 1

/* fewer items have nothing in common; see also MAX_ITEMS */
#define MIN_ITEMS 2

/*
 * A varlena that may be packed and toasted, as many items do not fit a page.
 *
 * "data" holds the means, then the co-moments about them: sums of products of
 * deviations, the lower triangle of their matrix row by row.  Without items
 * there is nothing else: what an aggregate starts from.
 */
typedef struct ItemsSummary
{
	int32 vl_len_; /* varlena header (do not touch directly!) */
	uint8 version;
	uint8 unused;
	uint16 items;
	int64 respondents;
	int64 dropped; /* rows with a gap */
	double data[FLEXIBLE_ARRAY_MEMBER];
} ItemsSummary;

extern ItemsSummary *ItemsGetArg(FunctionCallInfo fcinfo, int arg);
extern char *ItemsToText(const ItemsSummary *summary);

/* Return how many co-moments so many items have */
static inline int
ItemsMoments(int items)
{
	return items * (items + 1) / 2;
}

/* View the co-moments of a summary */
static inline Comoments
ItemsComoments(const ItemsSummary *summary)
{
	Comoments comoments = {summary->items, summary->respondents, summary->data + summary->items};

	return comoments;
}

#endif /* CXUX_ITEMS_H */
