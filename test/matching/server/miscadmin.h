/*
 * miscadmin.h
 *		Nobody interrupts a program without a server.
 */
#define CHECK_FOR_INTERRUPTS() ((void) 0)
