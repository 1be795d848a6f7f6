package io.vellamo.samples.pager;

/**
 * The numbers of events that the endpoint has received.
 *
 * @param opened events that opened an incident
 * @param reminders further triggers of an open incident
 * @param closed events that closed an incident
 * @param open incidents that are open
 */
record PageCounts(long opened, long reminders, long closed, long open) {}
