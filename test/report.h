/*
 * report.h
 *		The result of a check, as TAP has it.
 */
#ifndef REPORT_H
#define REPORT_H

#include <stdbool.h>
#include <stdio.h>

static int failures = 0;

/* Write the result of a check */
static void
Report(bool good, const char *description)
{
	static int number = 0;

	printf("%s %d - %s\n", good ? "ok" : "not ok", ++number, description);
	failures += !good;
}

#endif /* REPORT_H */
